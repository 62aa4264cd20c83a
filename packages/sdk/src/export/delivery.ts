// What the lifecycle sees of an export: how to flush it, how to end it, and what is left.
import type { Certificates } from './options.ts'

/** The honest answer of a shutdown, in records. */
export interface ShutdownResult {
  /** Exported since the shutdown was asked for. */
  readonly flushed: number
  /** Lost since then, whatever the reason. */
  readonly dropped: number
  /** True when the deadline came before everything was delivered. */
  readonly timedOut: boolean
}

/** A request that was not delivered yet, for whoever sends it synchronously while the process exits. */
export interface UnsentRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly records: number
  readonly certificates?: Certificates
  /** Books the records: delivered, or lost with the process. */
  settle(delivered: boolean): void
}

export interface Delivery {
  /**
   * Waits until what was queued or in flight at the call has been settled. Keeps the process alive meanwhile.
   * @returns false when the deadline came first. Default deadline: `exportTimeoutMs`.
   */
  flush(deadlineMs?: number): Promise<boolean>
  /** Flushes, then closes. Idempotent: a second call gives the first one's answer. Default deadline: 5,000 ms. */
  shutdown(deadlineMs?: number): Promise<ShutdownResult>
  /** Takes everything undelivered out, what is in flight included (it may arrive twice). Synchronous; ends delivery. */
  unsent(): readonly UnsentRequest[]
}
