// Memory stage: a record as it lies in the store, with its event's view, its weight and its lane.
import { isPart, LogEventView } from '../classification/log-event.ts'
import { SpanEventView } from '../classification/span-event.ts'
import { SEVERITY } from '../event/level.ts'
import type { Level } from '../event/level.ts'
import type { LogRecord, SpanRecord } from '../record/record.ts'
import type { Entry } from '../read/source.ts'
import type { Scales } from './weigh.ts'

/** Routine events, urgent ones (warn and above), and log records that are parts of operations. */
export type LaneName = 'routine' | 'urgent' | 'parts'

export interface MemoryEntry extends Entry {
  readonly event: SpanEventView | LogEventView
  readonly lane: LaneName
  readonly bytes: number
}

/** Throws when the record cannot be read. */
export function spanEntry(id: number, span: SpanRecord, scales: Scales): MemoryEntry {
  const event = new SpanEventView(id, span)
  if (Number.isNaN(event.durationMs)) throw new TypeError('a span without times')
  return { event, span, log: undefined, lane: laneOf(event.level), bytes: scales.span(span) }
}

/** Throws when the record cannot be read. */
export function logEntry(id: number, log: LogRecord, scales: Scales): MemoryEntry {
  const event = new LogEventView(id, log)
  if (Number.isNaN(event.time)) throw new TypeError('a log record without a time')
  return { event, span: undefined, log, lane: isPart(log) ? 'parts' : laneOf(event.level), bytes: scales.log(log) }
}

function laneOf(level: Level): LaneName {
  return SEVERITY[level] >= SEVERITY.warn ? 'urgent' : 'routine'
}
