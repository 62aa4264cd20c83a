// The handle that register() returns, and telemetry() anywhere else: ask, look at the account, flush, shut down, switch layers.
import { type CatalogueDescription, type LayerSwitches, switchLayers } from '@proprio/api'
import { onCatalogue } from '@proprio/api/runtime'
import type { Query } from '@proprio/store'
import type { AccountSnapshot } from '../account/index.ts'
import { type DeadlineOptions, deadlineOf, type Lifecycle, type Outcome } from '../lifecycle/index.ts'
import type { Health } from './health.ts'

export interface Telemetry {
  /** Questions about what happened: events, errors, slow operations, traces, statistics. Shows an operation as soon as it has ended. */
  readonly query: Query
  /** What is on, where every record went, and what is wrong. Plain data, made anew by each call. */
  health(): Health
  /** The catalogues of this process, as plain JSON. */
  catalogues(): readonly CatalogueDescription[]
  /** Switches layers at run time: `{ api: false, codegen: 'warn' }`. */
  layers(switches: LayerSwitches): void
  /**
   * Delivers what is queued and in flight. Counts are of spans, log records and data points together, for each destination. What is given up at the
   * deadline stays queued. Never rejects: options that cannot be read are none.
   */
  flush(options?: DeadlineOptions): Promise<Outcome>
  /** Ends what is open as abandoned, flushes and stops; bounded by `shutdownTimeoutMs`, 5 s unless told. Idempotent, never rejects. */
  shutdown(options?: DeadlineOptions): Promise<Outcome>
}

interface HandleOptions {
  readonly query: Query
  readonly health: () => Health
  readonly lifecycle: Lifecycle
  readonly account: () => AccountSnapshot
  readonly shutdownTimeoutMs: number
}

export function createTelemetry({ query, health, lifecycle, account, shutdownTimeoutMs }: HandleOptions): Telemetry {
  let stopped: Promise<Outcome> | undefined
  return {
    query,
    health,
    catalogues() {
      const all: CatalogueDescription[] = []
      onCatalogue((description) => all.push(description))()
      return all
    },
    layers: switchLayers,
    flush: (options) => told(account, () => lifecycle.flush(options)),
    shutdown: (options) =>
      (stopped ??= lastTold(account, () => lifecycle.shutdown({ deadlineMs: deadlineOf(options, shutdownTimeoutMs) }))),
  }
}

// The account knows what was delivered and what was lost meanwhile; the lifecycle, whether somebody had to be given up on.
async function told(account: () => AccountSnapshot, settle: () => Promise<Outcome>): Promise<Outcome> {
  const before = totals(account())
  const { timedOut } = await settle()
  const after = totals(account())
  return { flushed: after.exported - before.exported, dropped: after.lost - before.lost, timedOut }
}

// Nobody delivers what is still held after a shutdown.
async function lastTold(account: () => AccountSnapshot, settle: () => Promise<Outcome>): Promise<Outcome> {
  const outcome = await told(account, settle)
  const held = account().hops.reduce((sum, { queued, inFlight }) => sum + queued + inFlight, 0)
  return { ...outcome, dropped: outcome.dropped + held }
}

function totals({ hops }: AccountSnapshot): { exported: number; lost: number } {
  return {
    exported: hops.reduce((sum, hop) => sum + hop.exported, 0),
    lost: hops.reduce((sum, hop) => sum + hop.rejected + hop.droppedTotal, 0),
  }
}
