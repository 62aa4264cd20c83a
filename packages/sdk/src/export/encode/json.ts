// Records as OTLP/JSON: ids in hex, 64-bit times as strings, enums as numbers, NaN and the infinities by name.
import type { Attributes, HrTime, Link } from '@opentelemetry/api'
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs'
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace'
import { deepest, isInt64, small, spanFlags } from './encoding.ts'
import { isHexDigit } from './writer.ts'

const twoTo32 = 4_294_967_296
/** Attribute keys are few and come again: their JSON is kept, up to a bound. */
const keys = new Map<string, string>()
const mostKeys = 4_096
/** Shorter strings are looked through here: JSON.stringify takes as long for its call alone. */
const plainLength = 64

export function spanJson(span: ReadableSpan): string {
  const context = span.spanContext()
  const parent = span.parentSpanContext
  const { code, message } = span.status
  return (
    `{"traceId":${id(context.traceId, 32)},"spanId":${id(context.spanId, 16)}` +
    (parent?.spanId ? `,"parentSpanId":${id(parent.spanId, 16)}` : '') +
    optional(',"traceState":', context.traceState?.serialize()) +
    `,"name":${quoted(span.name)},"kind":${small(span.kind + 1)}` +
    `,"startTimeUnixNano":${time(span.startTime)},"endTimeUnixNano":${time(span.endTime)}` +
    `,"attributes":${attributesJson(span.attributes)},"droppedAttributesCount":${small(span.droppedAttributesCount)}` +
    `,"events":${listed(span.events, eventOf)},"droppedEventsCount":${small(span.droppedEventsCount)}` +
    `,"status":{"code":${small(code)}${optional(',"message":', message)}}` +
    `,"links":${listed(span.links, linkOf)},"droppedLinksCount":${small(span.droppedLinksCount)}` +
    `,"flags":${spanFlags(context.traceFlags, parent?.isRemote)}}`
  )
}

export function logJson(log: ReadableLogRecord): string {
  const context = log.spanContext
  return (
    `{"timeUnixNano":${time(log.hrTime)},"observedTimeUnixNano":${time(log.hrTimeObserved)}` +
    (log.severityNumber === undefined ? '' : `,"severityNumber":${small(log.severityNumber)}`) +
    optional(',"severityText":', log.severityText) +
    `,"body":${value(log.body, 0)}` +
    optional(',"eventName":', log.eventName) +
    `,"attributes":${attributesJson(log.attributes)},"droppedAttributesCount":${small(log.droppedAttributesCount)}` +
    (context === undefined
      ? ''
      : `,"flags":${small(context.traceFlags)},"traceId":${id(context.traceId, 32)}` +
        `,"spanId":${id(context.spanId, 16)}`) +
    '}'
  )
}

export function attributesJson(from: Attributes): string {
  let json = ''
  for (const key in from) {
    if (Object.hasOwn(from, key)) json += `${json === '' ? '[' : ','}${keyed(key)}${value(from[key], 0)}}`
  }
  return json === '' ? '[]' : `${json}]`
}

/** A string in quotes, well-formed. @throws TypeError when it is no string. */
export function quoted(content: string): string {
  if (typeof content !== 'string') throw new TypeError('no string')
  if (content.length < plainLength && isPlain(content)) return `"${content}"`
  return JSON.stringify(content.isWellFormed() ? content : content.toWellFormed())
}

/** True for ASCII without quotes, backslashes and control characters: most names and values are. */
function isPlain(content: string): boolean {
  for (let index = 0; index < content.length; index++) {
    const code = content.charCodeAt(index)
    if (code < 0x20 || code > 0x7e || code === 0x22 || code === 0x5c) return false
  }
  return true
}

/** A field with its name, left out when there is none. */
export function optional(name: string, content: string | undefined): string {
  return content === undefined ? '' : name + quoted(content)
}

function eventOf(event: TimedEvent): string {
  return (
    `{"attributes":${event.attributes ? attributesJson(event.attributes) : '[]'},"name":${quoted(event.name)}` +
    `,"timeUnixNano":${time(event.time)},"droppedAttributesCount":${small(event.droppedAttributesCount ?? 0)}}`
  )
}

function linkOf({ context, attributes, droppedAttributesCount }: Link): string {
  return (
    `{"attributes":${attributes ? attributesJson(attributes) : '[]'}` +
    `,"traceId":${id(context.traceId, 32)},"spanId":${id(context.spanId, 16)}` +
    optional(',"traceState":', context.traceState?.serialize()) +
    `,"droppedAttributesCount":${small(droppedAttributesCount ?? 0)}` +
    `,"flags":${spanFlags(context.traceFlags, context.isRemote)}}`
  )
}

function listed<T>(items: readonly T[], write: (item: T) => string): string {
  let json = '['
  for (const item of items) json += (json === '[' ? '' : ',') + write(item)
  return `${json}]`
}

/** An id of so many hex digits. A loop, because a regular expression was an eighth of the time a span takes. */
function id(hex: string, digits: number): string {
  if (typeof hex !== 'string' || hex.length !== digits) throw new TypeError('no id')
  for (let index = 0; index < digits; index++) if (!isHexDigit(hex.charCodeAt(index))) throw new TypeError('no id')
  return `"${hex}"`
}

function time([seconds, nanoseconds]: HrTime): string {
  if (!(seconds >= 0 && seconds < 1.8e10 && nanoseconds >= 0 && nanoseconds < twoTo32)) throw new TypeError('no time')
  const whole = Math.trunc(seconds) + Math.floor(nanoseconds / 1e9)
  const rest = Math.trunc(nanoseconds % 1e9)
  return whole === 0 ? `"${rest}"` : `"${whole}${String(1e9 + rest).slice(1)}"`
}

/** `{"key":…,"value":` of an attribute. */
function keyed(key: string): string {
  const known = keys.get(key)
  if (known !== undefined) return known
  const json = `{"key":${quoted(key)},"value":`
  if (keys.size < mostKeys) keys.set(key, json)
  return json
}

/** An AnyValue; empty for what has no form in OTLP, for null, and below the deepest level. */
function value(content: unknown, depth: number): string {
  if (typeof content === 'string') return `{"stringValue":${quoted(content)}}`
  if (typeof content === 'number') return numeric(content)
  if (typeof content === 'boolean') return content ? '{"boolValue":true}' : '{"boolValue":false}'
  if (typeof content !== 'object' || content === null || depth >= deepest) return '{}'
  if (content instanceof Uint8Array) return `{"bytesValue":"${Buffer.from(content).toString('base64')}"}`
  return nested(content, depth + 1)
}

function numeric(content: number): string {
  if (isInt64(content)) return `{"intValue":${Number.isSafeInteger(content) ? content : `"${BigInt(content)}"`}}`
  return `{"doubleValue":${Number.isFinite(content) ? content : `"${content}"`}}`
}

function nested(content: object, depth: number): string {
  if (Array.isArray(content)) {
    return `{"arrayValue":{"values":${listed(content as unknown[], (item) => value(item, depth))}}}`
  }
  let json = ''
  for (const key in content) {
    if (!Object.hasOwn(content, key)) continue
    json += `${json === '' ? '' : ','}${keyed(key)}${value((content as Record<string, unknown>)[key], depth)}}`
  }
  return `{"kvlistValue":{"values":[${json}]}}`
}
