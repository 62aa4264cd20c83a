// Record stage: an SDK's own span or log record seen as one of ours. A view and no copy: keeping a span costs one small
// object, and what nobody asks for is never read. The shapes are OpenTelemetry JS's `ReadableSpan` and
// `ReadableLogRecord` (3.x, and 2.x), written out so that this package needs no SDK.
import type { Attributes, AttributeValue } from './attributes.ts'
import type { Instant } from './instant.ts'
import type { LogRecord, Scope, SpanEvent, SpanKind, SpanLink, SpanRecord, SpanStatus } from './record.ts'

type UncheckedAttributes = Readonly<Record<string, unknown>>

interface SpanIds {
  readonly traceId: string
  readonly spanId: string
}

interface ReadableResource {
  readonly attributes: UncheckedAttributes
  readonly asyncAttributesPending?: boolean | undefined
}

/** The part of OpenTelemetry JS's `ReadableSpan` that is read here. */
export interface ReadableSpanShape {
  readonly name: string
  readonly kind: number
  spanContext(): SpanIds & { readonly traceFlags: number; readonly traceState?: { serialize(): string } | undefined }
  readonly parentSpanContext?: { readonly spanId: string } | undefined
  readonly startTime: Instant
  readonly endTime: Instant
  readonly status: { readonly code: number; readonly message?: string | undefined }
  readonly attributes: UncheckedAttributes
  readonly events: readonly {
    readonly name: string
    readonly time: Instant
    readonly attributes?: UncheckedAttributes | undefined
  }[]
  readonly links: readonly { readonly context: SpanIds; readonly attributes?: UncheckedAttributes | undefined }[]
  readonly resource: ReadableResource
  readonly instrumentationScope: Scope
}

/** The part of OpenTelemetry JS's `ReadableLogRecord` that is read here. */
export interface ReadableLogShape {
  readonly hrTime: Instant
  readonly eventName?: string | undefined
  readonly severityNumber?: number | undefined
  readonly severityText?: string | undefined
  readonly body?: unknown
  readonly attributes: UncheckedAttributes
  readonly spanContext?: SpanIds | undefined
  readonly resource: ReadableResource
  readonly instrumentationScope: Scope
}

/** OpenTelemetry API's `SpanKind` and `SpanStatusCode`, by their numbers. */
const KINDS: readonly SpanKind[] = ['internal', 'server', 'client', 'producer', 'consumer']
const STATUS_CODES: readonly SpanStatus['code'][] = ['unset', 'ok', 'error']
const SAMPLED = 1

/** A span of OpenTelemetry JS as a record; while it runs it is a `StartedSpan`. */
export function spanRecord(span: ReadableSpanShape): SpanRecord {
  return new SpanView(span)
}

/** A log record of OpenTelemetry JS as a record. */
export function logRecord(log: ReadableLogShape): LogRecord {
  return new LogView(log)
}

class SpanView implements SpanRecord {
  readonly source: ReadableSpanShape

  constructor(source: ReadableSpanShape) {
    this.source = source
  }
  get traceId(): string {
    return this.source.spanContext().traceId
  }
  get spanId(): string {
    return this.source.spanContext().spanId
  }
  get parentSpanId(): string | undefined {
    return this.source.parentSpanContext?.spanId
  }
  get traceState(): string | undefined {
    return this.source.spanContext().traceState?.serialize()
  }
  get name(): string {
    return this.source.name
  }
  get kind(): SpanKind {
    return KINDS[this.source.kind] ?? 'internal'
  }
  get start(): Instant {
    return this.source.startTime
  }
  get end(): Instant {
    return this.source.endTime
  }
  get status(): SpanStatus {
    const { code, message } = this.source.status
    return { code: STATUS_CODES[code] ?? 'unset', message }
  }
  get attributes(): Attributes {
    return checked(this.source.attributes)
  }
  get events(): readonly SpanEvent[] {
    return this.source.events as readonly SpanEvent[]
  }
  get links(): readonly SpanLink[] {
    return this.source.links.map(({ context: { traceId, spanId }, attributes }) => ({
      traceId,
      spanId,
      attributes: attributes && checked(attributes),
    }))
  }
  get scope(): Scope {
    return this.source.instrumentationScope
  }
  get resource(): Attributes {
    return settledAttributes(this.source.resource)
  }
  get sampled(): boolean {
    return (this.source.spanContext().traceFlags & SAMPLED) === SAMPLED
  }
}

class LogView implements LogRecord {
  readonly source: ReadableLogShape

  constructor(source: ReadableLogShape) {
    this.source = source
  }
  get time(): Instant {
    return this.source.hrTime
  }
  get eventName(): string | undefined {
    return this.source.eventName
  }
  get severityNumber(): number | undefined {
    return this.source.severityNumber
  }
  get severityText(): string | undefined {
    return this.source.severityText
  }
  get body(): AttributeValue | undefined {
    return this.source.body as AttributeValue | undefined
  }
  get attributes(): Attributes {
    return checked(this.source.attributes)
  }
  get scope(): Scope {
    return this.source.instrumentationScope
  }
  get resource(): Attributes {
    return settledAttributes(this.source.resource)
  }
  get traceId(): string | undefined {
    return this.source.spanContext?.traceId
  }
  get spanId(): string | undefined {
    return this.source.spanContext?.spanId
  }
}

/** The SDK's types say `unknown`; it has dropped what is no attribute value before a record exists. */
function checked(attributes: UncheckedAttributes): Attributes {
  return attributes as Attributes
}

/** Asked for while detectors still run, a resource's attributes log an error. */
function settledAttributes(resource: ReadableResource): Attributes {
  return resource.asyncAttributesPending === true ? {} : checked(resource.attributes)
}
