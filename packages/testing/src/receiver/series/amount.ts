// Series stage: what was measured of one series, from one beginning to one end, and how two of those make one.
import type { Buckets } from '../../telemetry/series.ts'
import { addBuckets } from './buckets.ts'

export interface Amount {
  /** NaN where the sender keeps none. */
  readonly sum: number
  /** Of a histogram. */
  readonly distribution?: Distribution
}

export interface Distribution {
  readonly count: number
  readonly buckets: Buckets
}

export function addAmounts(one: Amount, other: Amount): Amount {
  const sum = one.sum + other.sum
  if (one.distribution === undefined || other.distribution === undefined) return { sum }
  return { sum, distribution: addDistributions(one.distribution, other.distribution) }
}

function addDistributions(one: Distribution, other: Distribution): Distribution {
  if (one.count === 0) return other
  if (other.count === 0) return one
  return { count: one.count + other.count, buckets: addBuckets(one.buckets, other.buckets) }
}
