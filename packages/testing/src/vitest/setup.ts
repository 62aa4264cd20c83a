// For vitest's `setupFiles`, of vitest 4 and 5: records every test of every file, for `currentTelemetry()`, and extends `expect`. vitest evaluates a setup file
// anew for each test file, also where several run in one worker, and nothing that the setup file imports. Without types: they are of another door in each major.
import { recordEveryTest } from './index.ts'

recordEveryTest()
