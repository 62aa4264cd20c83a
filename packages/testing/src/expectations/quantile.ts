// Expectations stage: a quantile. Of measurements by nearest rank; of buckets by interpolation inside the one that it falls into, as Prometheus does.
import type { Buckets, MetricSeries } from '../telemetry/index.ts'

/** @throws TypeError for a share that is none, and a series that has no distribution */
export function quantileOf(series: MetricSeries, share: number): number | undefined {
  if (!(share >= 0 && share <= 1))
    throw new TypeError(`toHaveMetric: a quantile's share is from 0 to 1, and not ${share}`)
  const { values, buckets } = series
  if (values) return ofValues(values, share)
  if (buckets) return ofBuckets(buckets, share)
  throw new TypeError(`toHaveMetric: ${series.name} has no distribution, so no quantile`)
}

function ofValues(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
}

function ofBuckets({ bounds, counts, min, max }: Buckets, share: number): number | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const rank = share * total
  let below = 0
  for (const [index, count] of counts.entries()) {
    if (count === 0 || below + count < rank) {
      below += count
      continue
    }
    const upper = bounds[index] ?? max ?? bounds.at(-1)
    const lower = index === 0 ? (min ?? Math.min(0, upper ?? 0)) : (bounds[index - 1] ?? 0)
    return upper === undefined ? undefined : lower + (upper - lower) * ((rank - below) / count)
  }
  return undefined
}
