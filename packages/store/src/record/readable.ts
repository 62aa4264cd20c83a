// Record stage: an SDK's own span or log record as one of ours. The shapes are OpenTelemetry JS's `ReadableSpan` and
// `ReadableLogRecord` (3.x, and 2.x), written out so that this package needs no SDK.
import type { Attributes, AttributeValue } from './attributes.ts'
import type { Instant } from './instant.ts'
import type { LogRecord, Scope, SpanEvent, SpanKind, SpanLink, SpanRecord, SpanStatus, StartedSpan } from './record.ts'
import { NO_LINKS, RestingLog, RestingSpan } from './resting.ts'
import type { ResourceReference } from './resting.ts'

type UncheckedAttributes = Readonly<Record<string, unknown>>

interface SpanIds {
  readonly traceId: string
  readonly spanId: string
}

interface ReadableResource {
  readonly attributes: UncheckedAttributes
  readonly asyncAttributesPending?: boolean | undefined
}

interface ReadableLink {
  readonly context: SpanIds
  readonly attributes?: UncheckedAttributes | undefined
}

interface ReadableEvent {
  readonly name: string
  readonly time: Instant
  readonly attributes?: UncheckedAttributes | undefined
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
  readonly events: readonly ReadableEvent[]
  readonly links: readonly ReadableLink[]
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

/** A finished span of OpenTelemetry JS as a record. Its attributes and events are kept by reference: they change no more. */
export function spanRecord(span: ReadableSpanShape): SpanRecord {
  const { traceId, spanId, traceFlags, traceState } = span.spanContext()
  return new RestingSpan({
    traceId,
    spanId,
    parentSpanId: span.parentSpanContext?.spanId,
    traceState: traceState?.serialize(),
    name: span.name,
    kind: KINDS[span.kind] ?? 'internal',
    start: span.startTime,
    end: span.endTime,
    status: { code: STATUS_CODES[span.status.code] ?? 'unset', message: span.status.message },
    attributes: checked(span.attributes),
    events: span.events as readonly SpanEvent[],
    links: span.links.length === 0 ? NO_LINKS : span.links.map(linkOf),
    scope: span.instrumentationScope,
    resource: referenceTo(span.resource),
    sampled: (traceFlags & SAMPLED) === SAMPLED,
  })
}

/** A span of OpenTelemetry JS that has begun; what it holds is read when asked for, so that it is always what it is by then. */
export function startedSpan(span: ReadableSpanShape): StartedSpan {
  return new RunningSpan(span)
}

// A class, because an object literal with getters is made by the runtime and not by compiled code: half a microsecond each.
class RunningSpan implements StartedSpan {
  readonly #span: ReadableSpanShape
  readonly spanId: string

  constructor(span: ReadableSpanShape) {
    this.#span = span
    this.spanId = span.spanContext().spanId
  }
  get traceId(): string {
    return this.#span.spanContext().traceId
  }
  get parentSpanId(): string | undefined {
    return this.#span.parentSpanContext?.spanId
  }
  get kind(): SpanKind {
    return KINDS[this.#span.kind] ?? 'internal'
  }
  get start(): Instant {
    return this.#span.startTime
  }
  get scope(): Scope {
    return this.#span.instrumentationScope
  }
  get attributes(): Attributes {
    return checked(this.#span.attributes)
  }
  get name(): string {
    return this.#span.name
  }
  get resource(): Attributes {
    return referenceTo(this.#span.resource).attributes
  }
}

/** A log record of OpenTelemetry JS as a record. Its attributes are kept by reference. */
export function logRecord(log: ReadableLogShape): LogRecord {
  return new RestingLog({
    time: log.hrTime,
    eventName: log.eventName,
    severityNumber: log.severityNumber,
    severityText: log.severityText,
    body: log.body as AttributeValue | undefined,
    attributes: checked(log.attributes),
    scope: log.instrumentationScope,
    resource: referenceTo(log.resource),
    traceId: log.spanContext?.traceId,
    spanId: log.spanContext?.spanId,
  })
}

function linkOf({ context: { traceId, spanId }, attributes }: ReadableLink): SpanLink {
  return { traceId, spanId, attributes: attributes && checked(attributes) }
}

/** The SDK's types say `unknown`; it has dropped what is no attribute value before a record exists. */
function checked(attributes: UncheckedAttributes): Attributes {
  return attributes as Attributes
}

const references = new WeakMap<ReadableResource, ResourceReference>()

/** One reference for all records of a resource. Asked for while detectors still run, its attributes log an error. */
function referenceTo(resource: ReadableResource): ResourceReference {
  const known = references.get(resource)
  if (known !== undefined) return known
  const reference = {
    get attributes(): Attributes {
      return resource.asyncAttributesPending === true ? {} : checked(resource.attributes)
    },
  }
  references.set(resource, reference)
  return reference
}
