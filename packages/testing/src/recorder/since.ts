// Recorder stage: what another process has measured since a moment. It sends totals from its own beginning, however often a test has cleared what it knew.
import type { Attributes } from '@proprio/store'
import type { MetricSeries } from '../telemetry/series.ts'

/** `now` without what `before` had already: series in which nothing was added are left out, gauges stay what they are. */
export function since(before: readonly MetricSeries[], now: readonly MetricSeries[]): readonly MetricSeries[] {
  if (before.length === 0) return now
  const known = new Map(before.map((series) => [identity(series), series]))
  return now.flatMap((series) => {
    const earlier = known.get(identity(series))
    return earlier === undefined || series.instrument === 'gauge' ? [series] : less(series, earlier)
  })
}

const identity = ({ scope, name, attributes }: MetricSeries): string =>
  JSON.stringify([scope.name, scope.version, name, sorted(attributes)])

const sorted = (attributes: Attributes): unknown =>
  Object.keys(attributes)
    .toSorted()
    .map((key) => [key, attributes[key]])

function less(series: MetricSeries, earlier: MetricSeries): readonly MetricSeries[] {
  const { buckets, count } = series
  const sum = series.sum - earlier.sum
  const more = count === undefined ? undefined : count - (earlier.count ?? 0)
  if (sum === 0 && !more) return []
  return [
    {
      ...series,
      sum,
      count: more,
      value: series.value === undefined ? undefined : sum,
      increase: series.increase === undefined ? undefined : sum,
      // The least and the greatest are of all times, and no longer of these.
      ...(buckets && {
        buckets: {
          bounds: buckets.bounds,
          counts: buckets.counts.map((value, index) => value - (earlier.buckets?.counts[index] ?? 0)),
        },
      }),
    },
  ]
}
