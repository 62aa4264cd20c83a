// What a test has measured: its own and nothing of another's, and of what cannot be told that it cannot.
import { metrics } from '@opentelemetry/api'
import { catalogue, counter, flag, gauge, histogram, operation } from '@proprio/api'
import { describe } from 'vitest'
import { recordTelemetry, type TestTelemetry } from '../index.ts'
import { expect, test } from '../vitest/index.ts'

const till = catalogue(
  'till',
  { version: '1.0.0' },
  {
    order: {
      sell: operation({ summary: 'One order.', span: 'sell', attributes: {} }),
      sold: counter({ summary: 'Sold.', unit: '{order}', attributes: { gift: flag('A gift.', { dimension: true }) } }),
      amount: histogram({ summary: 'What was paid.', unit: 'EUR' }),
      waiting: gauge({ summary: 'Waiting.', unit: '{order}' }),
      opened: counter({ summary: 'Opened.', unit: '{order}' }),
      stock: gauge({ summary: 'In stock.', unit: '{item}' }),
    },
  },
)
let opened = 10
till.order.opened.observe(() => opened)
till.order.stock.observe((report) => report(5))

const series = (telemetry: TestTelemetry, name: string) =>
  telemetry
    .metrics(name)
    .map(({ attributes, count, sum, value, increase }) => ({ attributes, count, sum, value, increase }))

test('one series for each instrument and set of dimensions: counts, sums and values', ({ telemetry }) => {
  till.order.sold.add(1)
  till.order.sold.add(2, { gift: true })
  till.order.sold.add(3, { gift: true })
  till.order.amount.record(10)
  till.order.amount.record(30)
  till.order.waiting.set(4)
  till.order.waiting.set(3)
  expect(series(telemetry, 'till.order.sold')).toEqual([
    { attributes: {}, count: 1, sum: 1, value: 1, increase: 1 },
    { attributes: { 'till.order.gift': true }, count: 2, sum: 5, value: 5, increase: 5 },
  ])
  expect(series(telemetry, 'till.order.amount')).toEqual([
    { attributes: {}, count: 2, sum: 40, value: undefined, increase: undefined },
  ])
  expect(series(telemetry, 'till.order.waiting')).toEqual([
    { attributes: {}, count: 2, sum: 3, value: 3, increase: undefined },
  ])
  expect(telemetry.metrics(till.order.sold)).toMatchObject([
    { instrument: 'counter', unit: '{order}', description: 'Sold.', observable: false, scope: { name: 'till' } },
    { values: [2, 3] },
  ])
  telemetry.clear()
  expect(telemetry.metrics(till.order.sold)).toEqual([])
})

describe.concurrent('tests at once, on one instrument', () => {
  test.for([1, 2, 3, 4, 5])('%i', async (number, { telemetry, expect: own }) => {
    for (let round = 0; round < number; round++) {
      till.order.sold.add(number)
      await new Promise((resolve) => void setTimeout(resolve, round))
      till.order.sell({}, () => undefined)
    }
    own(telemetry).toHaveMetric(till.order.sold, { count: number, sum: number * number, increasedBy: number * number })
    own(telemetry).toHaveMetric(till.order.sell, { count: number })
    own(telemetry).not.toHaveMetric('till.order.sold', { count: number + 1 })
  })
})

describe('an instrument that is asked', () => {
  test('tells a test that runs alone its value, and by how much it has grown in it', ({ telemetry }) => {
    opened += 3
    expect(telemetry).toHaveMetric(till.order.opened, { value: opened, increasedBy: 3 })
    expect(telemetry).toHaveMetric(till.order.stock, { value: 5 })
    telemetry.clear()
    expect(telemetry).toHaveMetric(till.order.opened, { increasedBy: 0 })
    expect(() => expect(telemetry).toHaveMetric(till.order.stock, { increasedBy: 0 })).toThrow(
      'till.order.stock is an observable gauge, and has no increasedBy. Expect value or sum',
    )
  })

  test('refuses to guess when others ran beside, also negated', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const refused = recordTelemetry(async (telemetry) => {
      await promise
      expect(() => expect(telemetry).not.toHaveMetric(till.order.opened)).toThrow(
        'what this test has to do with till.order.opened cannot be told: other tests ran beside this one',
      )
      expect(telemetry.metrics(till.order.opened)).toEqual([])
    })
    await recordTelemetry(async () => resolve())
    await refused
  })

  test('belongs to the test that has made it, whoever runs beside', async ({ telemetry }) => {
    const reading = metrics.getMeter('own').createObservableCounter('own.read')
    reading.addCallback((result) => result.observe(7, { of: 'it' }))
    await recordTelemetry(async (other) => {
      expect(other).not.toHaveMetric('own.read')
    })
    expect(telemetry).toHaveMetric('own.read', { value: 7, increasedBy: 7, dimensions: { of: 'it' } })
  })

  test('and is asynchronous, is asked by settled()', async ({ telemetry }) => {
    const reading = metrics.getMeter('own').createObservableGauge('own.late')
    const ask = async (result: { observe(value: number): void }): Promise<void> => {
      await Promise.resolve()
      result.observe(8)
    }
    reading.addCallback(ask)
    expect(() => expect(telemetry).toHaveMetric('own.late')).toThrow('asynchronous. Await telemetry.settled() first')
    await telemetry.settled()
    expect(telemetry).toHaveMetric('own.late', { value: 8 })
    reading.removeCallback(ask)
    expect(telemetry).not.toHaveMetric('own.late')
  })
})
