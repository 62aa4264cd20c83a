// Record stage: a span and a log record at rest, in few bytes. A span of the SDK is some 750 bytes of heap before its first
// attribute, most of it clocks and limits that nobody asks for once it has ended; this is 170. Attributes, events and
// links are kept by reference. Every source makes the same two classes, so that what reads them stays fast.
import type { Attributes, AttributeValue } from './attributes.ts'
import type { Instant } from './instant.ts'
import type { LogRecord, Scope, SpanEvent, SpanKind, SpanLink, SpanRecord, SpanStatus } from './record.ts'

/** A resource whose attributes may still be gathered; they are read when asked for. */
export interface ResourceReference {
  readonly attributes: Attributes
}

const NO_EVENTS: readonly SpanEvent[] = Object.freeze([])
export const NO_LINKS: readonly SpanLink[] = Object.freeze([])

/** What `RestingSpan` is made of; the resource by reference. */
export type SpanParts = Omit<SpanRecord, 'resource'> & { readonly resource: ResourceReference }
export type LogParts = Omit<LogRecord, 'resource'> & { readonly resource: ResourceReference }

export class RestingSpan implements SpanRecord {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string | undefined
  readonly traceState: string | undefined
  readonly name: string
  readonly kind: SpanKind
  readonly attributes: Attributes
  readonly events: readonly SpanEvent[]
  readonly links: readonly SpanLink[]
  readonly scope: Scope
  readonly sampled: boolean
  readonly statusCode: SpanStatus['code']
  readonly statusMessage: string | undefined
  readonly resourceReference: ResourceReference
  // Whole numbers instead of two pairs: 32 bytes instead of 128.
  readonly startSeconds: number
  readonly startNanoseconds: number
  readonly endSeconds: number
  readonly endNanoseconds: number

  constructor(parts: SpanParts) {
    const { start, end, status, events, links } = parts
    this.traceId = parts.traceId
    this.spanId = parts.spanId
    this.parentSpanId = parts.parentSpanId
    this.traceState = parts.traceState
    this.name = parts.name
    this.kind = parts.kind
    this.attributes = parts.attributes
    this.events = events.length === 0 ? NO_EVENTS : events
    this.links = links.length === 0 ? NO_LINKS : links
    this.scope = parts.scope
    this.sampled = parts.sampled
    this.statusCode = status.code
    this.statusMessage = status.message
    this.resourceReference = parts.resource
    this.startSeconds = Math.trunc(start[0])
    this.startNanoseconds = Math.trunc(start[1])
    this.endSeconds = Math.trunc(end[0])
    this.endNanoseconds = Math.trunc(end[1])
  }
  get start(): Instant {
    return [this.startSeconds, this.startNanoseconds]
  }
  get end(): Instant {
    return [this.endSeconds, this.endNanoseconds]
  }
  get status(): SpanStatus {
    return { code: this.statusCode, message: this.statusMessage }
  }
  get resource(): Attributes {
    return this.resourceReference.attributes
  }
}

export class RestingLog implements LogRecord {
  readonly eventName: string | undefined
  readonly severityNumber: number | undefined
  readonly severityText: string | undefined
  readonly body: AttributeValue | undefined
  readonly attributes: Attributes
  readonly scope: Scope
  readonly traceId: string | undefined
  readonly spanId: string | undefined
  readonly resourceReference: ResourceReference
  readonly timeSeconds: number
  readonly timeNanoseconds: number

  constructor(parts: LogParts) {
    this.eventName = parts.eventName
    this.severityNumber = parts.severityNumber
    this.severityText = parts.severityText
    this.body = parts.body
    this.attributes = parts.attributes
    this.scope = parts.scope
    this.traceId = parts.traceId
    this.spanId = parts.spanId
    this.resourceReference = parts.resource
    this.timeSeconds = Math.trunc(parts.time[0])
    this.timeNanoseconds = Math.trunc(parts.time[1])
  }
  get time(): Instant {
    return [this.timeSeconds, this.timeNanoseconds]
  }
  get resource(): Attributes {
    return this.resourceReference.attributes
  }
}
