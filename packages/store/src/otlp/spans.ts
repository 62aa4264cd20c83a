// OTLP stage: an ExportTraceServiceRequest in JSON becomes span records.
import type { Instant } from '../record/instant.ts'
import type { Scope, SpanEvent, SpanKind, SpanLink, SpanRecord, SpanStatus } from '../record/record.ts'
import { RestingSpan } from '../record/resting.ts'
import type { ResourceReference } from '../record/resting.ts'
import { decodeRequest } from './decode.ts'
import type { Decoded } from './decode.ts'
import { attributesOf, badOtlp, idOf, instantOf, listOf, numberOf, objectOf, textOf } from './json.ts'
import type { JsonObject } from './json.ts'

/** OTLP's numbers: 0 is unspecified, which is internal. */
const KINDS: readonly SpanKind[] = ['internal', 'internal', 'server', 'client', 'producer', 'consumer']
const STATUS_CODES: readonly SpanStatus['code'][] = ['unset', 'ok', 'error']
const SAMPLED = 1
const EPOCH: Instant = [0, 0]

/** The spans of a parsed OTLP/JSON trace request. Throws `PROPRIO_STORE_BAD_OTLP` when it is none. */
export function spansFromOtlp(json: unknown): Decoded<SpanRecord> {
  return decodeRequest(json, { resources: 'resourceSpans', scopes: 'scopeSpans', records: 'spans' }, readSpan)
}

function readSpan(span: JsonObject, scope: Scope, resource: ResourceReference): SpanRecord {
  const status = objectOf(span['status'], 'span.status')
  const flags = numberOf(span['flags'], 'span.flags')
  return new RestingSpan({
    traceId: required(idOf(span['traceId'], 32, 'span.traceId'), 'span.traceId'),
    spanId: required(idOf(span['spanId'], 16, 'span.spanId'), 'span.spanId'),
    parentSpanId: idOf(span['parentSpanId'], 16, 'span.parentSpanId'),
    traceState: textOf(span['traceState'], 'span.traceState'),
    name: textOf(span['name'], 'span.name') ?? '',
    kind: KINDS[numberOf(span['kind'], 'span.kind') ?? 0] ?? 'internal',
    start: required(instantOf(span['startTimeUnixNano'], 'span.startTimeUnixNano'), 'span.startTimeUnixNano'),
    end: required(instantOf(span['endTimeUnixNano'], 'span.endTimeUnixNano'), 'span.endTimeUnixNano'),
    status: {
      code: STATUS_CODES[numberOf(status['code'], 'span.status.code') ?? 0] ?? 'unset',
      message: textOf(status['message'], 'span.status.message'),
    },
    attributes: attributesOf(span['attributes'], 'span.attributes'),
    events: listOf(span['events'], 'span.events').map(readEvent),
    links: listOf(span['links'], 'span.links').map(readLink),
    scope,
    resource,
    // Who sends no flags sends what it sampled.
    sampled: flags === undefined || (flags & SAMPLED) === SAMPLED,
  })
}

function readEvent(json: unknown): SpanEvent {
  const event = objectOf(json, 'span.events')
  return {
    name: textOf(event['name'], 'span.events.name') ?? '',
    time: instantOf(event['timeUnixNano'], 'span.events.timeUnixNano') ?? EPOCH,
    attributes: attributesOf(event['attributes'], 'span.events.attributes'),
  }
}

function readLink(json: unknown): SpanLink {
  const link = objectOf(json, 'span.links')
  return {
    traceId: required(idOf(link['traceId'], 32, 'span.links.traceId'), 'span.links.traceId'),
    spanId: required(idOf(link['spanId'], 16, 'span.links.spanId'), 'span.links.spanId'),
    attributes: attributesOf(link['attributes'], 'span.links.attributes'),
  }
}

function required<T>(value: T | undefined, path: string): T {
  if (value === undefined) throw badOtlp(path, 'is missing')
  return value
}
