// Recording for any test runner: what a function causes is what it is handed.
import { install, recordIn, Recording } from './recorder/index.ts'
import { telemetryOf, type TestTelemetry } from './telemetry/index.ts'

/**
 * Runs `test` and hands it what it causes, and nothing of what others cause at the same time: `test('…', () => recordTelemetry(async (telemetry) => …))`.
 * Answers with what the test answers.
 */
export function recordTelemetry<Result>(test: (telemetry: TestTelemetry) => Result): Result {
  install()
  const recording = new Recording()
  return recordIn(recording, () => test(telemetryOf(recording)))
}

/** What could be claimed for no test: begun outside of all of them, and of none of their traces. */
export const unclaimedTelemetry = (): TestTelemetry => telemetryOf(install().unclaimed)
