// What compiles and what does not. The types are the test; running it says only that this file is there.
import { describe } from '@proprio/api'
import { expect, expectTypeOf, test } from 'vitest'
import {
  assertAttributes,
  assertContext,
  assertContract,
  assertEvent,
  assertException,
  assertMetric,
  assertSlow,
  assertSpan,
  assertSpans,
  assertStatus,
  assertTrace,
  recordTelemetry,
  type ExpectedTrace,
  type MetricSeries,
  type TestEvent,
  type TestTelemetry,
} from '../../index.ts'
import '../../vitest/index.ts'
import { CardExpired, shop } from './fixtures/shop.ts'

export const compiles = (telemetry: TestTelemetry) => {
  const span = telemetry.span('sell web')

  expect(telemetry).toHaveSpan(shop.order.sell)
  expect(telemetry).toHaveSpan(shop.order.sell, { channel: 'web', items: expect.any(Number) })
  expect(telemetry).toHaveSpan(shop.order.sell, { items: undefined, 'error.type': 'RangeError' })
  expect(telemetry).toHaveSpan(/^sell/, { 'whatever.it.is': expect.stringContaining('x') })
  expect(telemetry).toHaveSpan(({ kind, attributes }) => kind === 'client' && attributes['x'] === 1)
  expect(telemetry).not.toHaveSpans(2, shop.order.sell, { channel: 'till' })
  expect(telemetry).toHaveSpans(2)
  expect(telemetry).toHaveSpans(2, (one) => one.links.length === 0)

  expect(telemetry).toHaveTrace({
    span: shop.order.sell,
    attributes: { items: 3, channel: expect.any(String) },
    exact: true,
    children: [
      { span: shop.payment.charge, attributes: { amount: 12, 'error.type': 'CardExpired' }, error: /expired/ },
      { span: 'pack', attributes: { 'shop.order.parcel': 1 }, times: 2, events: [shop.payment.refused, /x/] },
      { span: ({ kind }) => kind === 'server', kind: 'server', status: 'unset', ordered: true },
    ],
  })
  const tree: ExpectedTrace = { span: 'x', children: [{ span: shop.order.sell }] }
  expect(telemetry).toHaveTrace(tree)
  expect(telemetry).toHaveTrace({ ...tree, exact: true })
  expect(telemetry).toHaveTrace({ span: 'x', children: [1, 2].map((n) => ({ span: 'y', attributes: { n } })) })
  const more = tree.exact ? [{ span: 'y', attributes: { x: 1 } }] : []
  const pack = { span: shop.order.pack, attributes: { parcel: 1 } }
  expect(telemetry).toHaveTrace({ span: 'x', ...(tree.exact && { exact: true }), children: [...more, pack] })

  expect(span).toBeChildOf(shop.order.sell)
  expect(span).toBeDescendantOf(span)
  expect(span).toBeLinkedTo({ traceparent: '' })
  expect(span).toBeChildOf((one) => one.kind === 'client')
  expect(span).toHaveStatus('error', /expired/)
  expect(span).toHaveKind('client')
  expect(span).toHaveAttributes({ 'shop.order.items': 3 })
  expect(span).toHaveAttributes(shop.order.sell, { items: 3 })
  expect(span).toHaveAttributes(shop.payment.refused, { reason: 'stolen' })

  expect(telemetry).toHaveEvent(shop.payment.refused, { reason: 'expired' }, { level: 'warn' })
  expect(telemetry).toHaveEvent(({ level, message }) => level === 'warn' && message === 'x')
  expect(telemetry).toHaveLog(({ body, severityNumber }) => body === 'x' && severityNumber === 9)
  expect(telemetry).toHaveException()
  expect(telemetry).toHaveException(CardExpired)
  expect(telemetry).toHaveMetric(shop.order.sell, { count: 1, dimensions: { channel: 'web' } })
  expect(telemetry).toHaveMetric(shop.payment.refused, { value: { atLeast: 1 }, dimensions: { reason: 'stolen' } })
  expect(telemetry).toHaveMetric(shop.stock.taken, { increasedBy: 2, dimensions: { kind: 'tea' } })
  expect(telemetry).toHaveMetric(shop.stock.left, { value: expect.any(Number) })
  expect(telemetry).toHaveMetric(shop.stock.weight, { quantile: { 0.95: { atMost: 500 }, 0.5: 100 } })
  expect(telemetry).toHaveMetric(({ unit, instrument }) => unit === 'g' && instrument === 'histogram')

  expect(span).toBeSlow()
  expect(telemetry).toHaveNoErrors()
  expect(telemetry).toHaveNoOpenSpans()
  expect(telemetry).toHaveNoUnknownEvents(shop, shop)
  expect(telemetry).toConformTo(shop)
  expect(telemetry).toHaveContext({ userId: 'u', anyOther: 'x' })
  expect(telemetry).toHaveContext(shop, { cart: expect.any(String) })
  expect(telemetry).toLeakNothing(['a secret'])
  expect(shop).toKeepContract(new URL('file:///x'))

  // Inside of other expectations.
  expect(telemetry.spans()).toContainEqual(expect.toHaveKind('client'))
  expect(telemetry.spans()).toContainEqual(expect.not.toBeChildOf(shop.order.sell))
  expect({ telemetry }).toEqual({ telemetry: expect.toHaveSpan(shop.order.sell, { items: 3 }) })
  expect(telemetry.events()).toContainEqual(expect.toHaveAttributes(shop.payment.refused, { reason: 'expired' }))

  assertSpan(telemetry, shop.order.sell, { items: expect.any(Number) })
  assertSpan.not(telemetry, ({ kind }) => kind === 'client')
  assertSpans(telemetry, 2, shop.order.sell)
  assertTrace(telemetry, { span: shop.order.sell, attributes: { items: 3 } })
  assertStatus(span, 'ok')
  assertAttributes(telemetry.logs()[0]!, shop.payment.refused, { reason: 'expired' })
  assertEvent(span, shop.payment.refused)
  assertException.not(telemetry, 'x')
  assertMetric(telemetry, shop.stock.left, { value: 3 })
  assertContext(telemetry, shop, { cart: 'c' })
  assertContext(span, { runId: 'r' })
  assertContract(shop, 'x.json')
}

