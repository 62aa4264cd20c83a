// Data points that become one series once their keys are valid label names are put together here, so that no series is written twice.
import { DataPointType } from '@opentelemetry/sdk-metrics'
import type { DataPoint, Histogram, MetricData } from '@opentelemetry/sdk-metrics'
import { labelsOf, seriesKey } from './labels.ts'

export type WritableMetric = Exclude<MetricData, { dataPointType: DataPointType.EXPONENTIAL_HISTOGRAM }>
type Point = DataPoint<number> | DataPoint<Histogram>

/** The points of metrics of one kind, each series once. */
export function joined(metrics: readonly WritableMetric[]): Point[] {
  const series = new Map<string, Point>()
  for (const metric of metrics) {
    for (const point of metric.dataPoints) {
      const attributes = labelsOf(point.attributes)
      const key = seriesKey(attributes)
      const there = series.get(key)
      const labelled = { ...point, attributes } as Point
      series.set(key, there === undefined ? labelled : together(metric.dataPointType, there, labelled))
    }
  }
  return [...series.values()]
}

/** Sums and histograms add up; of gauges the later one counts; histograms with other bounds cannot be added, the first one stays. */
function together(kind: DataPointType, one: Point, other: Point): Point {
  if (kind === DataPointType.GAUGE) return other
  if (typeof one.value === 'number' && typeof other.value === 'number')
    return { ...one, value: one.value + other.value } as Point
  if (typeof one.value === 'number' || typeof other.value === 'number') return one
  const value = added(one.value, other.value)
  return value === undefined ? one : ({ ...one, value } as Point)
}

function added(one: Histogram, other: Histogram): Histogram | undefined {
  const { boundaries, counts } = one.buckets
  if (boundaries.length !== other.buckets.boundaries.length) return undefined
  if (boundaries.some((bound, index) => bound !== other.buckets.boundaries[index])) return undefined
  return {
    ...one,
    count: one.count + other.count,
    ...(one.sum !== undefined && other.sum !== undefined && { sum: one.sum + other.sum }),
    buckets: { boundaries, counts: counts.map((count, index) => count + (other.buckets.counts[index] ?? 0)) },
  }
}
