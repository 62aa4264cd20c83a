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

/** vitest's `test`; `telemetry` is what this test causes, also beside others in `test.concurrent`. */
export const test: TestAPI<TelemetryFixture> = recording(extended)

// Whoever calls it is collecting a file, which may be another one than the first that has imported this module; so it is with all that it hands out:
// `test.concurrent`, and `test.extend(…)` in a module that several files share.
function recording<Fn extends object>(fn: Fn): Fn {
  return new Proxy(fn, {
    apply(target, self, args) {
      recordEveryTest()
      return followed(Reflect.apply(target as () => unknown, self, args))
    },
    get: (target, key, receiver) => followed(Reflect.get(target, key, receiver)),
  })
}

const followed = (value: unknown): unknown => (typeof value === 'function' ? recording(value) : value)
