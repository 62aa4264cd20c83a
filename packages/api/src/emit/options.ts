// The one options object that every emitter takes, and how parents and links are read from it.
import {
  type Context,
  context,
  INVALID_SPAN_CONTEXT,
  type Link as SpanLink,
  type Span,
  type SpanContext,
  trace,
  TraceFlags,
} from '@opentelemetry/api'
import type { Level } from '../levels.ts'
import { read } from '../value/sanitise.ts'

/** Another span, by its W3C `traceparent`: from a header, a queue's message, a database row, or `op.traceparent`. */
export interface Link {
  readonly traceparent: string
  readonly attributes?: Readonly<Record<string, string>>
}

/** Options of every emitter. */
export interface EmitOptions {
  /** The parent, instead of the active span; `null` begins a new trace. */
  readonly parent?: Link | null
  /** Spans that this one is related to without being their child. */
  readonly links?: readonly Link[]
  /** When it began (operation) or happened (occurrence). A Date, or Unix time in milliseconds. Default: now. */
  readonly at?: Date | number
  /** Why it failed, or what went wrong. */
  readonly error?: unknown
  /** Instead of the event type's own level. For an operation: the level of its outcome. */
  readonly level?: Level
}

/** The context to emit in: the active one, with the parent that was asked for. */
export function contextFor(options: EmitOptions | undefined): Context {
  const active = context.active()
  const parent = options?.parent
  if (parent === undefined) return active
  if (parent === null) return trace.deleteSpan(active)
  const span = read(parent, 'span') as Span | undefined
  if (span && typeof span === 'object' && typeof span.spanContext === 'function') return trace.setSpan(active, span)
  const spanContext = parseTraceparent(parent.traceparent)
  return spanContext ? trace.setSpanContext(active, spanContext) : active
}

export function linksFor(links: readonly Link[] | undefined): SpanLink[] | undefined {
  return links?.flatMap(spanLink)
}

export function spanLink(link: Link): SpanLink[] {
  const spanContext = parseTraceparent(read(link, 'traceparent'))
  if (!spanContext) return []
  return [{ context: spanContext, ...(link.attributes && { attributes: { ...link.attributes } }) }]
}

const traceparentForm = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(?:-|$)/

function parseTraceparent(text: unknown): SpanContext | undefined {
  const found = typeof text === 'string' ? traceparentForm.exec(text) : null
  if (!found?.[1] || !found[2] || !found[3]) return undefined
  const traceFlags = Number.parseInt(found[3], 16) & TraceFlags.SAMPLED
  const spanContext = { traceId: found[1], spanId: found[2], traceFlags, isRemote: true }
  return trace.isSpanContextValid(spanContext) ? spanContext : undefined
}

export const formatTraceparent = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${(traceFlags & TraceFlags.SAMPLED).toString(16).padStart(2, '0')}`

/** `at` in milliseconds of Unix time; undefined when it is not there or is none. */
export function timeOf(at: unknown): number | undefined {
  const time = at instanceof Date ? at.getTime() : at
  return typeof time === 'number' && Number.isFinite(time) && time >= 0 ? time : undefined
}

/** The invalid span that stands for "there is none". */
export const noSpan: Span = trace.wrapSpanContext(INVALID_SPAN_CONTEXT)
