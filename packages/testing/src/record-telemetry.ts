// Recording for any test runner: what a function causes is what it is handed.
import { context } from '@opentelemetry/api'
import { install, recordIn, recordingOf } from './recorder/index.ts'
import { telemetryOf, type TestTelemetry } from './telemetry/index.ts'

/**
 * Runs `test` and hands it what it causes, and nothing of what others cause at the same time: `test('…', () => recordTelemetry(async (telemetry) => …))`.
 * Answers with what the test answers.
 */
export function recordTelemetry<Result>(test: (telemetry: TestTelemetry) => Result): Result {
  const recording = install().begin()
  return recordIn(recording, () => test(telemetryOf(recording)))
}

/** The telemetry of the test in which it is called, wherever that is: in a helper, or where the runner has no place for a fixture. */
export function currentTelemetry(): TestTelemetry {
  const recording = recordingOf(context.active())
  if (recording) return telemetryOf(recording)
  throw new Error(
    'currentTelemetry(): no test is being recorded here. Call it inside recordTelemetry(), or with @proprio/testing/vitest/setup in setupFiles',
  )
}
