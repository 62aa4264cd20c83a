// Golden: what our bytes decode to is what the stock serializers' bytes decode to, for the same records. The decoder is
// the receiver's, which knows nothing of ours.
import { createTraceState, SeverityNumber, SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api'
import type { AnyValue, Attributes, HrTime, SpanContext } from '@opentelemetry/api'
import {
  JsonLogsSerializer,
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer'
import { resourceFromAttributes } from '@opentelemetry/resources'
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeJson, decodeProtobuf } from '../../../../../test/receiver/decode.ts'
import type { Json } from '../../../../../test/receiver/decode.ts'
import { encodings, TooLarge, Writer } from './index.ts'
import type { Encoding, Group, RecordSignal } from './index.ts'

const resource = resourceFromAttributes({ 'service.name': 'golden', list: ['a', 'b'] }, { schemaUrl: 'https://s/1' })
const other = resourceFromAttributes({})
const scope = { name: 'scope', version: '1.2.3', schemaUrl: 'https://s/2' }
const context: SpanContext = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 }

function span(over: Partial<ReadableSpan> & { context?: SpanContext } = {}): ReadableSpan {
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

function log(over: Partial<ReadableLogRecord> = {}): ReadableLogRecord {
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
function request<R extends ReadableSpan | ReadableLogRecord>(encoding: Encoding, signal: RecordSignal, records: R[]) {
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

const expectSameSpans = (...spans: ReadableSpan[]) => expectSame('spans', spans as (ReadableSpan & ReadableLogRecord)[])
const expectSameLogs = (...logs: ReadableLogRecord[]) =>
  expectSame('logs', logs as (ReadableSpan & ReadableLogRecord)[])

const traceState = createTraceState('a=1,b=2')
const parent: SpanContext = { ...context, spanId: '00f067aa0ba902b7', isRemote: true }
const values: Attributes = {
  text: 'plain',
  accents: 'żółć 🙂 \u0000 "quoted" \\ \n',
  empty: '',
  long: 'x'.repeat(300),
  longer: 'é'.repeat(20_000),
  yes: true,
  no: false,
  zero: 0,
  minusZero: -0,
  one: 1,
  minus: -1,
  big: 2 ** 40,
  milliseconds: 1_700_000_000_123,
  most: Number.MAX_SAFE_INTEGER,
  least: Number.MIN_SAFE_INTEGER,
  half: 0.5,
  tiny: 5e-324,
  texts: ['a', 'é', ''],
  numbers: [1, 0.5, -3],
  gaps: ['a', null, undefined] as string[],
  none: [],
  '': 'no key',
  __proto__: 'lost',
}

describe('spans decode to what the stock serializers give', () => {
  const table: [string, ReadableSpan][] = [
    ['a bare span', span()],
    ['every attribute value', span({ attributes: values })],
    ['a remote parent', span({ parentSpanContext: parent })],
    ['a local parent', span({ parentSpanContext: { ...parent, isRemote: false } })],
    ['a trace state', span({ context: { ...context, traceState } })],
    ['unsampled flags', span({ context: { ...context, traceFlags: TraceFlags.NONE } })],
    ['an error', span({ status: { code: SpanStatusCode.ERROR, message: 'no ☃' } })],
    ['ok', span({ status: { code: SpanStatusCode.OK } })],
    ['a server', span({ kind: SpanKind.SERVER })],
    ['dropped', span({ droppedAttributesCount: 1, droppedEventsCount: 200, droppedLinksCount: 70_000 })],
    ['epoch', span({ startTime: [0, 0], endTime: [0, 5] })],
    ['carried nanoseconds', span({ startTime: [1, 999_999_999], endTime: [4, 1_000_000_001] })],
    ['many seconds', span({ startTime: [1_700_000_000, 0], endTime: [17_000_000_000, 0] })],
    [
      'events',
      span({
        events: [
          { name: 'seen', time: [1, 2] },
          { name: 'with', time: [3, 4], attributes: { stack: 's'.repeat(400), n: 1 }, droppedAttributesCount: 3 },
        ],
      }),
    ],
    [
      'links',
      span({
        links: [
          { context: parent },
          { context: { ...parent, traceState, isRemote: false }, attributes: { a: 'b' }, droppedAttributesCount: 2 },
        ],
      }),
    ],
  ]
  test.each(table)('%s', (_name, given) => expectSameSpans(given))

  test('several scopes and resources in one request', () => {
    const bare = { name: '' }
    const rich = { name: 'rich', attributes: { a: 1 }, droppedAttributesCount: 2 }
    expectSameSpans(
      span(),
      span({ instrumentationScope: bare }),
      span({ name: 'again' }),
      span({ instrumentationScope: rich }),
      span({ resource: other, instrumentationScope: { name: 'other', version: '2' } }),
    )
  })
})

describe('log records decode to what the stock serializers give', () => {
  const table: [string, ReadableLogRecord][] = [
    ['a bare record', log()],
    ['text', log({ body: 'hello ☃', severityNumber: SeverityNumber.WARN, severityText: 'WARN' })],
    ['an event in a span', log({ eventName: 'flow.workflow.retry', spanContext: context })],
    ['an unsampled context', log({ spanContext: { ...context, traceFlags: 0 } })],
    ['null', log({ body: null })],
    ['bytes', log({ body: Uint8Array.of(0, 1, 255) })],
    ['a map', log({ body: { a: [1, { b: 'c', none: null }, Uint8Array.of(1)], d: {}, e: 0.25 } })],
    ['attributes', log({ attributes: { ...values, deep: { list: [{ a: 1 }, [2, [3]]] } }, droppedAttributesCount: 4 })],
  ]
  test.each(table)('%s', (_name, given) => expectSameLogs(given))
})

const text = fc.string({ unit: 'binary', maxLength: 200 })
const hex = (length: number) =>
  fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length }).map((all) => all.join(''))
const time = fc.tuple(fc.nat(4_000_000_000), fc.nat(999_999_999)) as fc.Arbitrary<HrTime>
const anyValue: fc.Arbitrary<AnyValue> = fc.letrec<{ value: AnyValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true, max: 1e15, min: -1e15 }),
    fc.constant(null),
    fc.uint8Array({ maxLength: 40 }),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(text, tie('value'), { maxKeys: 5 }),
  ),
})).value
const attributes = fc.dictionary(text, anyValue, { maxKeys: 8 }) as fc.Arbitrary<Attributes>
const spanContext = fc.record({ traceId: hex(32), spanId: hex(16), traceFlags: fc.nat(255), isRemote: fc.boolean() })

