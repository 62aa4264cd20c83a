// What stands behind a queue: something that takes a batch to its destination and answers for every record of it.
import type { DropReason } from '../../account/index.ts'
import type { Batch } from '../queue/queue.ts'

/** Where the records of a batch went; the numbers add up to the batch. */
export interface Outcome {
  readonly exported: number
  readonly rejected: number
  readonly dropped: readonly Loss[]
  /** What the receiver said about those it rejected. */
  readonly message?: string
}

export interface Loss {
  readonly reason: DropReason
  readonly records: number
  /** What is known about the cause, for the warning. */
  readonly cause?: string
}

export interface Sink<Out extends Batch> {
  /** How many batches may be on their way at once. */
  readonly lanes: number
  /** Delivers a batch. Settles soon after `signal` is aborted, with what was not delivered as `shutdown_deadline`. */
  send(batch: Out, signal: AbortSignal): Promise<Outcome>
  /** Somebody waits: brings forward what can be. It never rejects. */
  hurry(): Promise<void>
  close(): Promise<void>
}

export function allExported(records: number): Outcome {
  return { exported: records, rejected: 0, dropped: [] }
}

export function allDropped(reason: DropReason, records: number, cause?: string): Outcome {
  return { exported: 0, rejected: 0, dropped: [{ reason, records, ...(cause === undefined ? {} : { cause }) }] }
}

/** The outcomes of two parts of a batch as one. */
export function together(first: Outcome, second: Outcome): Outcome {
  const message = first.message ?? second.message
  return {
    exported: first.exported + second.exported,
    rejected: first.rejected + second.rejected,
    dropped: [...first.dropped, ...second.dropped],
    ...(message === undefined ? {} : { message }),
  }
}
