export { telemetryOf } from './telemetry.ts'
export type { Chosen, SettledOptions, TestTelemetry } from './telemetry.ts'
