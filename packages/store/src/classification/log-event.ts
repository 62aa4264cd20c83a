// Classification stage: a log record seen as the framework event of an occurrence. One that is part of an operation (its
// exception, its crossed limit, its start) has no event of its own: the span's already tells of it.
import type { ErrorDetails } from '../event/framework-event.ts'
import { valueToJson } from '../event/json-value.ts'
import { levelOfSeverity } from '../event/level.ts'
import type { Level } from '../event/level.ts'
import type { FilteredEvent } from '../filter/predicate.ts'
import type { AttributeValue } from '../record/attributes.ts'
import { milliseconds } from '../record/instant.ts'
import type { LogRecord, SpanKind } from '../record/record.ts'
import { BOOKKEEPING, eventAttribute, eventAttributes, textOf } from './bookkeeping.ts'
import { conventionalType } from './conventions.ts'
import { carriesError, logError } from './exception.ts'
import { layerInName, layerOfType, OTHER_LAYER } from './layers.ts'

/** Whether the record belongs to an operation and is no framework event of its own. */
export function isPart(record: LogRecord): boolean {
  return record.attributes[BOOKKEEPING.part] !== undefined
}

export class LogEventView implements FilteredEvent {
  readonly id: number
  readonly record: LogRecord
  readonly type: string
  readonly layer: string
  readonly level: Level
  readonly failed: boolean
  readonly crossed = false

  constructor(id: number, record: LogRecord) {
    const { type, layer } = logType(record)
    this.id = id
    this.record = record
    this.type = type
    this.layer = layer
    this.level = levelOfSeverity(record.severityNumber)
    this.failed = carriesError(record.attributes)
  }
  get message(): string {
    const { body, eventName } = this.record
    if (typeof body === 'string') return body
    if (body === undefined || body === null) return eventName || this.type
    return JSON.stringify(valueToJson(body))
  }
  get time(): number {
    return milliseconds(this.record.time)
  }
  get error(): ErrorDetails | undefined {
    return this.failed ? logError(this.record.attributes) : undefined
  }
  get attributes(): Record<string, AttributeValue> {
    return eventAttributes(this.record.attributes)
  }
  attribute(name: string): AttributeValue | undefined {
    return eventAttribute(this.record.attributes, name)
  }
  get traceId(): string | undefined {
    return this.record.traceId || undefined
  }
  get spanId(): string | undefined {
    return this.record.spanId || undefined
  }
}

function logType(record: LogRecord): { type: string; layer: string } {
  const { attributes } = record
  const own = textOf(attributes, BOOKKEEPING.type)
  if (own !== undefined) return { type: own, layer: textOf(attributes, BOOKKEEPING.layer) ?? layerOfType(own) }
  // Before log records had an event name, it was an attribute.
  const name = record.eventName || textOf(attributes, 'event.name')
  if (name === undefined) return { type: 'other.log', layer: OTHER_LAYER }
  const conventional = conventionalType(attributes, kindInName(name))
  return { type: name, layer: conventional === undefined ? layerInName(name) : layerOfType(conventional) }
}

/** A log record has no kind; OpenTelemetry's event names say it: `http.client.request.exception`. */
function kindInName(name: string): SpanKind {
  return name.split('.').includes('client') ? 'client' : 'server'
}
