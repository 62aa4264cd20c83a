// The queue of OTLP: a record is encoded when it is added, and only its bytes are kept. So the bound in bytes is exact,
// what the host changes afterwards changes nothing, and a record that cannot be encoded is lost alone.
import { DropReason } from '../../account/index.ts'
import { TooLarge } from '../encode/index.ts'
import type { Encoding, Writer } from '../encode/index.ts'
import type { EncodedBatch } from './encoded-batch.ts'
import { OpenBatch } from './open-batch.ts'
import type { Originated } from './open-batch.ts'
import type { Queue, QueueLimits } from './queue.ts'

export interface EncodedQueueOptions<Entry> extends QueueLimits {
  readonly encoding: Encoding
  encode(out: Writer, entry: Entry): void
  /** Unix time in milliseconds. */
  now(): number
}

/** A bounded queue of encoded records. */
export function encodedQueue<Entry extends Originated>(
  options: EncodedQueueOptions<Entry>,
): Queue<Entry, EncodedBatch> {
  const { encoding, encode, maxBytes, maxRecords, batchBytes, batchRecords, now } = options
  const filling = new OpenBatch(encoding, encode, maxBytes)
  /** For records that end while another is being encoded, from a getter of the host. */
  const aside = new OpenBatch(encoding, encode, maxBytes)
  const sealed: EncodedBatch[] = []
  let sealedRecords = 0
  let sealedBytes = 0
  /** Set when a record did not fit: until a batch has left, none is encoded in vain. */
  let overflowing = false

  const seal = (batch: OpenBatch<Entry>, records: number): void => {
    const made = batch.seal(records, now())
    sealed.push(made)
    sealedRecords += made.records
    sealedBytes += made.bytes
  }
  const size = (): { records: number; bytes: number } => ({
    records: sealedRecords + filling.records + aside.records,
    bytes: sealedBytes + filling.bytes + aside.bytes,
  })
  const fit = (batch: OpenBatch<Entry>, bytesBefore: number): DropReason | undefined => {
    if (sealedBytes + filling.bytes + aside.bytes > maxBytes) {
      batch.undo()
      overflowing = true
      return DropReason.queueFull
    }
    if (batch.bytes > batchBytes && bytesBefore > 0) seal(batch, batch.records - 1)
    if (batch.bytes >= batchBytes || batch.records >= batchRecords) seal(batch, batch.records)
    if (batch === filling && aside.records > 0) seal(aside, aside.records)
    return undefined
  }
  return {
    add(entry) {
      if (overflowing || sealedRecords + filling.records + aside.records >= maxRecords) return DropReason.queueFull
      const batch = filling.busy ? aside : filling
      if (batch.busy) return DropReason.serializeError
      const bytesBefore = batch.bytes
      try {
        batch.add(entry)
      } catch (error) {
        return error instanceof TooLarge ? DropReason.tooLarge : DropReason.serializeError
      }
      return fit(batch, bytesBefore)
    },
    take() {
      for (const batch of [filling, aside]) {
        if (sealed.length === 0 && !batch.busy && batch.records > 0) seal(batch, batch.records)
      }
      const batch = sealed.shift()
      if (batch === undefined) return undefined
      sealedRecords -= batch.records
      sealedBytes -= batch.bytes
      overflowing = false
      return batch
    },
    full: () => sealed.length > 0,
    size,
  }
}
