// The public door of the store: record types, the framework event, and the two interfaces between which telemetry rests.
export type { Attributes, AttributeValue } from './record/attributes.ts'
export { milliseconds, millisecondsBetween } from './record/instant.ts'
export type { Instant } from './record/instant.ts'
export type {
  LogRecord,
  Scope,
  SpanEvent,
  SpanKind,
  SpanLink,
  SpanRecord,
  SpanStatus,
  StartedSpan,
} from './record/record.ts'
export type { ErrorCause, ErrorDetails, FrameworkEvent, StoredEvent } from './event/framework-event.ts'
export { isLevel, LEVELS, levelOfSeverity, SEVERITY } from './event/level.ts'
export type { Level } from './event/level.ts'
export type {
  AttributeCondition,
  EventPredicate,
  Filter,
  FilterFields,
  OneOrMany,
  Range,
  TimeInput,
} from './filter/filter.ts'
export type { Writer } from './writer.ts'
export type {
  Aggregate,
  AggregateOptions,
  AggregateRow,
  Completeness,
  Durations,
  Evicted,
  EvictionReason,
  Followed,
  FollowOptions,
  Gap,
  Page,
  PageOptions,
  Reader,
  Running,
  RunningOperation,
  Stats,
  Store,
  TypeStats,
} from './reader.ts'
export { query } from './query/query.ts'
export type { Query, Question } from './query/query.ts'
export type { Trace, TraceNode } from './query/trace.ts'
