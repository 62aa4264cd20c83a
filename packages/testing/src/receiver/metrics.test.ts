// Successive data points become series: what adds up, what replaces what, and what is rejected.
import { beforeEach, expect, test } from 'vitest'
import { collecting, post } from './fixtures/collecting.ts'
import { receiveInto, type Receiver } from './index.ts'

const { sink, collected } = collecting()
let receiver: Receiver
beforeEach(async () => {
  collected.series = []
  receiver = await receiveInto(sink)
  return () => receiver.stop()
})

const DELTA = 1
const CUMULATIVE = 2
const at = (second: number): string => `${1_700_000_000 + second}000000000`
const from = (start: number, time: number) => ({ startTimeUnixNano: at(start), timeUnixNano: at(time) })
const dimension = (value: string) => ({ attributes: [{ key: 'kind', value: { stringValue: value } }] })

/** Sends metrics of one program, and answers with what the receiver does. */
async function send(...metrics: object[]): Promise<unknown> {
  const request = { resourceMetrics: [{ scopeMetrics: [{ scope: { name: 'by.hand' }, metrics }] }] }
  return (await post(`${receiver.url}/v1/metrics`, JSON.stringify(request))).json()
}

const sum = (aggregationTemporality: number, ...dataPoints: object[]) => ({
  name: 'sold',
  sum: { aggregationTemporality, isMonotonic: true, dataPoints },
})
const gauge = (...dataPoints: object[]) => ({ name: 'heat', gauge: { dataPoints } })
const histogram = (aggregationTemporality: number, ...dataPoints: object[]) => ({
  name: 'took',
  histogram: { aggregationTemporality, dataPoints },
})
const exponential = (aggregationTemporality: number, ...dataPoints: object[]) => ({
  name: 'took',
  exponentialHistogram: { aggregationTemporality, dataPoints },
})
const values = () => collected.series.map(({ value }) => value)
const buckets = () => collected.series[0]?.buckets

test('differences add up', async () => {
  await send(sum(DELTA, { ...from(0, 1), asInt: '3' }))
  await send(sum(DELTA, { ...from(1, 2), asInt: 4 }, { ...from(2, 3), asDouble: 0.5 }))
  expect(collected.series).toMatchObject([{ instrument: 'counter', value: 7.5, sum: 7.5, increase: 7.5 }])
})

test('totals replace each other, and the later one stays that came first', async () => {
  await send(sum(CUMULATIVE, { ...from(0, 1), asInt: '3' }))
  await send(sum(CUMULATIVE, { ...from(0, 3), asInt: '9' }))
  await send(sum(CUMULATIVE, { ...from(0, 2), asInt: '7' }))
  expect(values()).toEqual([9])
})

test('totals since another beginning add to those before: a program that began anew, and two at once', async () => {
  await send(sum(CUMULATIVE, { ...from(0, 1), asInt: '3' }))
  await send(sum(CUMULATIVE, { ...from(5, 6), asInt: '1' }))
  await send(sum(CUMULATIVE, { ...from(0, 7), asInt: '4' }))
  await send(sum(CUMULATIVE, { ...from(5, 8), asInt: '2' }))
  expect(values()).toEqual([6])
})

test('a gauge has its last value, and what may fall has no less of a sum', async () => {
  const open = { name: 'open', sum: { aggregationTemporality: DELTA, dataPoints: [{ ...from(0, 1), asInt: '-2' }] } }
  await send(gauge({ timeUnixNano: at(2), asDouble: 21.5 }), open)
  await send(gauge({ timeUnixNano: at(1), asDouble: 20 }), open)
  expect(collected.series).toMatchObject([
    { instrument: 'gauge', value: 21.5, sum: 21.5, count: undefined, increase: undefined },
    { instrument: 'upDownCounter', value: -4, increase: -4 },
  ])
})

test('numbers that JSON does not have', async () => {
  const points = ['NaN', null, 'Infinity', '-Infinity'].map((asDouble, index) => ({
    asDouble,
    ...dimension(`${index}`),
  }))
  await send(gauge(...points))
  expect(values()).toEqual([Number.NaN, Number.NaN, Infinity, -Infinity])
})

test('series are told apart by scope, name, instrument and attributes, in any order, and by nothing else', async () => {
  const pair = (...keys: string[]) => keys.map((key) => ({ key, value: { stringValue: key } }))
  await send(sum(DELTA, { asInt: '1', attributes: pair('a', 'b') }), gauge({ asInt: '5' }))
  const point = { asInt: '1', attributes: pair('b', 'a') }
  const scoped = (name: string) => ({ scope: { name }, metrics: [sum(DELTA, point), sum(DELTA, { asInt: '1' })] })
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'another' } }] }
  const request = { resourceMetrics: [{ resource, scopeMetrics: [scoped('by.hand'), scoped('another')] }] }
  await post(`${receiver.url}/v1/metrics`, JSON.stringify(request))
  expect(collected.series.map(({ scope, name, attributes, value }) => [scope.name, name, attributes, value])).toEqual([
    ['by.hand', 'sold', { a: 'a', b: 'b' }, 2],
    ['by.hand', 'heat', {}, 5],
    ['by.hand', 'sold', {}, 1],
    ['another', 'sold', { a: 'a', b: 'b' }, 1],
    ['another', 'sold', {}, 1],
  ])
})

