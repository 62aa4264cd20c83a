// The public names of @proprio/testing, for every test runner: record, ask what was recorded, and assert.
export {
  assertAttributes,
  assertChildOf,
  assertConformsTo,
  assertContext,
  assertContract,
  assertDescendantOf,
  assertEvent,
  assertException,
  assertKind,
  assertLeaksNothing,
  assertLinkedTo,
  assertLog,
  assertMetric,
  assertNoErrors,
  assertNoOpenSpans,
  assertNoUnknownEvents,
  assertSlow,
  assertSpan,
  assertSpans,
  assertStatus,
  assertTrace,
} from './assertions.ts'
export { assertCoverage, coverage } from './coverage/coverage.ts'
export type { CatalogueCoverage, Coverage } from './coverage/coverage.ts'
export type { CoverageOptions, FloorOptions } from './coverage/options.ts'
export { launch, startReceiver } from './receive-telemetry.ts'
export type { Launched, TelemetryReceiver } from './receive-telemetry.ts'
export type { Command, ProgramOptions, ReceiverOptions, Rejected } from './receiver/index.ts'
export { currentTelemetry, recordTelemetry } from './record-telemetry.ts'
export { virtualClock } from './recorder/index.ts'
export type { TestClock, VirtualClock } from './recorder/index.ts'
export type { ExpectedNumber, ExpectedTrace, LevelOptions, MetricExpectation } from './signatures.ts'
export type { AsymmetricMatcher, Choice, WireAttributes } from './target/types.ts'
export type {
  Buckets,
  InstrumentKind,
  Masked,
  MetricSeries,
  SettledOptions,
  TestEvent,
  TestNode,
  TestTelemetry,
  TestTrace,
  TreeOptions,
} from './telemetry/index.ts'
