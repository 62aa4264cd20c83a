// Classification stage: a finished span seen as a framework event. What a store counts and chooses by is read at once and
// costs a few attribute reads; the rest is made when somebody reads it.
import type { ErrorDetails } from '../event/framework-event.ts'
import { isLevel } from '../event/level.ts'
import type { Level } from '../event/level.ts'
import type { FilteredEvent } from '../filter/predicate.ts'
import type { Attributes, AttributeValue } from '../record/attributes.ts'
import { milliseconds, millisecondsBetween } from '../record/instant.ts'
import type { SpanRecord, StartedSpan } from '../record/record.ts'
import { BOOKKEEPING, eventAttribute, eventAttributes, textOf } from './bookkeeping.ts'
import { conventionalType, httpStatus } from './conventions.ts'
import { spanError } from './exception.ts'
import { layerOfType, OTHER_LAYER } from './layers.ts'

/** The type and layer of a span, which may still be running. */
export function spanType({ attributes, kind }: Pick<StartedSpan, 'attributes' | 'kind'>): {
  type: string
  layer: string
} {
  const own = textOf(attributes, BOOKKEEPING.type)
  if (own !== undefined) return { type: own, layer: textOf(attributes, BOOKKEEPING.layer) ?? layerOfType(own) }
  const type = conventionalType(attributes, kind)
  return type === undefined ? { type: 'other.span', layer: OTHER_LAYER } : { type, layer: layerOfType(type) }
}

export class SpanEventView implements FilteredEvent {
  readonly id: number
  readonly record: SpanRecord
  readonly type: string
  readonly layer: string
  readonly level: Level
  readonly failed: boolean
  /** Whether a limit was. */
  readonly crossed: boolean

  constructor(id: number, record: SpanRecord) {
    const { attributes } = record
    const { type, layer } = spanType(record)
    // Conventions leave the status of a server's 4xx unset, so the response itself has to say that the request failed.
    const response = type === 'api.request' ? levelOfResponse(httpStatus(attributes)) : undefined
    const declared = attributes[BOOKKEEPING.level]
    this.id = id
    this.record = record
    this.type = type
    this.layer = layer
    this.failed = response !== undefined || attributes['error.type'] !== undefined || record.status.code === 'error'
    this.crossed = typeof attributes[BOOKKEEPING.slowThreshold] === 'number'
    this.level = isLevel(declared) ? declared : (response ?? (this.failed ? 'error' : 'info'))
  }
  get message(): string {
    const { attributes } = this.record
    const name = textOf(attributes, BOOKKEEPING.message) ?? this.record.name
    return this.failed ? `${name}: ${spanError(this.record).message}` : name
  }
  get time(): number {
    return milliseconds(this.record.end)
  }
  get durationMs(): number {
    return millisecondsBetween(this.record.start, this.record.end)
  }
  get error(): ErrorDetails | undefined {
    return this.failed ? spanError(this.record) : undefined
  }
  get slow(): { readonly thresholdMs: number } | undefined {
    return slowLimit(this.record.attributes)
  }
  get attributes(): Record<string, AttributeValue> {
    return eventAttributes(this.record.attributes)
  }
  attribute(name: string): AttributeValue | undefined {
    return eventAttribute(this.record.attributes, name)
  }
  get traceId(): string {
    return this.record.traceId
  }
  get spanId(): string {
    return this.record.spanId
  }
}

/** Seconds on the wire; rounded to the nanosecond, or 1.005 s would be 1004.9999999999999 ms. */
function slowLimit(attributes: Attributes): { readonly thresholdMs: number } | undefined {
  const seconds = attributes[BOOKKEEPING.slowThreshold]
  return typeof seconds === 'number' ? { thresholdMs: Math.round(seconds * 1e9) / 1e6 } : undefined
}

function levelOfResponse(status: number | undefined): Level | undefined {
  if (status === undefined || status < 400) return undefined
  return status < 500 ? 'warn' : 'error'
}
