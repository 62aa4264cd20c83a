// The public door of the store: record types, the framework event, and the two interfaces between which telemetry rests.
export type { Attributes, AttributeValue } from './record/attributes.ts'
export { milliseconds, millisecondsBetween } from './record/instant.ts'
export type { Instant } from './record/instant.ts'
export { logRecord, spanRecord, startedSpan } from './record/readable.ts'
export type { ReadableLogShape, ReadableSpanShape } from './record/readable.ts'
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
export { eventFromJson, eventToJson } from './event/json.ts'
export type { FrameworkEventJson } from './event/json.ts'
export type { JsonMap, JsonNumber, JsonValue } from './event/json-value.ts'
export { FRAMEWORK_EVENT_SCHEMA } from './event/schema.ts'
export { isLevel, LEVELS, levelOfSeverity, SEVERITY } from './event/level.ts'
export type { Level } from './event/level.ts'
export { BOOKKEEPING } from './classification/bookkeeping.ts'
export { classifyLog, classifySpan } from './classification/classify.ts'
export { LAYERS, OTHER_LAYER } from './classification/layers.ts'
export { errorCodes, StoreError } from './errors.ts'
export type { ErrorCode } from './errors.ts'
export type {
  AttributeCondition,
  EventPredicate,
  Filter,
  FilterFields,
  OneOrMany,
  Range,
  TimeInput,
} from './filter/filter.ts'
export { compileFilter, FILTER_FIELDS, matcher } from './filter/compile.ts'
export type { CompiledFilter } from './filter/predicate.ts'
export { FILTER_SCHEMA } from './filter/schema.ts'
export { memoryStore } from './memory/memory.ts'
export type { MemoryStore } from './memory/memory.ts'
export { MEMORY_DEFAULTS } from './memory/options.ts'
export type { MemoryOptions } from './memory/options.ts'
export type { Decoded } from './otlp/decode.ts'
export { logsFromOtlp } from './otlp/logs.ts'
export { spansFromOtlp } from './otlp/spans.ts'
export { createFeed } from './read/feed.ts'
export type { Feed } from './read/feed.ts'
export { readerOver } from './read/read.ts'
export type { Entry, Scan, Source } from './read/source.ts'
export { createInFlight } from './running/in-flight.ts'
export type { InFlight } from './running/in-flight.ts'
export { EVICTION_REASONS } from './reader.ts'
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
