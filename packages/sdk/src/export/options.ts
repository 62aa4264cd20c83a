// What the export stages are given: plain data that config/ has resolved, and time, randomness and warnings as values.
import type { Account } from '../account/index.ts'

/** Where one signal is sent over OTLP/HTTP. */
export interface EndpointOptions {
  /** Full address of the signal, path included: `http://localhost:4318/v1/traces`. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly protocol: 'http/protobuf' | 'http/json'
  readonly compression: 'none' | 'gzip'
  /** Bound of one attempt, in milliseconds, from connecting to the last byte of the answer. */
  readonly timeoutMs: number
  /** PEM text for https. Default: the system's authorities, no client certificate. */
  readonly certificates?: Certificates
}

export interface Certificates {
  /** The authority to trust. */
  readonly ca?: string
  /** The client's own certificate and its key. */
  readonly cert?: string
  readonly key?: string
}

/** The bounds of one signal's queue, and when it hands a batch over. */
export interface QueueOptions {
  /** Bound in records; absent, the bound in bytes is the only one. */
  readonly maxRecords?: number
  /** Bound of the queued bytes. Default 32 MiB. */
  readonly maxBytes: number
  /** A batch is full at so many records (default 512) … */
  readonly batchRecords: number
  /** … or at so many bytes (default 1 MiB). */
  readonly batchBytes: number
  /** The longest a record waits for its batch to fill, in milliseconds. Default 5,000 for spans, 1,000 for logs. */
  readonly delayMs: number
  /** Bound of a flush without a deadline of its own, and of one export by a stock exporter. Default 30,000. */
  readonly exportTimeoutMs: number
}

export const queueDefaults = {
  spans: { maxBytes: 32 << 20, batchRecords: 512, batchBytes: 1 << 20, delayMs: 5_000, exportTimeoutMs: 30_000 },
  logs: { maxBytes: 32 << 20, batchRecords: 512, batchBytes: 1 << 20, delayMs: 1_000, exportTimeoutMs: 30_000 },
} as const satisfies Record<string, QueueOptions>

/** How long and how often delivery is tried again, in milliseconds. */
export interface RetryOptions {
  /** First pause after a failure; it doubles with each further one. Default 1,000. */
  readonly firstMs: number
  /** Longest pause. Default 30,000. */
  readonly mostMs: number
  /** A batch older than this is given up at its next failure. Default 300,000. */
  readonly ageMs: number
}

export const retryDefaults = { firstMs: 1_000, mostMs: 30_000, ageMs: 300_000 } as const satisfies RetryOptions

/** Time and randomness, as one value. */
export interface Clock {
  /** Unix time in milliseconds. */
  now(): number
  /** At least 0, below 1. */
  random(): number
}

/** What every stage of the export needs besides its own options. */
export interface Surroundings {
  readonly account: Account
  readonly clock: Clock
  warn(message: string): void
}
