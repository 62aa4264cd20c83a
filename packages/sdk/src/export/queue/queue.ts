// What a queue between a processor and a sink can do. Records go in one by one, batches come out; the bounds are kept
// at the entry, and whatever is refused there has a reason.
import type { DropReason } from '../../account/index.ts'

/** Records on their way to a sink together. */
export interface Batch {
  readonly records: number
  readonly bytes: number
}

export interface Queue<Entry, Out extends Batch> {
  /** Takes a record in, or says why not. It never throws. */
  add(entry: Entry): DropReason | undefined
  /** The oldest batch, full or not; undefined when empty. */
  take(): Out | undefined
  /** True when a whole batch waits. */
  full(): boolean
  /** What is in it now. */
  size(): { readonly records: number; readonly bytes: number }
}

/** The bounds that a queue keeps. */
export interface QueueLimits {
  readonly maxRecords: number
  readonly maxBytes: number
  readonly batchRecords: number
  readonly batchBytes: number
}
