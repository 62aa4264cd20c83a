// Numbers of metrics: what adds up and what does not, whose a measurement is, and quantiles of measurements and of buckets.
import { setTimeout as delay } from 'node:timers/promises'
import { context, metrics, ROOT_CONTEXT } from '@opentelemetry/api'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assertMetric, type MetricExpectation, recordTelemetry, startReceiver, type TestTelemetry } from '../index.ts'
import { shop } from './table/fixtures/shop.ts'

const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 50 })

describe('of measurements', () => {
  test('count and sum, over all dimensions and over some', () => {
    recordTelemetry((telemetry) => {
      for (const [amount, kind] of [
        [1, 'tea'],
        [2, 'milk'],
        [3, 'tea'],
      ] as const)
        shop.stock.taken.add(amount, { kind })
      shop.stock.taken.add(4)
      assertMetric(telemetry, shop.stock.taken, { count: 4, sum: 10, value: 10, increasedBy: 10 })
      assertMetric(telemetry, shop.stock.taken, { count: 2, sum: 4, dimensions: { kind: 'tea' } })
      assertMetric(telemetry, 'shop.stock.taken', {
        value: 2,
        dimensions: { 'shop.stock.kind': expect.stringMatching(/^m/) },
      })
      assertMetric(telemetry, shop.stock.taken, { value: 4, dimensions: { kind: undefined } })
    })
  })

  test('a quantile is the smallest that so many are not above', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 100 }), (values, percent) => {
        recordTelemetry((telemetry) => {
          for (const value of values) shop.stock.weight.record(value)
          const isEnough = (one: number): boolean =>
            values.filter((other) => other <= one).length * 100 >= percent * values.length
          const quantile = Math.min(...values.filter(isEnough))
          assertMetric(telemetry, shop.stock.weight, { quantile: { [percent / 100]: quantile } })
        })
      }),
    )
  })

  test('a quantile is not the next one by a rounding', () => {
    recordTelemetry((telemetry) => {
      for (let value = 1; value <= 100; value++) shop.stock.weight.record(value)
      // 0.07 * 100 is a little more than 7 in floating point.
      assertMetric(telemetry, shop.stock.weight, { quantile: { 0.07: 7, 0.14: 14, 0.29: 29, 0: 1, 1: 100 } })
    })
  })

  test('a gauge is what it was last, of one series', () => {
    recordTelemetry((telemetry) => {
      for (const left of [7, 3, 5]) shop.stock.left.set(left)
      assertMetric(telemetry, shop.stock.left, { value: 5, count: 3 })
      const heat = metrics.getMeter('room').createGauge('room.heat')
      heat.record(20, { room: 'kitchen' })
      heat.record(18, { room: 'hall' })
      assertMetric(telemetry, 'room.heat', { count: 2 })
      assertMetric(telemetry, 'room.heat', { value: 18, dimensions: { room: 'hall' } })
      expect(() => assertMetric(telemetry, 'room.heat', { value: 38 })).toThrow(
        new TypeError(
          'toHaveMetric: room.heat is a gauge, and has no value. There are several series: say which, by its dimensions',
        ),
      )
    })
  })

  test('an up-down counter goes both ways', () => {
    recordTelemetry((telemetry) => {
      const open = metrics.getMeter('room').createUpDownCounter('room.guests')
      for (const guests of [3, -1, -1]) open.add(guests)
      assertMetric(telemetry, 'room.guests', { value: 1, increasedBy: 1, count: 3, sum: { atLeast: 1, atMost: 1 } })
    })
  })
})

describe('are of one test alone', () => {
  test('beside others that measure the same', async () => {
    const sell = (items: number): Promise<void> =>
      recordTelemetry(async (telemetry) => {
        for (let item = 0; item < items; item++) {
          await delay(item % 3)
          shop.stock.taken.add(1, { kind: 'tea' })
        }
        assertMetric(telemetry, shop.stock.taken, { value: items, count: items })
      })
    await Promise.all([1, 5, 9].map(sell))
  })

  test('since it was cleared', () => {
    recordTelemetry((telemetry) => {
      shop.stock.taken.add(3)
      telemetry.clear()
      assertMetric.not(telemetry, shop.stock.taken)
      shop.stock.taken.add(2)
      assertMetric(telemetry, shop.stock.taken, { value: 2 })
    })
  })

  test('of an instrument that is asked, when it was made inside of it', () => {
    recordTelemetry((telemetry) => {
      let left = 7
      using _asked = shop.stock.left.observe(() => left)
      recordTelemetry(() => undefined)
      left = 6
      assertMetric(telemetry, shop.stock.left, { value: 6 })
    })
  })

  test('of a counter that is asked, by how much it has grown, when none ran beside it', () => {
    let sold = 40
    using _asked = context.with(ROOT_CONTEXT, () => shop.stock.taken.observe(() => sold))
    recordTelemetry((telemetry) => {
      sold += 2
      assertMetric(telemetry, shop.stock.taken, { value: 42, increasedBy: 2 })
      expect(() => assertMetric(telemetry, shop.stock.taken, { count: 1 })).toThrow(
        'shop.stock.taken is an observable counter, and has no count. Expect value or sum or increasedBy',
      )
    })
  })

  test('of one that is asked and answers later, when it was waited for', async () => {
    await recordTelemetry(async (telemetry) => {
      using _asked = shop.stock.left.observe(() => Promise.resolve(7))
      for (const assert of [assertMetric, assertMetric.not])
        expect(() => assert(telemetry, shop.stock.left, { value: 7 })).toThrow(
          'toHaveMetric: what this test has to do with shop.stock.left cannot be told: its callback is asynchronous. Await telemetry.settled() first',
        )
      await telemetry.settled()
      assertMetric(telemetry, shop.stock.left, { value: 7 })
    })
  })
})

