// A batch of OTLP: bytes of records, grouped by resource and scope, ready to be put into a request, and divisible again
// when a receiver finds the request too large.
import type { Group } from '../encode/index.ts'
import type { Batch } from './queue.ts'

export interface EncodedBatch extends Batch {
  readonly groups: readonly Group[]
  /** When it was filled, Unix time in milliseconds. */
  readonly sealedAt: number
}

/** Two batches of half the records, in order; undefined for a single record. */
export function halve(batch: EncodedBatch): [EncodedBatch, EncodedBatch] | undefined {
  if (batch.records < 2) return undefined
  const half = batch.records >> 1
  const first: Group[] = []
  const second: Group[] = []
  let seen = 0
  for (const group of batch.groups) {
    const cut = Math.min(Math.max(half - seen, 0), group.ends.length)
    if (cut > 0) first.push(part(group, 0, cut))
    if (cut < group.ends.length) second.push(part(group, cut, group.ends.length))
    seen += group.ends.length
  }
  return [batchOf(first, batch.sealedAt), batchOf(second, batch.sealedAt)]
}

export function batchOf(groups: readonly Group[], sealedAt: number): EncodedBatch {
  return {
    groups,
    sealedAt,
    records: groups.reduce((sum, { ends }) => sum + ends.length, 0),
    bytes: groups.reduce((sum, { bytes }) => sum + bytes.length, 0),
  }
}

function part({ resource, scope, bytes, ends }: Group, from: number, to: number): Group {
  const start = from === 0 ? 0 : ends[from - 1]!
  const own = ends.subarray(from, to).map((end) => end - start)
  return { resource, scope, bytes: bytes.subarray(start, ends[to - 1]), ends: own }
}
