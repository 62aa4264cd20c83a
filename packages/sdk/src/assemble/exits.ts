// The ways out of the process, watched: what is queued is delivered where the way allows it, and counted as lost where not.
import { watchExit } from '../lifecycle/index.ts'
import type { Lifecycle } from '../lifecycle/index.ts'
import type { Parts } from './parts.ts'

/** Returns how to stop watching. */
export function watchExits({ config, account, deliveries, diagnostics }: Parts, { flush }: Lifecycle): () => void {
  return watchExit({
    signals: config.signals,
    flushOnExit: config.flushOnExit,
    deadlineMs: config.shutdownTimeoutMs,
    flush: (deadlineMs) => flush({ deadlineMs }),
    pending: () => account.snapshot().hops.reduce((sum, { queued, inFlight }) => sum + queued + inFlight, 0),
    drain: () => deliveries.flatMap((delivery) => delivery.unsent()),
    lost: (count, cause) => diagnostics.warn(lossNotes[cause](count)),
  })
}

const lossNotes = {
  exit: (count) =>
    `${count} records were lost: process.exit() was called without awaiting telemetry.shutdown(). Await it, or set flushOnExit: true.`,
  crash: (count) => `${count} records were lost with the crash. flushOnExit: true delivers them, in about 50 ms.`,
  signal: (count) => `${count} records were lost: the signal left no time to deliver them.`,
} as const satisfies Record<string, (count: number) => string>
