// Telemetry stage: events, each counted once. An occurrence is a log record and, on a span, an event of that too; another library's may be either.
import {
  BOOKKEEPING,
  type Attributes,
  type Instant,
  isLevel,
  type Level,
  levelOfSeverity,
  type LogRecord,
  type Scope,
  type SpanEvent,
  type SpanRecord,
} from '@proprio/store'

/** A log record with an event name, or an event of a span. */
export interface TestEvent {
  /** On the wire. */
  readonly name: string
  readonly level: Level
  /** What it says to people, where it says anything. */
  readonly message?: string
  readonly attributes: Attributes
  readonly time: Instant
  readonly scope: Scope
  readonly traceId?: string | undefined
  readonly spanId?: string | undefined
}

/** Whether it tells of an operation's own failure, start or crossed limit, and is no occurrence. */
export const isPart = ({ attributes }: Pick<TestEvent, 'attributes'>): boolean =>
  attributes[BOOKKEEPING.part] !== undefined

/** Those of log records, in the order in which they came; then those that only spans have. */
export function eventsOf(logs: readonly LogRecord[], spans: readonly SpanRecord[]): readonly TestEvent[] {
  const logged = logs.flatMap((log) => (log.eventName ? [ofLog(log, log.eventName)] : []))
  const known = new Set(logged.map(identity))
  const onlyOnSpans = spans.flatMap((span) =>
    span.events.map((event) => ofSpan(event, span)).filter((event) => !known.has(identity(event))),
  )
  return onlyOnSpans.length === 0 ? logged : [...logged, ...onlyOnSpans]
}

// The bridge gives the span's event the record's name and time, to the nanosecond.
const identity = ({ spanId, name, time }: TestEvent): string =>
  `${spanId} ${name} ${Math.trunc(time[0])} ${Math.trunc(time[1])}`

function ofLog({ attributes, severityNumber, body, time, scope, traceId, spanId }: LogRecord, name: string): TestEvent {
  return {
    name,
    level: levelOfSeverity(severityNumber),
    ...(typeof body === 'string' && body !== name && { message: body }),
    attributes,
    time,
    scope,
    traceId,
    spanId,
  }
}

function ofSpan({ name, time, attributes = {} }: SpanEvent, { scope, traceId, spanId }: SpanRecord): TestEvent {
  const level = attributes[BOOKKEEPING.level]
  const message = attributes[BOOKKEEPING.message]
  return {
    name,
    level: isLevel(level) ? level : 'info',
    ...(typeof message === 'string' && { message }),
    attributes,
    time,
    scope,
    traceId,
    spanId,
  }
}
