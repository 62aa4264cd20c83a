// Golden: what our bytes decode to is what the stock serializers' bytes decode to, for the same records. The decoder is
// the receiver's, which knows nothing of ours.
import { createTraceState, SeverityNumber, SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api'
import type { AnyValue, Attributes, HrTime, SpanContext } from '@opentelemetry/api'
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import * as fc from 'fast-check'
import { describe, test } from 'vitest'
import { context, expectSameLogs, expectSameSpans, log, other, scope, span } from '../fixtures/golden.ts'

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
