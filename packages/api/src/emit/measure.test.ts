// Measures: instruments that are told, and instruments that ask when they are read.
import { expect, test } from '@proprio/testing/vitest'
import { counted } from '../fixtures/counted.ts'
import { catalogue, choice, counter, gauge, histogram, text, upDownCounter } from '../index.ts'

const kind = choice(['a', 'b'], 'Kind.', { dimension: true })
const { item, within } = catalogue(
  'stock',
  { version: '1', context: { shop: text('Shop.', { dimension: { atMost: 2 } }), note: text('Note.') } },
  {
    item: {
      sold: counter({ summary: 'Sold.', unit: '{item}', attributes: { kind } }),
      held: upDownCounter({ summary: 'Held.', unit: '{item}' }),
      price: gauge({ summary: 'Price.', unit: 'USD', attributes: { kind } }),
      size: histogram({ summary: 'Size.', unit: 'By' }),
    },
  },
)

test('told: add, set and record, with dimensions of their own and of the block', ({ telemetry }) => {
  within({ shop: 'north', note: 'not on metrics' }, () => {
    item.sold.add(2, { kind: 'a' })
    item.sold.add(3, { kind: 'a' })
    item.held.add(-4)
    item.price.set(9.5, { kind: 'b' })
    item.size.record(50)
  })
  expect(telemetry).toHaveMetric(item.sold, { value: 5, count: 2, dimensions: { kind: 'a' } })
  expect(telemetry).toHaveMetric(item.held, { value: -4 })
  expect(telemetry).toHaveMetric(item.price, { value: 9.5, dimensions: { kind: 'b' } })
  expect(telemetry).toHaveMetric(item.size, { sum: 50, count: 1 })
  expect(telemetry.metrics().map(({ name, attributes }) => [name, attributes])).toEqual([
    ['stock.item.sold', { 'stock.shop': 'north', 'stock.item.kind': 'a' }],
    ['stock.item.held', { 'stock.shop': 'north' }],
    ['stock.item.price', { 'stock.shop': 'north', 'stock.item.kind': 'b' }],
    ['stock.item.size', { 'stock.shop': 'north' }],
  ])
})

test('an observer reports for several sets of dimensions, throws or answers nothing without harm, and stops', async ({
  telemetry,
}) => {
  using several = item.price.observe((report) => {
    report(1, { kind: 'a' })
    report(2, { kind: 'b' })
  })
  expect(telemetry).toHaveMetric(item.price, { value: 1, dimensions: { kind: 'a' } })
  expect(telemetry).toHaveMetric(item.price, { value: 2, dimensions: { kind: 'b' } })
  expect(telemetry.metrics(item.price)).toHaveLength(2)
  several[Symbol.dispose]()
  using failing = item.price.observe(() => {
    throw new Error('mine')
  })
  expect(await counted('internal_error', () => telemetry.settled())).toBe(1)
  failing[Symbol.dispose]()
  using rejecting = item.price.observe(() => Promise.reject(new Error('mine')))
  expect(await counted('internal_error', () => telemetry.settled())).toBe(1)
  rejecting[Symbol.dispose]()
  using nonsense = item.price.observe(() => Number.NaN)
  expect(await counted('attribute_invalid', () => telemetry.settled())).toBe(1)
  nonsense[Symbol.dispose]()
  expect(telemetry).not.toHaveMetric(item.price)
})

test('what is no finite number, and a counter’s fall, is counted and not recorded', async ({ telemetry }) => {
  const wrong = () => {
    for (const value of [Number.NaN, Infinity, -1, '5', 5n, null, undefined, Symbol('s')])
      item.sold.add(value as number)
  }
  expect(await counted('attribute_invalid', wrong)).toBe(8)
  expect(telemetry).not.toHaveMetric(item.sold)
})
