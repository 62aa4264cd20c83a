// The ways out of the process, watched: what is queued is delivered where the way allows it, and counted as lost where not.
import type { AccountSnapshot, Signal } from '../account/index.ts'
import { watchExit } from '../lifecycle/index.ts'
import type { Lifecycle } from '../lifecycle/index.ts'
import type { Parts } from './parts.ts'

/** How long an end waits for the last metrics alone: an attempt or two. Longer than that nobody answers, and a command line tool would seem to hang. */
const metricsMs = 2_000

/** Returns how to stop watching. */
export function watchExits({ config, account, deliveries, diagnostics }: Parts, { flush }: Lifecycle): () => void {
  const keepsItself = config.stores.some(({ kind }) => kind === 'own')
  const waits = (): boolean => keepsItself || pendingRecords(account.snapshot()) > 0
  return watchExit({
    signals: config.signals,
    flushOnExit: config.flushOnExit,
    deadlineMs: config.shutdownTimeoutMs,
    flush: (deadlineMs) => flush({ deadlineMs: waits() ? deadlineMs : Math.min(deadlineMs, metricsMs) }),
    pending: () => pendingRecords(account.snapshot()),
    drain: () => deliveries.flatMap((delivery) => delivery.unsent()),
    lost: (count, cause) => diagnostics.warn(lossNotes[cause](count)),
  })
}

/**
 * Spans and log records that some destination still waits for. Of several destinations the one that waits for most: a record that goes to two of them
 * is one record. Data points are not counted: they are never queued, and the next collection brings newer ones.
 */
export function pendingRecords({ hops }: AccountSnapshot): number {
  const most = (signal: Signal): number =>
    Math.max(0, ...hops.filter((hop) => hop.signal === signal).map(({ queued, inFlight }) => queued + inFlight))
  return most('spans') + most('logs')
}

const lost = (count: number): string => (count === 1 ? '1 record was lost' : `${count} records were lost`)

const lossNotes = {
  exit: (count) =>
    `${lost(count)}: process.exit() was called without awaiting telemetry.shutdown(). Await it, or set flushOnExit: true (PROPRIO_FLUSH_ON_EXIT=true).`,
  end: (count) => `${lost(count)}: no receiver took what was queued when the process ended.`,
  crash: (count) =>
    `${lost(count)} with the crash. flushOnExit: true (PROPRIO_FLUSH_ON_EXIT=true) delivers spans and log records, in about 50 ms.`,
  signal: (count) => `${lost(count)}: the signal left no time to deliver them.`,
} as const satisfies Record<string, (count: number) => string>
