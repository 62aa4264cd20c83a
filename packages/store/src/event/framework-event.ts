// Event stage: the framework event, which is what every query answers with. One for each finished operation (a span) and
// each occurrence (a log record), made from that one record alone, so that decoded OTLP gives the same events again.
import type { AttributeValue } from '../record/attributes.ts'
import type { Level } from './level.ts'

/** One of the errors behind an error, in depth-first order. */
export interface ErrorCause {
  readonly type: string
  readonly message: string
  readonly stack?: string
  /** Reached by `error.cause`, or as one of an AggregateError's `errors`. */
  readonly via: 'cause' | 'errors'
  /** 1 for a cause of the error itself. */
  readonly depth: number
}

export interface ErrorDetails {
  /** OpenTelemetry's `error.type`: a class name, a code or an HTTP status. */
  readonly type: string
  readonly message: string
  readonly stack?: string
  readonly causes?: readonly ErrorCause[]
}

export interface FrameworkEvent {
  /** The event type's path in its catalogue: `workflow.run`. */
  readonly type: string
  /** The part of the framework it belongs to: `workflow`. */
  readonly layer: string
  readonly level: Level
  /** An occurrence's display message; an operation's span name, followed by `: <error message>` when it failed. */
  readonly message: string
  /** Unix time in milliseconds with a fraction. An operation's END (its start is `time - durationMs`); an occurrence's emission. */
  readonly time: number
  /** Operations only, in milliseconds. */
  readonly durationMs?: number | undefined
  readonly error?: ErrorDetails | undefined
  /** The limit that the operation's duration crossed, in milliseconds. */
  readonly slow?: { readonly thresholdMs: number } | undefined
  /** As on the wire, without the `proprio.*` bookkeeping. */
  readonly attributes: Readonly<Record<string, AttributeValue>>
  readonly traceId?: string | undefined
  readonly spanId?: string | undefined
}

/** A framework event in a store. */
export interface StoredEvent extends FrameworkEvent {
  /** The store's sequence number: grows with each record written, never used twice. Where to go on from: `afterId`. */
  readonly id: number
}
