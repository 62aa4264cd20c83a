// For vitest: `test` with a `telemetry` of its own.
import { context } from '@opentelemetry/api'
import { test as base } from 'vitest'
import './matchers.ts'
import { install, recordIn, Recording, recordingOf } from '../recorder/index.ts'
import { telemetryOf, type TestTelemetry } from '../telemetry/index.ts'

export type { TestTelemetry } from '../telemetry/index.ts'

install()

/** vitest's `test`; `telemetry` is what this test causes, also beside others in `test.concurrent`. */
export const test = base.extend('telemetry', (): TestTelemetry => {
  const recording = recordingOf(context.active())
  if (recording) return telemetryOf(recording)
  throw new Error('telemetry: the file of this test does not import @proprio/testing/vitest')
})

// A fixture's context does not reach the body of the test; that of this hook reaches both.
test.aroundEach((run) => recordIn(new Recording(), run))
