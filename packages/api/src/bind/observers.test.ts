// What observes binds by itself: to an SDK that appears after it, and to one that replaces another.
import { beforeEach, expect, test } from 'vitest'
import { flow } from '../call-site/flow.ts'
import { forget, record } from '../fixtures/recording.ts'
import { catalogue, counter, upDownCounter } from '../index.ts'
import { rebindObservers } from '../runtime.ts'

const { item } = catalogue(
  'stock',
  { version: '1' },
  {
    item: {
      sold: counter({ summary: 'Sold.', unit: '{item}' }),
      seen: counter({ summary: 'Seen.', unit: '{item}' }),
      level: upDownCounter({ summary: 'Level.', unit: '{item}' }),
    },
  },
)
// Observed before any SDK is there.
const observing = [
  flow.workflow.queued.observe(() => 7),
  item.seen.observe((report) => report(3)),
  item.level.observe(async () => 5),
]
const recording = record()
beforeEach(() => recording.clear())

test('what was observed before the SDK is bound by the SDK’s own call, and asked whenever metrics are read', async () => {
  rebindObservers()
  const points = await recording.points()
  const values = Object.fromEntries(points.map(({ metric, value }) => [metric, value]))
  expect(values).toMatchObject({ 'flow.workflow.queued': 7, 'stock.item.seen': 3, 'stock.item.level': 5 })
})

test('an SDK that replaces another is found: by the next call, and for observers within a second', async () => {
  forget()
  item.sold.add(1)
  const next = record()
  item.sold.add(2)
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
