// The public names of @proprio/testing, for every test runner: record, ask what was recorded, and assert.
export { assertEvent, assertNoErrors, assertNoOpenSpans, assertSpan } from './assertions.ts'
export type { EventOptions } from './assertions.ts'
export type { EventChoice, SpanChoice, WireAttributes } from './expectations/types.ts'
export { recordTelemetry, unclaimedTelemetry } from './record-telemetry.ts'
export type { Chosen, SettledOptions, TestTelemetry } from './telemetry/index.ts'
