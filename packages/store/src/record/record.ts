// Record stage: a span and a log record at rest, in the words of OTLP, without any SDK's classes. Everything in them is
// read-only and read when asked for, so that a view over an SDK's own span is a SpanRecord without a copy.
import type { Attributes, AttributeValue } from './attributes.ts'
import type { Instant } from './instant.ts'

/** The instrumentation scope: for our records the catalogue's name and version. */
export interface Scope {
  readonly name: string
  readonly version?: string | undefined
  readonly schemaUrl?: string | undefined
}

export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer'

export interface SpanStatus {
  readonly code: 'unset' | 'ok' | 'error'
  readonly message?: string | undefined
}

export interface SpanEvent {
  readonly name: string
  readonly time: Instant
  readonly attributes?: Attributes | undefined
}

export interface SpanLink {
  readonly traceId: string
  readonly spanId: string
  readonly attributes?: Attributes | undefined
}

/** What is known of a span while it runs. */
export interface StartedSpan {
  /** 32 lower-case hex digits. */
  readonly traceId: string
  /** 16 lower-case hex digits. */
  readonly spanId: string
  readonly parentSpanId?: string | undefined
  readonly name: string
  readonly kind: SpanKind
  readonly start: Instant
  readonly attributes: Attributes
  readonly scope: Scope
  readonly resource: Attributes
}

/** A finished span. */
export interface SpanRecord extends StartedSpan {
  /** As in the W3C header. */
  readonly traceState?: string | undefined
  readonly end: Instant
  readonly status: SpanStatus
  readonly events: readonly SpanEvent[]
  readonly links: readonly SpanLink[]
  /** Whether the sampler chose it for export. What is stored is everything that was recorded. */
  readonly sampled: boolean
}

/** A log record. With an event name it is an OpenTelemetry event. */
export interface LogRecord {
  readonly time: Instant
  readonly eventName?: string | undefined
  /** 1 to 24; absent or 0 is unspecified. */
  readonly severityNumber?: number | undefined
  readonly severityText?: string | undefined
  readonly body?: AttributeValue | undefined
  readonly attributes: Attributes
  readonly scope: Scope
  readonly resource: Attributes
  readonly traceId?: string | undefined
  readonly spanId?: string | undefined
}
