// Decode stage: what a data point says, by the kind of metric that it is of.
import type { Amount, Point } from '../series/index.ts'
import { exponentialBuckets } from './exponential.ts'
import { countOf, listOf, numberOf } from './json.ts'
import type { JsonObject } from './json.ts'

type Said = Pick<Point, 'instrument' | 'temporality' | 'amount'>
type Reader = (data: JsonObject, point: JsonObject) => Said

/** By the field of a metric in which its data is. */
export const readers: Readonly<Record<string, Reader>> = {
  gauge: (_data, point) => ({ instrument: 'gauge', temporality: 'gauge', amount: { sum: valueOf(point) } }),
  sum: (data, point) => ({
    instrument: data['isMonotonic'] === true ? 'counter' : 'upDownCounter',
    temporality: temporalityOf(data),
    amount: { sum: valueOf(point) },
  }),
  histogram: (data, point) => ({
    instrument: 'histogram',
    temporality: temporalityOf(data),
    amount: distributed(point, explicitBuckets(point)),
  }),
  exponentialHistogram: (data, point) => ({
    instrument: 'histogram',
    temporality: temporalityOf(data),
    amount: distributed(point, exponentialBuckets(point)),
  }),
  // Quantiles of different times or processes make none of both.
  summary() {
    throw new TypeError('a summary cannot be read: send a histogram')
  },
}

function temporalityOf(data: JsonObject): 'delta' | 'cumulative' {
  const temporality = numberOf(data['aggregationTemporality'], 'aggregationTemporality')
  if (temporality === 1) return 'delta'
  if (temporality === 2) return 'cumulative'
  throw new TypeError('aggregationTemporality is neither delta nor cumulative')
}

function valueOf({ asInt, asDouble }: JsonObject): number {
  // JSON has no NaN: OpenTelemetry JS writes null.
  if (asDouble === null) return Number.NaN
  const value = numberOf(asInt, 'asInt') ?? numberOf(asDouble, 'asDouble')
  if (value === undefined) throw new TypeError('a data point has no value')
  return value
}

type Bounded = { readonly bounds: readonly number[]; readonly counts: readonly number[] }

function distributed(point: JsonObject, bounded: Bounded): Amount {
  const count = countOf(point['count'], 'count')
  const min = numberOf(point['min'], 'min')
  const max = numberOf(point['max'], 'max')
  return {
    sum: numberOf(point['sum'], 'sum') ?? (count === 0 ? 0 : Number.NaN),
    distribution: {
      count,
      buckets: { ...bounded, ...(min !== undefined && { min }), ...(max !== undefined && { max }) },
    },
  }
}

function explicitBuckets(point: JsonObject): Bounded {
  const bounds = listOf(point['explicitBounds'], 'explicitBounds').map(
    (bound) => numberOf(bound, 'explicitBounds') ?? 0,
  )
  const counts = listOf(point['bucketCounts'], 'bucketCounts').map((count) => countOf(count, 'bucketCounts'))
  // Without buckets it has one: everything.
  if (bounds.length === 0 && counts.length === 0) return { bounds, counts: [countOf(point['count'], 'count')] }
  if (counts.length !== bounds.length + 1) throw new TypeError('bucketCounts is not one longer than explicitBounds')
  if (bounds.some((bound, index) => bound <= (bounds[index - 1] ?? -Infinity))) {
    throw new TypeError('explicitBounds does not ascend')
  }
  return { bounds, counts }
}
