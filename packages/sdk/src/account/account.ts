// Conservation: where every record went. Each destination of a signal is a hop; at all times, per hop,
//   started = live + unsampled + exported + rejected + dropped(reason) + queued + inFlight.
// The stages of the hop add to plain counters; what is queued and in flight is read from the stages themselves, so
// that the balance compares two independent sources.
import type { DropReason } from './reasons.ts'
import { lossReport } from './losses.ts'
import type { Signal } from './signal.ts'

/** What a hop's stages hold at this moment. `bytes` and the limits are of the queue alone; a limit of Infinity is none. */
export interface Held {
  readonly queued: number
  readonly inFlight: number
  readonly bytes: number
  readonly maxBytes: number
  readonly maxRecords: number
}

/** Who the hop is, in the words of the conventions (`otel.component.*`). */
export interface HopOptions {
  /** Type of the processor in front: `batching_span_processor`, `batching_log_processor`, `periodic_metric_reader`. */
  readonly processor: string
  /** Type of the exporter behind: `otlp_http_span_exporter`, or the class name of a stock exporter. */
  readonly exporter: string
  /** Reads what the stages hold. It must not throw. */
  held(): Held
}

/** The counters of one destination of one signal. Its stages write, everybody else reads a snapshot. */
export interface Hop {
  /** Records begun: spans at their start, log records and data points when they are handed over. */
  started: number
  /** Records handed over. Equals `started` but for spans still running. */
  ended: number
  /** Ended spans whose sampled flag is off; they are recorded here, and not exported. */
  unsampled: number
  /** Records taken out of the queue and given to the exporter. */
  processed: number
  exported(records: number): void
  /** Refused by the receiver in a partial success. */
  rejected(records: number, message?: string): void
  /** @param cause what is known about it, for the warning. */
  dropped(reason: DropReason, records: number, cause?: string): void
  /** Ends the hop's warnings with the total that has not been told yet. */
  close(): void
}

export interface HopSnapshot extends Held {
  readonly signal: Signal
  /** Unique in the account: `otlp_http_span_exporter/0`. */
  readonly name: string
  readonly processor: string
  readonly exporter: string
  readonly started: number
  readonly ended: number
  /** Spans begun and not ended. */
  readonly live: number
  readonly unsampled: number
  readonly processed: number
  readonly exported: number
  readonly rejected: number
  /** Only reasons that occurred. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>
  readonly droppedTotal: number
}

export interface AccountSnapshot {
  readonly hops: readonly HopSnapshot[]
}

export interface AccountOptions {
  /** Unix time in milliseconds. */
  now(): number
  /** Where losses are told: at the first, at most every 60 s while they go on, and when they have ended. */
  warn(message: string): void
}

export interface Account {
  hop(signal: Signal, options: HopOptions): Hop
  /** A frozen copy of every counter. */
  snapshot(): AccountSnapshot
}

/** An empty account; hops open themselves in it when they are built. */
export function createAccount({ now, warn }: AccountOptions): Account {
  const readers: (() => HopSnapshot)[] = []
  return {
    hop(signal, options) {
      const name = `${options.exporter}/${readers.filter((read) => read().exporter === options.exporter).length}`
      const losses = lossReport({ signal, name, now, warn })
      let exported = 0
      let rejected = 0
      const dropped: Partial<Record<DropReason, number>> = {}
      const hop: Hop = {
        started: 0,
        ended: 0,
        unsampled: 0,
        processed: 0,
        exported(records) {
          exported += records
          losses.delivered()
        },
        rejected(records, message) {
          rejected += records
          losses.lost('rejected', records, message)
        },
        dropped(reason, records, cause) {
          dropped[reason] = (dropped[reason] ?? 0) + records
          losses.lost(reason, records, cause)
        },
        close: losses.close,
      }
      readers.push(() =>
        Object.freeze({
          signal,
          name,
          processor: options.processor,
          exporter: options.exporter,
          started: hop.started,
          ended: hop.ended,
          live: hop.started - hop.ended,
          unsampled: hop.unsampled,
          processed: hop.processed,
          exported,
          rejected,
          dropped: Object.freeze({ ...dropped }),
          droppedTotal: Object.values(dropped).reduce((sum, count) => sum + count, 0),
          ...options.held(),
        }),
      )
      return hop
    },
    snapshot: () => Object.freeze({ hops: Object.freeze(readers.map((read) => read())) }),
  }
}

/** By how many records a hop's account is off, 0 when every record is accounted for (invariant I1). */
export function balance(hop: HopSnapshot): number {
  const told = hop.live + hop.unsampled + hop.exported + hop.rejected + hop.droppedTotal + hop.queued + hop.inFlight
  return hop.started - told
}
