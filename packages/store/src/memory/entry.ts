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

export class MemoryEntry implements Entry {
  readonly event: SpanEventView | LogEventView
  readonly lane: LaneName
  readonly bytes: number

  constructor(event: SpanEventView | LogEventView, lane: LaneName, bytes: number) {
    this.event = event
    this.lane = lane
    this.bytes = bytes
  }
  get span(): SpanRecord | undefined {
    return this.event instanceof SpanEventView ? this.event.record : undefined
  }
  get log(): LogRecord | undefined {
    return this.event instanceof LogEventView ? this.event.record : undefined
  }
}

/** Throws when the record cannot be read. */
export function spanEntry(id: number, span: SpanRecord, scales: Scales): MemoryEntry {
  const event = new SpanEventView(id, span)
  if (Number.isNaN(event.durationMs)) throw new TypeError('a span without times')
  return new MemoryEntry(event, laneOf(event.level), scales.span(span))
}

/** Throws when the record cannot be read. */
export function logEntry(id: number, log: LogRecord, scales: Scales): MemoryEntry {
  const event = new LogEventView(id, log)
  if (Number.isNaN(event.time)) throw new TypeError('a log record without a time')
  return new MemoryEntry(event, isPart(log) ? 'parts' : laneOf(event.level), scales.log(log))
}

function laneOf(level: Level): LaneName {
  return SEVERITY[level] >= SEVERITY.warn ? 'urgent' : 'routine'
}
