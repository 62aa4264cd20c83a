// The public names of @proprio/testing, for every test runner: record, and ask what was recorded.
export { recordTelemetry, unclaimedTelemetry } from './record-telemetry.ts'
export type { Chosen, SettledOptions, TestTelemetry } from './telemetry/index.ts'
