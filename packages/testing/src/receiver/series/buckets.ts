// Series stage: two histograms of one series become one, also when their bounds differ: after a change of the code, or of the scale of exponential ones.
import type { Buckets } from '../../telemetry/series.ts'

/** Both together, with those of their bounds for which it is known of both what lies below and what above. */
export function addBuckets(one: Buckets, other: Buckets): Buckets {
  const all = [...new Set([...one.bounds, ...other.bounds])].toSorted((left, right) => left - right)
  const bounds = all.filter((bound) => divides(bound, one) && divides(bound, other))
  const counts = Array.from({ length: bounds.length + 1 }, () => 0)
  for (const { bounds: upper, counts: own } of [one, other]) {
    for (const [index, count] of own.entries()) {
      const at = bounds.findIndex((bound) => (upper[index] ?? Infinity) <= bound)
      counts[at === -1 ? bounds.length : at]! += count
    }
  }
  return { bounds, counts, ...extremes(one, other) }
}

/** Whether a bucket ends there, or nothing is in the bucket around it. */
function divides(bound: number, { bounds, counts }: Buckets): boolean {
  const around = bounds.findIndex((upper) => bound <= upper)
  return bounds[around] === bound || counts.at(around) === 0
}

/** Known when both know theirs. */
function extremes(one: Buckets, other: Buckets): Pick<Buckets, 'min' | 'max'> {
  return {
    ...(one.min !== undefined && other.min !== undefined && { min: Math.min(one.min, other.min) }),
    ...(one.max !== undefined && other.max !== undefined && { max: Math.max(one.max, other.max) }),
  }
}
