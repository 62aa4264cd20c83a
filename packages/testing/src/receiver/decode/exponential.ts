// Decode stage: the buckets of an exponential histogram, whose bounds are powers of a base, as buckets with their bounds said. At a lower scale the bounds
// are a part of those at a higher one, to the last bit, so that points of different scales add up.
import type { Buckets } from '../../telemetry/series.ts'
import { countOf, listOf, numberOf, objectOf } from './json.ts'
import type { JsonObject } from './json.ts'

interface Bucket {
  readonly upper: number
  readonly count: number
}

/** The buckets on one side of zero. */
interface Side {
  /** Where the bucket of that index begins, seen from zero. */
  bound(index: number): number
  /** The index of the first of `counts`. */
  readonly first: number
  readonly counts: readonly number[]
}

export function exponentialBuckets(point: JsonObject): Pick<Buckets, 'bounds' | 'counts'> {
  const scale = numberOf(point['scale'], 'scale') ?? 0
  const positive = sideOf(point, 'positive', scale)
  const negative = sideOf(point, 'negative', scale)
  const zero = {
    upper: numberOf(point['zeroThreshold'], 'zeroThreshold') ?? 0,
    count: countOf(point['zeroCount'], 'zeroCount'),
  }
  return explicit([...below(negative), zero, ...above(positive)])
}

function sideOf(point: JsonObject, side: 'positive' | 'negative', scale: number): Side {
  const json = objectOf(point[side], side)
  return {
    bound: (index) => 2 ** (index / 2 ** scale),
    first: numberOf(json['offset'], `${side}.offset`) ?? 0,
    counts: listOf(json['bucketCounts'], `${side}.bucketCounts`).map((count) => countOf(count, `${side}.bucketCounts`)),
  }
}

function above({ bound, first, counts }: Side): Bucket[] {
  if (counts.length === 0) return []
  return [
    { upper: bound(first), count: 0 },
    ...counts.map((count, index) => ({ upper: bound(first + index + 1), count })),
  ]
}

// Mirrored: the bucket furthest from zero comes first, and each ends where it is nearest to it.
function below({ bound, first, counts }: Side): Bucket[] {
  if (counts.length === 0) return []
  return [
    { upper: -bound(first + counts.length), count: 0 },
    ...counts.map((count, index) => ({ upper: -bound(first + index), count })).toReversed(),
  ]
}

/** Bounds that are no numbers any more or do not ascend are left out, and their counts go up to the next. */
function explicit(buckets: readonly Bucket[]): Pick<Buckets, 'bounds' | 'counts'> {
  const bounds: number[] = []
  const counts: number[] = []
  let carried = 0
  for (const [index, { upper, count }] of buckets.entries()) {
    carried += count
    const following = buckets[index + 1]?.upper ?? Infinity
    if (!Number.isFinite(upper) || upper >= following) continue
    bounds.push(upper)
    counts.push(carried)
    carried = 0
  }
  return { bounds, counts: [...counts, carried] }
}
