// The one options object that every emitter takes, and how parents and links are read from it, whatever it is.
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
import { slot } from '../bind/slot.ts'
import type { Level } from '../levels.ts'
import { firstOf, optional } from '../value/read.ts'
import { openAttributes } from './open-attributes.ts'

/** Another span, by its W3C `traceparent`: from a header, a queue's message, a database row, or `op.traceparent`. An execution is one too. */
export interface Link {
  readonly traceparent: string
  readonly attributes?: Readonly<Record<string, string>>
}

/** Options of every emitter. */
export interface EmitOptions {
  /** The parent, instead of the active span; `null` begins a new trace. */
  readonly parent?: Link | null
  /** Spans that this one is related to without being their child. A log record, which can hold no link, names them in `proprio.links`. */
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
  const parent = optional(options, 'parent')
  if (parent === undefined) return active
  if (parent === null) return trace.deleteSpan(active)
  const span = spanOf(parent)
  if (span) return trace.setSpan(active, span)
  const spanContext = parseTraceparent(optional(parent, 'traceparent'))
  return spanContext ? trace.setSpanContext(active, spanContext) : active
}

// A link is an execution of ours where it has a span, and that tells of its context.
function spanOf(link: unknown): Span | undefined {
  const span = optional(link, 'span') as Span | undefined
  try {
    return typeof span === 'object' && typeof span.spanContext().spanId === 'string' ? span : undefined
  } catch {
    return undefined
  }
}

/** Links of one emission; further ones are dropped. OpenTelemetry's own limit. */
export const linksAtMost = 128

export function linksFor(options: EmitOptions | undefined): SpanLink[] | undefined {
  const links = optional(options, 'links')
  return links === undefined ? undefined : firstOf(links, linksAtMost).flatMap(spanLink)
}

export function spanLink(link: unknown): SpanLink[] {
  const span = spanOf(link)
  const spanContext = span ? span.spanContext() : parseTraceparent(optional(link, 'traceparent'))
  if (!spanContext || !trace.isSpanContextValid(spanContext)) return []
  const attributes = optional(link, 'attributes')
  return [{ context: spanContext, ...(attributes !== undefined && { attributes: openAttributes(attributes) }) }]
}

const traceparentForm = /^(?!ff)[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(?:-|$)/

function parseTraceparent(text: unknown): SpanContext | undefined {
  const found = typeof text === 'string' ? traceparentForm.exec(text) : null
  if (!found?.[1] || !found[2] || !found[3]) return undefined
  const traceFlags = Number.parseInt(found[3], 16) & TraceFlags.SAMPLED
  const spanContext = { traceId: found[1], spanId: found[2], traceFlags, isRemote: true }
  return trace.isSpanContextValid(spanContext) ? spanContext : undefined
}

export const formatTraceparent = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${(traceFlags & TraceFlags.SAMPLED).toString(16).padStart(2, '0')}`

/** The last moment that a Date can hold. Milliseconds. */
const lastMoment = 8.64e15

/** `at` in milliseconds of Unix time; undefined when it is not there or is none. */
export function timeOf(options: EmitOptions | undefined): number | undefined {
  if (options === undefined) return undefined
  const at = optional(options, 'at')
  const time = typeof at === 'object' && at !== null ? milliseconds(at) : at
  return typeof time === 'number' && time >= 0 && time <= lastMoment ? time : undefined
}

/** The reading of the clock, which now reads `now`, at a moment of Unix time. */
export const readingAt = (unixMs: number, now: number): number => now - (slot.clock.wall(now) - unixMs)

function milliseconds(date: object): number | undefined {
  try {
    return Date.prototype.getTime.call(date)
  } catch {
    return undefined
  }
}

/** The invalid span that stands for "there is none". */
export const noSpan: Span = trace.wrapSpanContext(INVALID_SPAN_CONTEXT)
