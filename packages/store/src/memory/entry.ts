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

export type MemoryEntry = SpanEntry | LogEntry

// An entry is its own event's view: one object less of each event, and one less to fetch when it goes.
class SpanEntry extends SpanEventView implements Entry {
  readonly lane: LaneName
  readonly bytes: number

  /** Throws when the record cannot be read. */
  constructor(id: number, span: SpanRecord, scales: Scales) {
    super(id, span)
    if (Number.isNaN(this.durationMs)) throw new TypeError('a span without times')
    this.lane = laneOf(this.level)
    this.bytes = scales.span(span)
  }
  get event(): this {
    return this
  }
  get span(): SpanRecord {
    return this.record
  }
  get log(): undefined {
    return undefined
  }
}

class LogEntry extends LogEventView implements Entry {
  readonly lane: LaneName
  readonly bytes: number

  /** Throws when the record cannot be read. */
  constructor(id: number, log: LogRecord, scales: Scales) {
    super(id, log)
    if (Number.isNaN(this.time)) throw new TypeError('a log record without a time')
    this.lane = isPart(log) ? 'parts' : laneOf(this.level)
    this.bytes = scales.log(log)
  }
  get event(): this {
    return this
  }
  get span(): undefined {
    return undefined
  }
  get log(): LogRecord {
    return this.record
  }
}

export const spanEntry = (id: number, span: SpanRecord, scales: Scales): MemoryEntry => new SpanEntry(id, span, scales)
export const logEntry = (id: number, log: LogRecord, scales: Scales): MemoryEntry => new LogEntry(id, log, scales)

function laneOf(level: Level): LaneName {
  return SEVERITY[level] >= SEVERITY.warn ? 'urgent' : 'routine'
}