test('random spans', () => {
  const random = fc.record({
    context: spanContext,
    parentSpanContext: spanContext,
    name: text,
    kind: fc.nat(4),
    startTime: time,
    endTime: time,
    attributes,
    status: fc.record({ code: fc.nat(2), message: text }),
    events: fc.array(fc.record({ name: text, time, attributes, droppedAttributesCount: fc.nat() }), { maxLength: 4 }),
    links: fc.array(fc.record({ context: spanContext, attributes }), { maxLength: 4 }),
    droppedAttributesCount: fc.nat(),
    instrumentationScope: fc.constantFrom(scope, { name: 'b' }),
  })
  fc.assert(
    fc.property(fc.array(random, { minLength: 1, maxLength: 4 }), (all) => expectSameSpans(...all.map(span))),
    { numRuns: 300 },
  )
})

test('random log records', () => {
  const random = fc.record({
    hrTime: time,
    hrTimeObserved: time,
    body: anyValue,
    attributes,
    eventName: text,
    severityText: text,
    severityNumber: fc.nat(24),
    spanContext,
    droppedAttributesCount: fc.nat(),
  })
  fc.assert(
    fc.property(fc.array(random, { minLength: 1, maxLength: 4 }), (all) => expectSameLogs(...all.map(log))),
    { numRuns: 300 },
  )
})

/** What an attribute's value is decoded to. */
function decoded(given: unknown, protocol: keyof typeof encodings): Json {
  const bytes = request(encodings[protocol], 'spans', [span({ attributes: { given: given as string } })])
  const all = protocol === 'http/json' ? decodeJson(bytes) : decodeProtobuf('/v1/traces', bytes)
  return JSON.parse(JSON.stringify(all)).resourceSpans[0].scopeSpans[0].spans[0].attributes[0].value
}

describe('where the stock serializers are wrong', () => {
  test.each([
    ['NaN', Number.NaN, { doubleValue: 'NaN' }],
    ['Infinity', Infinity, { doubleValue: 'Infinity' }],
    ['-Infinity', -Infinity, { doubleValue: '-Infinity' }],
    ['beyond 2^53', 2 ** 60, { intValue: String(2n ** 60n) }],
    ['the least int64', -(2 ** 63), { intValue: String(-(2n ** 63n)) }],
    ['beyond int64', 2 ** 63, { doubleValue: 2 ** 63 }],
    ['a lone surrogate', 'a\ud800b', { stringValue: 'a\ufffdb' }],
    ['a lone surrogate in a long string', `${'a'.repeat(99)}\udc00`, { stringValue: `${'a'.repeat(99)}\ufffd` }],
    ['a function', () => 1, {}],
    ['a symbol', Symbol('s'), {}],
  ])('%s', (_name, given, expected) => {
    expect(decoded(given, 'http/json')).toEqual(expected)
    expect(decoded(given, 'http/protobuf')).toEqual(expected)
  })

  test('a cycle is cut at the deepest level', () => {
    const cycle: { inner?: unknown } = {}
    cycle.inner = cycle
    expect(JSON.stringify(decoded(cycle, 'http/json')).match(/kvlist/g)).toHaveLength(30)
    expect(JSON.stringify(decoded(cycle, 'http/protobuf')).match(/kvlist/g)).toHaveLength(30)
  })
})

describe.each(Object.entries(encodings))('%s refuses what no receiver would read', (_protocol, encoding) => {
  const bad = null as never
  test.each<[string, ReadableSpan]>([
    ['a null name', span({ name: bad })],
    ['a null event name', span({ events: [{ name: bad, time: [1, 2] }] })],
    ['a link without a context', span({ links: [{ context: bad }] })],
    ['a link with a wrong id', span({ links: [{ context: { ...context, spanId: 'nope' } }] })],
    ['an id that is no hex', span({ context: { ...context, traceId: 'g'.repeat(32) } })],
    ['NaN as the end', span({ endTime: [Number.NaN, Number.NaN] })],
    ['a time before 1970', span({ startTime: [-1, 0] })],
    ['a kind that is no number', span({ kind: 'server' as never })],
    ['a status that is no number', span({ status: { code: 'x' as never } })],
    ['a status message that is no text', span({ status: { code: 2, message: 5 as never } })],
    [
      'a getter that throws',
      span({
        attributes: {
          get a(): string {
            throw new Error('mine')
          },
        },
      }),
    ],
  ])('%s', (_name, given) => {
    expect(() => encoding.span(new Writer(16, 1 << 20), given)).toThrow()
  })

  test('what is larger than the limit', () => {
    const given = span({ attributes: { a: 'x'.repeat(2_000) } })
    expect(() => encoding.span(new Writer(16, 1_000), given)).toThrow(TooLarge)
  })
})
