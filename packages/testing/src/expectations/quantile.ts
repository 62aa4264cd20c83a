// Expectations stage: a quantile. Of measurements by nearest rank; of buckets by interpolation inside the one that it falls into, as Prometheus does,
// and never outside of what was measured, where that is known.
import { Mistake } from '../target/mistake.ts'
import type { Buckets, MetricSeries } from '../telemetry/index.ts'

/** Undefined of a distribution in which there is nothing. @throws Mistake for a series that has none */
export function quantileOf({ name, values, buckets }: MetricSeries, share: number): number | undefined {
  if (values) return ofValues(values, share)
  if (buckets) return ofBuckets(buckets, share)
  throw new Mistake(`of ${name} no distribution is known, so no quantile`)
}

function ofValues(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(rankOf(share, sorted.length)) - 1)]
}

// 0.07 * 100 is a little more than 7 in floating point, and would be the eighth.
const rankOf = (share: number, count: number): number => Number((share * count).toPrecision(12))

function ofBuckets({ bounds, counts, min, max }: Buckets, share: number): number | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const rank = rankOf(share, total)
  let below = 0
  for (const [index, count] of counts.entries()) {
    if (count === 0 || below + count < rank) {
      below += count
      continue
    }
    const upper = bounds[index] ?? max ?? bounds.at(-1)
    const lower = index === 0 ? (min ?? Math.min(0, upper ?? 0)) : (bounds[index - 1] ?? 0)
    if (upper === undefined) return undefined
    const inside = lower + (upper - lower) * ((rank - below) / count)
    return Math.min(max ?? Infinity, Math.max(min ?? -Infinity, inside))
  }
  return undefined
}
