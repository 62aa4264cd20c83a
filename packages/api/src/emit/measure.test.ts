// Measures: instruments that are told, and instruments that ask when they are read. The SDK appears after the first of them.
import { beforeEach, expect, test } from 'vitest'
import { flow } from '../call-site/flow.ts'
import { counted, forget, record, type Recording } from '../fixtures/recording.ts'
import { catalogue, choice, counter, gauge, histogram, text, upDownCounter } from '../index.ts'
import { rebindObservers } from '../runtime.ts'

const kind = choice(['a', 'b'], 'Kind.', { dimension: true })
const stock = catalogue(
  'stock',
  { version: '1', context: { shop: text('Shop.', { dimension: { atMost: 2 } }), note: text('Note.') } },
  {
    item: {
      sold: counter({ summary: 'Sold.', unit: '{item}', attributes: { kind } }),
      held: upDownCounter({ summary: 'Held.', unit: '{item}' }),
      price: gauge({ summary: 'Price.', unit: 'USD', attributes: { kind } }),
      size: histogram({ summary: 'Size.', unit: 'By', buckets: [10, 100] }),
      seen: counter({ summary: 'Seen.', unit: '{item}' }),
      level: upDownCounter({ summary: 'Level.', unit: '{item}' }),
    },
  },
)
// Observed before any SDK is there.
const observing = [
  flow.workflow.queued.observe(() => 7),
  stock.item.seen.observe((report) => report(3)),
  stock.item.level.observe(async () => 5),
]
const recording: Recording = record()
beforeEach(() => recording.clear())
const values = async (of: string) =>
  (await recording.points()).filter(({ metric }) => metric === of).map(({ value, dimensions }) => [value, dimensions])

test('what was observed before the SDK is bound by the SDK’s own call, and asked whenever metrics are read', async () => {
  rebindObservers()
  const points = await recording.points()
  const values = Object.fromEntries(points.map(({ metric, value }) => [metric, value]))
  expect(values).toMatchObject({ 'flow.workflow.queued': 7, 'stock.item.seen': 3, 'stock.item.level': 5 })
})

test('told: add, set and record, with dimensions of their own and of the block', async () => {
  stock.within({ shop: 'north', note: 'not on metrics' }, () => {
    stock.item.sold.add(2, { kind: 'a' })
    stock.item.sold.add(3, { kind: 'a' })
    stock.item.held.add(-4)
    stock.item.price.set(9.5, { kind: 'b' })
    stock.item.size.record(50)
  })
  const points = (await recording.points()).filter(({ metric }) => !/seen|level|queued/.test(metric))
  expect(points.map(({ metric, value, dimensions }) => [metric, value, dimensions])).toEqual([
    ['stock.item.sold', 5, { 'stock.shop': 'north', 'stock.item.kind': 'a' }],
    ['stock.item.held', -4, { 'stock.shop': 'north' }],
    ['stock.item.price', 9.5, { 'stock.shop': 'north', 'stock.item.kind': 'b' }],
    ['stock.item.size', 50, { 'stock.shop': 'north' }],
  ])
  expect(points[3]?.boundaries).toEqual([10, 100])
})

test('an observer reports for several sets of dimensions, throws or answers nothing without harm, and stops', async () => {
  using several = stock.item.price.observe((report) => {
    report(1, { kind: 'a' })
    report(2, { kind: 'b' })
  })
  expect(await values('stock.item.price')).toEqual([
    [1, { 'stock.item.kind': 'a' }],
    [2, { 'stock.item.kind': 'b' }],
  ])
  several[Symbol.dispose]()
  using failing = stock.item.price.observe(() => {
    throw new Error('mine')
  })
  expect(await counted('internal_error', () => recording.points())).toBe(1)
  failing[Symbol.dispose]()
  using rejecting = stock.item.price.observe(() => Promise.reject(new Error('mine')))
  expect(await counted('internal_error', () => recording.points())).toBe(1)
  rejecting[Symbol.dispose]()
  using nonsense = stock.item.price.observe(() => Number.NaN)
  expect(await counted('attribute_invalid', () => recording.points())).toBe(1)
  nonsense[Symbol.dispose]()
  expect(await values('stock.item.price')).toEqual([])
})

test('what is no finite number, and a counter’s fall, is counted and not recorded', async () => {
  const wrong = () => {
    for (const value of [Number.NaN, Infinity, -1, '5', 5n, null, undefined, Symbol('s')])
      stock.item.sold.add(value as number)
  }
  expect(await counted('attribute_invalid', wrong)).toBe(8)
  expect(await values('stock.item.sold')).toEqual([])
})

test('an SDK that replaces another is found: by the next call, and for observers within a second', async () => {
  forget()
  stock.item.sold.add(1)
  const next = record()
  stock.item.sold.add(2)
  await new Promise((resolve) => setTimeout(resolve, 1200))
  const points = await next.points()
  expect(points.map(({ metric, value }) => [metric, value])).toEqual(
    expect.arrayContaining([
      ['stock.item.sold', 2],
      ['flow.workflow.queued', 7],
    ]),
  )
  for (const one of observing) one[Symbol.dispose]()
  expect((await next.points()).map(({ metric }) => metric)).not.toContain('flow.workflow.queued')
})