export const doesNotCompile = (telemetry: TestTelemetry) => {
  const span = telemetry.span('sell web')

  // @ts-expect-error an attribute that the event type lacks
  expect(telemetry).toHaveSpan(shop.order.sell, { item: 3 })
  // @ts-expect-error a value of another type
  expect(telemetry).toHaveSpan(shop.order.sell, { items: '3' })
  // @ts-expect-error a choice that is none
  expect(telemetry).toHaveSpan(shop.order.sell, { channel: 'phone' })
  // @ts-expect-error attributes of the context are none of the event type
  expect(telemetry).toHaveSpan(shop.order.sell, { cart: 'c' })
  // @ts-expect-error an occurrence makes no span
  expect(telemetry).toHaveSpan(shop.payment.refused)
  // @ts-expect-error a gauge makes no span
  expect(telemetry).toHaveSpan(shop.stock.left)
  // @ts-expect-error a function that does not answer true or false
  expect(telemetry).toHaveSpan(({ name }) => name)
  // @ts-expect-error what a span does not have
  expect(telemetry).toHaveSpan(({ body }) => body === 'x')
  // @ts-expect-error how many comes first
  expect(telemetry).toHaveSpans(shop.order.sell, 2)
  // @ts-expect-error an attribute that the event type lacks
  expect(telemetry).toHaveSpans(2, shop.order.pack, { items: 3 })

  // @ts-expect-error a key that no tree has
  expect(telemetry).toHaveTrace({ span: 'x', childs: [] })
  // @ts-expect-error a key that no tree has, below
  expect(telemetry).toHaveTrace({ span: 'x', children: [{ span: 'y', time: 2 }] })
  // @ts-expect-error which span is not said
  expect(telemetry).toHaveTrace({ children: [{ span: 'y' }] })
  // @ts-expect-error an occurrence makes no span
  expect(telemetry).toHaveTrace({ span: shop.payment.refused })
  // @ts-expect-error a measure is no event
  expect(telemetry).toHaveTrace({ span: 'x', events: [shop.stock.taken] })
  // @ts-expect-error an attribute that the operation lacks
  expect(telemetry).toHaveTrace({ span: shop.order.sell, attributes: { item: 3 } })
  // @ts-expect-error a value of another type, below
  expect(telemetry).toHaveTrace({ span: 'x', children: [{ span: shop.order.pack, attributes: { parcel: '1' } }] })
  // @ts-expect-error an attribute of the operation beside it
  assertTrace(telemetry, { span: 'x', children: [{ span: 'y' }, { span: shop.order.pack, attributes: { amount: 1 } }] })
  // @ts-expect-error no kind
  expect(telemetry).toHaveTrace({ span: 'x', kind: 'local' })
  // @ts-expect-error what has failed is said by its error
  expect(telemetry).toHaveTrace({ span: 'x', error: true })

  // @ts-expect-error an occurrence makes no span
  expect(span).toBeChildOf(shop.payment.refused)
  // @ts-expect-error the other is missing
  expect(span).toBeLinkedTo()
  // @ts-expect-error no status
  expect(span).toHaveStatus('failed')
  // @ts-expect-error no kind
  expect(span).toHaveKind('CLIENT')
  // @ts-expect-error an attribute that the event type lacks
  expect(span).toHaveAttributes(shop.order.pack, { items: 3 })

  // @ts-expect-error an operation makes no event
  expect(telemetry).toHaveEvent(shop.order.sell)
  // @ts-expect-error an attribute that the event type lacks
  expect(telemetry).toHaveEvent(shop.payment.refused, { amount: 3 })
  // @ts-expect-error no level
  expect(telemetry).toHaveEvent(shop.payment.refused, {}, { level: 'warning' })
  // @ts-expect-error an operation makes no log record
  expect(telemetry).toHaveLog(shop.order.sell)
  // @ts-expect-error no class of errors
  expect(telemetry).toHaveException(Map)

  // @ts-expect-error a dimension that the measure lacks
  expect(telemetry).toHaveMetric(shop.stock.taken, { dimensions: { colour: 'red' } })
  // @ts-expect-error a value that the dimension lacks
  expect(telemetry).toHaveMetric(shop.stock.taken, { dimensions: { kind: 'coffee' } })
  // @ts-expect-error what cannot be expected
  expect(telemetry).toHaveMetric(shop.stock.taken, { total: 3 })
  // @ts-expect-error no number
  expect(telemetry).toHaveMetric(shop.stock.taken, { value: '3' })
  // @ts-expect-error no range
  expect(telemetry).toHaveMetric(shop.stock.taken, { value: { above: 3 } })

  // @ts-expect-error a name is no catalogue
  expect(telemetry).toConformTo('shop')
  // @ts-expect-error nor is a layer
  expect(telemetry).toHaveNoUnknownEvents(shop.order)
  // @ts-expect-error a key that the context lacks
  expect(telemetry).toHaveContext(shop, { card: 'c' })
  // @ts-expect-error an id is a text
  expect(telemetry).toHaveContext({ userId: 3 })
  // @ts-expect-error a list
  expect(telemetry).toLeakNothing('a secret')
  // @ts-expect-error where it is kept
  expect(shop).toKeepContract()

  // @ts-expect-error an attribute that the event type lacks, inside of another expectation
  expect(telemetry.spans()).toContainEqual(expect.toHaveAttributes(shop.order.sell, { item: 3 }))
  // @ts-expect-error of a span
  assertSlow(telemetry)
  // @ts-expect-error of a telemetry
  assertSpan(span, shop.order.sell)
  // @ts-expect-error of a telemetry, and not later
  assertSpan(Promise.resolve(telemetry), shop.order.sell)
  // @ts-expect-error its negation has the same types
  assertSpan.not(telemetry, shop.order.sell, { item: 3 })
  // @ts-expect-error of a catalogue
  assertContract(describe, 'x.json')
}

test('a function is handed what it chooses among', () => {
  recordTelemetry((telemetry) => {
    telemetry.events((event) => {
      expectTypeOf(event).toEqualTypeOf<TestEvent>()
      return true
    })
    telemetry.metrics((series) => {
      expectTypeOf(series).toEqualTypeOf<MetricSeries>()
      return true
    })
  })
  expect([compiles, doesNotCompile].every((types) => typeof types === 'function')).toBe(true)
})
