// What the encoding's tests share: records as the SDK hands them over, requests as the queue makes them, and the
// comparison with what the stock serializers' bytes decode to.
import { SpanKind, SpanStatusCode } from '@opentelemetry/api'
import type { SpanContext } from '@opentelemetry/api'
import {
  JsonLogsSerializer,
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer'
import { resourceFromAttributes } from '@opentelemetry/resources'
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import { expect } from 'vitest'
import { encodings, Writer } from '../../packages/sdk/src/export/encode/index.ts'
import type { Encoding, Group, RecordSignal } from '../../packages/sdk/src/export/encode/index.ts'
import { decodeJson, decodeProtobuf } from './decode.ts'
import type { Json } from './decode.ts'

export const resource = resourceFromAttributes(
  { 'service.name': 'golden', list: ['a', 'b'] },
  { schemaUrl: 'https://s/1' },
)
export const other = resourceFromAttributes({})
export const scope = { name: 'scope', version: '1.2.3', schemaUrl: 'https://s/2' }
export const context: SpanContext = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: 1,
}

export function span(over: Partial<ReadableSpan> & { context?: SpanContext } = {}): ReadableSpan {
  const { context: own = context, ...fields } = over
  return {
    name: 'work',
    kind: SpanKind.INTERNAL,
    spanContext: () => own,
    startTime: [1_700_000_000, 1],
    endTime: [1_700_000_001, 999_999_999],
    duration: [1, 999_999_998],
    ended: true,
    status: { code: SpanStatusCode.UNSET },
    attributes: {},
    links: [],
    events: [],
    resource,
    instrumentationScope: scope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
    ...fields,
  }
}

export function log(over: Partial<ReadableLogRecord> = {}): ReadableLogRecord {
  return {
    hrTime: [1_700_000_000, 5],
    hrTimeObserved: [1_700_000_000, 6],
    resource,
    instrumentationScope: scope,
    attributes: {},
    droppedAttributesCount: 0,
    ...over,
  }
}

/** Groups of records as the queue makes them. */
export function request<R extends ReadableSpan | ReadableLogRecord>(
  encoding: Encoding,
  signal: RecordSignal,
  records: R[],
) {
  const groups = records.map((record): Group => {
    const out = new Writer(16, 1 << 20)
    if (signal === 'spans') encoding.span(out, record as ReadableSpan)
    else encoding.log(out, record as ReadableLogRecord)
    const bytes = out.bytes.subarray(0, out.at)
    return { resource: record.resource, scope: record.instrumentationScope, bytes, ends: Uint32Array.of(out.at) }
  })
  const merged = new Map<object, Group>()
  for (const group of groups) {
    const known = merged.get(group.scope)
    const bytes = known === undefined ? group.bytes : Buffer.concat([known.bytes, group.bytes])
    merged.set(group.scope, { ...group, bytes })
  }
  return encoding.request(signal, [...merged.values()])
}

const zeros = new Set([
  'droppedAttributesCount',
  'droppedEventsCount',
  'droppedLinksCount',
  'kind',
  'code',
  'severityNumber',
  'flags',
])

/** Without fields that say the same present or absent: zero counts, empty messages; and a resource has no
 * schema in OTLP. */
function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
    .filter(([key]) => !(key === 'schemaUrl' && 'droppedAttributesCount' in value))
    .filter(([key, inner]) => !(zeros.has(key) && inner === 0))
    .map(([key, inner]) => [key, plain(inner)] as const)
    .filter(([key, inner]) => !(key === 'status' && JSON.stringify(inner) === '{}'))
  return Object.fromEntries(entries)
}

function expectSame(signal: RecordSignal, records: (ReadableSpan & ReadableLogRecord)[]): void {
  const path = signal === 'spans' ? '/v1/traces' : '/v1/logs'
  const stock =
    signal === 'spans'
      ? [ProtobufTraceSerializer.serializeRequest(records)!, JsonTraceSerializer.serializeRequest(records)!]
      : [ProtobufLogsSerializer.serializeRequest(records)!, JsonLogsSerializer.serializeRequest(records)!]
  const bytes = request(encodings['http/protobuf'], signal, records)
  expect(plain(decodeProtobuf(path, bytes))).toEqual(plain(decodeProtobuf(path, stock[0]!)))
  const text = request(encodings['http/json'], signal, records)
  expect(plain(decodeJson(text))).toEqual(plain(decodeJson(stock[1]!)))
}

export const expectSameSpans = (...spans: ReadableSpan[]) =>
  expectSame('spans', spans as (ReadableSpan & ReadableLogRecord)[])
export const expectSameLogs = (...logs: ReadableLogRecord[]) =>
  expectSame('logs', logs as (ReadableSpan & ReadableLogRecord)[])
