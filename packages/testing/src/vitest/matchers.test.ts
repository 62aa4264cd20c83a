// Each matcher: where it passes, where it fails, its negation, and what it cannot be asked.
import { catalogue, integer, occurrence, operation } from '@proprio/api'
import { expect } from 'vitest'
import { test } from './index.ts'

const shop = catalogue(
  'shop',
  { version: '1.0.0' },
  {
    order: {
      sell: operation({ summary: 'One order.', span: 'sell', attributes: { items: integer('How many.') } }),
      refused: occurrence({ summary: 'Not sold.', level: 'warn', attributes: { items: integer('How many.') } }),
    },
  },
)

test('toHaveSpan and toHaveEvent', ({ telemetry }) => {
  expect(telemetry).not.toHaveSpan(shop.order.sell)
  shop.order.sell({ items: 3 }, () => shop.order.refused({ items: 2 }))
  expect(telemetry).toHaveSpan(shop.order.sell, { items: 3 })
  expect(telemetry).toHaveSpan(shop.order.sell, { items: expect.any(Number) })
  expect(telemetry).toHaveSpan('sell', { 'shop.order.items': 3 })
  expect(telemetry).toHaveEvent(shop.order.refused, { items: 2 }, { level: 'warn' })
  expect(telemetry).not.toHaveEvent(shop.order.refused, {}, { level: 'error' })
  expect(() => expect(telemetry).toHaveSpan(shop.order.sell, { items: 4 })).toThrow(
    'the nearest differs:\n  shop.order.items: expected 4, was 3',
  )
  expect(() => expect(telemetry).not.toHaveSpan(shop.order.sell)).toThrow(
    'expected no span order.sell of shop, and there is one',
  )
})

test('toHaveNoErrors and toHaveNoOpenSpans', async ({ telemetry }) => {
  expect(telemetry).toHaveNoErrors()
  expect(telemetry).toHaveNoOpenSpans()
  const { promise, reject } = Promise.withResolvers<void>()
  const selling = shop.order.sell({}, () => promise)
  expect(telemetry).not.toHaveNoOpenSpans()
  reject(new RangeError('none left'))
  await expect(selling).rejects.toThrow('none left')
  expect(telemetry).toHaveNoOpenSpans()
  expect(telemetry).not.toHaveNoErrors()
  expect(() => expect(telemetry).toHaveNoErrors()).toThrow('expected no span to fail, and 1 did:\nsell: none left')
})

test('what cannot be asked is an error, also negated', ({ telemetry }) => {
  expect(() => expect({}).not.toHaveSpan('sell')).toThrow('expect() is to be given the `telemetry` of the test here')
  // @ts-expect-error an occurrence makes no span
  expect(() => expect(telemetry).not.toHaveSpan(shop.order.refused)).toThrow(TypeError)
  // @ts-expect-error price is no attribute of it
  expect(() => expect(telemetry).not.toHaveSpan(shop.order.sell, { price: 1 })).toThrow('has no attribute "price"')
})