describe('of buckets that another process has sent', () => {
  interface Point {
    readonly bounds: readonly number[]
    readonly counts: readonly number[]
    readonly min?: number
    readonly max?: number
    readonly door?: string
  }

  async function received(points: readonly Point[], ask: (telemetry: TestTelemetry) => void): Promise<void> {
    await using receiver = await startReceiver()
    const dataPoints = points.map(({ bounds, counts, door = 'front', ...rest }) => ({
      startTimeUnixNano: '1700000000000000000',
      timeUnixNano: '1700000001000000000',
      attributes: [{ key: 'door', value: { stringValue: door } }],
      explicitBounds: bounds,
      bucketCounts: counts,
      count: counts.reduce((sum, count) => sum + count, 0),
      sum: 1,
      ...rest,
    }))
    const histogram = { aggregationTemporality: 2, dataPoints }
    const scopeMetrics = [{ scope: { name: 'room' }, metrics: [{ name: 'room.stay', unit: 's', histogram }] }]
    const response = await fetch(`${receiver.url}/v1/metrics`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceMetrics: [{ scopeMetrics }] }),
    })
    expect(response.status).toBe(200)
    ask(receiver.telemetry)
  }
  const quantiles = (quantile: NonNullable<MetricExpectation['quantile']>) => (telemetry: TestTelemetry) =>
    assertMetric(telemetry, 'room.stay', { quantile })

  test('a quantile is interpolated in the bucket that it falls into', async () => {
    const bounds = [10, 20, 30]
    await received([{ bounds, counts: [2, 4, 0, 0] }], quantiles({ 0: 0, 0.25: 7.5, 0.5: 12.5, 1: 20 }))
    // A bucket that is empty holds none.
    await received([{ bounds, counts: [5, 0, 5, 0] }], quantiles({ 0.5: 10, 0.6: 22, 1: 30 }))
    // 0.07 * 100 is a little more than 7 in floating point.
    await received([{ bounds, counts: [7, 0, 93, 0] }], quantiles({ 0.07: 10 }))
  })

  test('above the last bound it is the last bound, or what was the most', async () => {
    const bounds = [10, 20]
    await received([{ bounds, counts: [0, 0, 4] }], quantiles({ 0.5: 20, 1: 20 }))
    await received([{ bounds, counts: [0, 0, 4], min: 25, max: 60 }], quantiles({ 0: 25, 0.5: 40, 1: 60 }))
  })

  test('it is never outside of what was measured', async () => {
    await received([{ bounds: [10, 20], counts: [0, 4, 0], min: 12, max: 13 }], quantiles({ 0: 12, 0.25: 12.5, 1: 13 }))
  })

  test('where there is one bucket only and nothing else is known, there is none', async () => {
    await received([{ bounds: [], counts: [4] }], (telemetry) =>
      expect(() => quantiles({ 0.5: 1 })(telemetry)).toThrow('quantile 0.5: expected 1, was undefined'),
    )
  })

  test('those of several series add up, where their bounds are the same', async () => {
    const bounds = [10, 20]
    const front = { bounds, counts: [2, 0, 0], min: 4, max: 8 }
    const back = { bounds, counts: [0, 2, 0], min: 12, max: 16, door: 'back' }
    await received([front, back], (telemetry) => {
      assertMetric(telemetry, 'room.stay', { count: 4, sum: 2, quantile: { 0: 4, 1: 16 } })
      assertMetric(telemetry, 'room.stay', { quantile: { 1: 8 }, dimensions: { door: 'front' } })
    })
    await received([front, { ...back, bounds: [10, 30] }], (telemetry) =>
      expect(() => quantiles({ 0.5: 1 })(telemetry)).toThrow(
        new TypeError('toHaveMetric: of room.stay no distribution is known, so no quantile'),
      ),
    )
  })
})

test('of many series thirty are listed', () => {
  recordTelemetry((telemetry) => {
    const sold = metrics.getMeter('room').createCounter('room.sold')
    for (let n = 0; n < 40; n++) sold.add(1, { n })
    expect(() => assertMetric(telemetry, 'room.sold', { value: 1 })).toThrow(/\n {2}… 10 more$/)
  })
})
