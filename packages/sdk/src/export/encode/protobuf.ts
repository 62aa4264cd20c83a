// Records as OTLP protobuf. Field numbers are those of opentelemetry-proto 1.x; a tag is the field number times eight
// plus the wire type (0 varint, 1 eight bytes, 2 with a length, 5 four bytes). Zero and empty fields are left out.
import type { Attributes, Link } from '@opentelemetry/api'
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs'
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace'
import { deepest, isInt64, small, spanFlags } from './encoding.ts'
import type { Writer } from './writer.ts'

/** Tag of a record in its scope's message, the same for spans and logs. */
const record = 0x12

export function span(out: Writer, span: ReadableSpan): void {
  const context = span.spanContext()
  const parent = span.parentSpanContext
  out.byte(record)
  const mark = out.open()
  out.byte(0x0a)
  out.id(context.traceId, 16)
  out.byte(0x12)
  out.id(context.spanId, 8)
  text(out, 0x1a, context.traceState?.serialize())
  if (parent?.spanId) {
    out.byte(0x22)
    out.id(parent.spanId, 8)
  }
  out.byte(0x2a)
  out.text(span.name)
  number(out, 0x30, span.kind + 1)
  out.byte(0x39)
  out.time(span.startTime)
  out.byte(0x41)
  out.time(span.endTime)
  attributes(out, 0x4a, span.attributes)
  number(out, 0x50, span.droppedAttributesCount)
  for (const event of span.events) eventOf(out, event)
  number(out, 0x60, span.droppedEventsCount)
  for (const link of span.links) linkOf(out, link)
  number(out, 0x70, span.droppedLinksCount)
  if (span.status.code !== 0 || span.status.message) status(out, span.status)
  out.byte(0x85)
  out.byte(0x01)
  out.fixed32(spanFlags(context.traceFlags, parent?.isRemote))
  out.close(mark)
}

export function log(out: Writer, log: ReadableLogRecord): void {
  const context = log.spanContext
  out.byte(record)
  const mark = out.open()
  out.byte(0x09)
  out.time(log.hrTime)
  number(out, 0x10, log.severityNumber ?? 0)
  text(out, 0x1a, log.severityText)
  if (log.body !== undefined) {
    out.byte(0x2a)
    const body = out.open()
    value(out, log.body, 0)
    out.close(body)
  }
  attributes(out, 0x32, log.attributes)
  number(out, 0x38, log.droppedAttributesCount)
  if (context !== undefined) {
    if (context.traceFlags) {
      out.byte(0x45)
      out.fixed32(context.traceFlags)
    }
    out.byte(0x4a)
    out.id(context.traceId, 16)
    out.byte(0x52)
    out.id(context.spanId, 8)
  }
  out.byte(0x59)
  out.time(log.hrTimeObserved)
  text(out, 0x62, log.eventName)
  out.close(mark)
}

/** Attributes as a repeated KeyValue under that tag. */
export function attributes(out: Writer, tag: number, from: Attributes): void {
  for (const key in from) {
    if (!Object.hasOwn(from, key)) continue
    out.byte(tag)
    keyValue(out, key, from[key], 0)
  }
}

/** A string field, left out when there is none. */
export function text(out: Writer, tag: number, content: string | undefined): void {
  if (content === undefined || content === '') return
  out.byte(tag)
  out.text(content)
}

/** A small number as a field, left out when zero. */
export function number(out: Writer, tag: number, content: number): void {
  if (content === 0) return
  out.byte(tag)
  out.varint(small(content))
}

function eventOf(out: Writer, event: TimedEvent): void {
  out.byte(0x5a)
  const mark = out.open()
  out.byte(0x09)
  out.time(event.time)
  out.byte(0x12)
  out.text(event.name)
  if (event.attributes) attributes(out, 0x1a, event.attributes)
  number(out, 0x20, event.droppedAttributesCount ?? 0)
  out.close(mark)
}

function linkOf(out: Writer, { context, attributes: own, droppedAttributesCount }: Link): void {
  out.byte(0x6a)
  const mark = out.open()
  out.byte(0x0a)
  out.id(context.traceId, 16)
  out.byte(0x12)
  out.id(context.spanId, 8)
  text(out, 0x1a, context.traceState?.serialize())
  if (own) attributes(out, 0x22, own)
  number(out, 0x28, droppedAttributesCount ?? 0)
  out.byte(0x35)
  out.fixed32(spanFlags(context.traceFlags, context.isRemote))
  out.close(mark)
}

function status(out: Writer, { code, message }: ReadableSpan['status']): void {
  out.byte(0x7a)
  const mark = out.open()
  text(out, 0x12, message)
  number(out, 0x18, code)
  out.close(mark)
}

function keyValue(out: Writer, key: string, content: unknown, depth: number): void {
  const mark = out.open()
  out.byte(0x0a)
  out.text(key)
  out.byte(0x12)
  const inner = out.open()
  value(out, content, depth)
  out.close(inner)
  out.close(mark)
}

/** The content of an AnyValue; nothing for what has no form in OTLP, for null, and below the deepest level. */
function value(out: Writer, content: unknown, depth: number): void {
  if (typeof content === 'string') {
    out.byte(0x0a)
    out.text(content)
  } else if (typeof content === 'number') {
    numeric(out, content)
  } else if (typeof content === 'boolean') {
    out.byte(0x10)
    out.byte(content ? 1 : 0)
  } else if (typeof content === 'object' && content !== null && depth < deepest) {
    nested(out, content, depth + 1)
  }
}

function numeric(out: Writer, content: number): void {
  if (!isInt64(content)) {
    out.byte(0x21)
    out.double(content)
    return
  }
  out.byte(0x18)
  if (content < 0) out.negative(content)
  else out.varint(content)
}

function nested(out: Writer, content: object, depth: number): void {
  if (content instanceof Uint8Array) {
    out.byte(0x3a)
    out.varint(content.length)
    out.append(content)
    return
  }
  const isArray = Array.isArray(content)
  out.byte(isArray ? 0x2a : 0x32)
  const mark = out.open()
  if (isArray) {
    for (const item of content as unknown[]) {
      out.byte(0x0a)
      const inner = out.open()
      value(out, item, depth)
      out.close(inner)
    }
  } else {
    for (const key in content) {
      if (!Object.hasOwn(content, key)) continue
      out.byte(0x0a)
      keyValue(out, key, (content as Record<string, unknown>)[key], depth)
    }
  }
  out.close(mark)
}
