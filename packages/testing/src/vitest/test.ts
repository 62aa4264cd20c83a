// vitest: `test` with a `telemetry` of its own.
import { test as base, type TestAPI } from 'vitest'
import type { TestTelemetry } from '../telemetry/index.ts'
import { recordEveryTest, telemetryOfTask } from './record.ts'

export interface TelemetryFixture {
  /** What this test causes, and nothing of another's. */
  telemetry: TestTelemetry
}

const extended = base.extend<TelemetryFixture>({
  telemetry: async ({ task }, use) => use(telemetryOfTask(task)),
})

// Whoever touches it is collecting a file, which may be another one than the first that has imported this module.
/** vitest's `test`; `telemetry` is what this test causes, also beside others in `test.concurrent`. */
export const test: TestAPI<TelemetryFixture> = new Proxy(extended, {
  apply(target, self, args) {
    recordEveryTest()
    return Reflect.apply(target, self, args) as unknown
  },
  get(target, key) {
    recordEveryTest()
    return Reflect.get(target, key) as unknown
  },
})
