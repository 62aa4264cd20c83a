// The queue of stock exporters: they want the records themselves, so the records are kept, and their size is estimated
// from their text, which is what makes a record large.
import { DropReason } from '../../account/index.ts'
import type { Batch, Queue, QueueLimits } from './queue.ts'

export interface RecordBatch<Entry> extends Batch {
  readonly entries: Entry[]
}

export interface RecordQueueOptions<Entry> extends QueueLimits {
  /** About how many bytes a record holds on to. */
  estimate(entry: Entry): number
}

/** A bounded queue of records as they are. */
export function recordQueue<Entry>(options: RecordQueueOptions<Entry>): Queue<Entry, RecordBatch<Entry>> {
  const { estimate, maxBytes, maxRecords, batchBytes, batchRecords } = options
  const batches: { entries: Entry[]; bytes: number }[] = []
  let records = 0
  let bytes = 0
  const hasRoom = (batch: { entries: Entry[]; bytes: number }, more: number): boolean =>
    batch.entries.length < batchRecords && batch.bytes + more <= batchBytes
  return {
    add(entry) {
      if (records >= maxRecords) return DropReason.queueFull
      const own = estimate(entry)
      if (own > maxBytes) return DropReason.tooLarge
      if (bytes + own > maxBytes) return DropReason.queueFull
      const last = batches.at(-1)
      if (last !== undefined && hasRoom(last, own)) {
        last.entries.push(entry)
        last.bytes += own
      } else {
        batches.push({ entries: [entry], bytes: own })
      }
      records += 1
      bytes += own
      return undefined
    },
    take() {
      const batch = batches.shift()
      if (batch === undefined) return undefined
      records -= batch.entries.length
      bytes -= batch.bytes
      return { entries: batch.entries, records: batch.entries.length, bytes: batch.bytes }
    },
    full: () => batches.length > 1 || (batches.length === 1 && !hasRoom(batches[0]!, 1)),
    size: () => ({ records, bytes }),
  }
}

/** What a record costs beside its text. */
const fixedBytes = 600
const eachBytes = 60
/** Deeper than this an estimate no longer looks. */
const deepest = 8

/** About how many bytes a value holds on to. Reads plain properties only; a value that throws counts as nothing. */
export function estimateBytes(value: unknown): number {
  try {
    return fixedBytes + weigh(value, 0)
  } catch {
    return fixedBytes
  }
}

function weigh(value: unknown, depth: number): number {
  if (typeof value === 'string') return value.length * 2
  if (typeof value !== 'object' || value === null || depth > deepest) return 8
  if (value instanceof Uint8Array) return value.length
  let sum = eachBytes
  for (const key in value) sum += key.length + weigh((value as Record<string, unknown>)[key], depth + 1)
  return sum
}
