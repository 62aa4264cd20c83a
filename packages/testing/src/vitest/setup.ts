// For vitest's `setupFiles`, of vitest 4 and 5: records every test of every file, for `currentTelemetry()`, and extends `expect`. A package's JavaScript is
// evaluated once in a worker, also when several files run in it; its TypeScript, like this file, anew for each. So it is published as it stands here, and enters
// the package by its door, so that there is one of everything else.
import { recordEveryTest } from '@proprio/testing/vitest'

recordEveryTest()