test('histograms add up with their buckets, least and greatest', async () => {
  const point = { count: '3', sum: 12.5, bucketCounts: ['1', '2', 0], explicitBounds: [1, 10], min: 0.5, max: 7 }
  await send(histogram(DELTA, { ...from(0, 1), ...point }))
  await send(histogram(DELTA, { ...from(1, 2), ...point, bucketCounts: [0, 2, 1], min: 2, max: 70 }))
  await send(histogram(DELTA, { ...from(2, 3), count: 0, bucketCounts: [0, 0, 0], explicitBounds: [1, 10] }))
  expect(collected.series).toMatchObject([{ instrument: 'histogram', count: 6, sum: 25, value: undefined }])
  expect(buckets()).toEqual({ bounds: [1, 10], counts: [1, 4, 1], min: 0.5, max: 70 })
})

test('a histogram’s totals replace each other too', async () => {
  const point = { ...from(0, 1), count: 1, sum: 5, bucketCounts: [1, 0], explicitBounds: [10] }
  await send(histogram(CUMULATIVE, point))
  await send(histogram(CUMULATIVE, { ...point, timeUnixNano: at(2), count: 4, sum: 50, bucketCounts: [1, 3] }))
  expect(collected.series).toMatchObject([{ count: 4, sum: 50, buckets: { bounds: [10], counts: [1, 3] } }])
})

test('a histogram without buckets has one, and without a sum none', async () => {
  await send(histogram(DELTA, { count: 3 }))
  expect(collected.series).toMatchObject([{ count: 3, sum: Number.NaN, buckets: { bounds: [], counts: [3] } }])
})

test('of histograms with other bounds those stay that both can tell', async () => {
  const point = (explicitBounds: number[], bucketCounts: number[]) => ({ count: 3, explicitBounds, bucketCounts })
  await send(histogram(DELTA, point([1, 10, 100], [1, 1, 1, 0])))
  await send(histogram(DELTA, point([5, 10, 1000], [0, 2, 1, 0])))
  // 1: nothing of the second is around it. 5: of the first something is. 100: of the second something is. 1000: nothing of the first is above.
  expect(buckets()).toEqual({ bounds: [1, 10, 1000], counts: [1, 3, 2, 0] })
})

test('an exponential histogram’s buckets have bounds, below zero and above it', async () => {
  const positive = { offset: 1, bucketCounts: ['1', '2'] }
  const negative = { offset: -1, bucketCounts: ['3', '4'] }
  await send(
    exponential(CUMULATIVE, { count: 15, sum: 1, scale: 0, zeroCount: '5', zeroThreshold: 0.25, positive, negative }),
  )
  expect(collected.series).toMatchObject([{ instrument: 'histogram', count: 15, sum: 1 }])
  // [-2, -1) 4, [-1, -0.5) 3, around zero 5, (2, 4] 1, (4, 8] 2
  expect(buckets()).toEqual({ bounds: [-2, -1, -0.5, 0.25, 2, 4, 8], counts: [0, 4, 3, 5, 0, 1, 2, 0] })
})

test('exponential histograms of different scales add up', async () => {
  const point = (scale: number, offset: number, bucketCounts: number[]) => ({
    count: bucketCounts.reduce((one, other) => one + other),
    scale,
    positive: { offset, bucketCounts },
  })
  await send(exponential(DELTA, point(1, 0, [1, 1, 1, 1])))
  await send(exponential(DELTA, point(0, 0, [2, 2, 2])))
  expect(buckets()).toEqual({ bounds: [0, 1, 2, 4, 8], counts: [0, 0, 4, 4, 2, 0] })
})

test('an exponential histogram’s bounds beyond all numbers are left out', async () => {
  const positive = { offset: -1, bucketCounts: [1, 2] }
  await send(exponential(DELTA, { count: 3, scale: -10, positive }))
  expect(buckets()).toEqual({ bounds: [0, 2 ** -1024, 1], counts: [0, 0, 1, 2] })
})

test('a point that says that it has no value is none', async () => {
  expect(await send(gauge({ flags: 1 }))).toEqual({})
  expect(collected.series).toEqual([])
})

test.each<[string, object, string]>([
  ['a summary', { name: 'x', summary: { dataPoints: [{}] } }, 'a summary cannot be read'],
  ['a point without a value', gauge({}), 'no value'],
  ['a point with a word for a value', gauge({ asDouble: 'much' }), 'asDouble is no number'],
  ['a metric without a name', { ...gauge({ asInt: 1 }), name: '' }, 'no name'],
  ['a sum without temporality', sum(0, { asInt: 1 }), 'neither delta nor cumulative'],
  ['a time that is none', gauge({ asInt: 1, timeUnixNano: 'noon' }), 'timeUnixNano is no time'],
  ['attributes that are no list', gauge({ asInt: 1, attributes: {} }), 'is no list'],
  ['a point that is no object', gauge([1]), 'is no object'],
  ['a unit that is no text', { ...gauge({ asInt: 1 }), unit: 7 }, 'unit is no text'],
  ['a negative count', histogram(DELTA, { count: -1 }), 'count is no count'],
  [
    'too few buckets',
    histogram(DELTA, { count: 1, bucketCounts: [1], explicitBounds: [1] }),
    'bucketCounts is not one longer',
  ],
  [
    'bounds that do not ascend',
    histogram(DELTA, { count: 1, bucketCounts: [1, 0, 0], explicitBounds: [1, 1] }),
    'explicitBounds does not ascend',
  ],
])('rejects %s, and takes the others', async (_name, metric, problem) => {
  expect(await send(metric, sum(DELTA, { asInt: '1' }))).toEqual({
    partialSuccess: { rejectedDataPoints: '1', errorMessage: expect.stringContaining(problem) },
  })
  expect(values()).toEqual([1])
  expect(receiver.rejected()).toEqual({ records: 1, requests: 0, problems: [expect.stringContaining(problem)] })
})

test('refuses a request of which the lists are none', async () => {
  expect(await send({ name: 'x', gauge: { dataPoints: 7 } })).toEqual({
    message: expect.stringContaining('dataPoints is no list'),
  })
})
