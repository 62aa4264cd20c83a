// For vitest's `setupFiles`: records every test of every file, for `currentTelemetry()`, and extends `expect`.
import './index.ts'
import { recordEveryTest } from './record.ts'

recordEveryTest()
