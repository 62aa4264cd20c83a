// vitest: `test` with a `telemetry` of its own.
import { test as base, type TestAPI } from 'vitest'
import type { TestTelemetry } from '../telemetry/index.ts'
import { recordEveryTest } from './record.ts'

export interface TelemetryFixture {
  /** What this test causes, and nothing of another's. */
  telemetry: TestTelemetry
}

// A test has its telemetry from the hook, in its context. It is a fixture only where others may stand on it: vitest reads the text of each test in a suite
// that has fixtures, which takes as long as the recording.
const extended = base.extend<TelemetryFixture>({
  telemetry: async ({ task }, use) => use((task.context as typeof task.context & TelemetryFixture).telemetry),
})
const extend = extended.extend.bind(extended)

/** vitest's `test`; `telemetry` is what this test causes, also beside others in `test.concurrent`. */
export const test: TestAPI<TelemetryFixture> = recording(
  new Proxy(base as TestAPI<TelemetryFixture>, {
    get: (target, key, receiver) => (key === 'extend' ? extend : (Reflect.get(target, key, receiver) as unknown)),
  }),
)

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
