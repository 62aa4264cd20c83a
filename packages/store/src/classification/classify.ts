// Classification stage, its door: one record in, its framework event out. The event is made from that record alone, so a
// store, a server or a query language that sees only OTLP makes the same one.
import type { FrameworkEvent } from '../event/framework-event.ts'
import { plainEvent } from '../event/plain.ts'
import type { LogRecord, SpanRecord } from '../record/record.ts'
import { isPart, LogEventView } from './log-event.ts'
import { SpanEventView } from './span-event.ts'

/** The framework event of a finished span. Every span has one. */
export function classifySpan(record: SpanRecord): FrameworkEvent {
  return plainEvent(new SpanEventView(0, record))
}

/** The framework event of a log record; undefined for one that is part of an operation. */
export function classifyLog(record: LogRecord): FrameworkEvent | undefined {
  return isPart(record) ? undefined : plainEvent(new LogEventView(0, record))
}
