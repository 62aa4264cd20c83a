// The parts in the order in which records pass them, as the stages of one flush and one shutdown.
import { abandonAll } from '@proprio/api/runtime'
import { messageOf } from '../diagnose/message.ts'
import type { Delivery } from '../export/index.ts'
import { lifecycle, type Lifecycle, type Stage } from '../lifecycle/index.ts'
import type { Parts } from './parts.ts'
import type { Targets } from './targets.ts'

/** What a delivery needs, after its deadline, to book what it gives up. */
const bookingMs = 150

export function lifecycleOf(parts: Parts, stop: readonly (() => void)[]): Lifecycle {
  const { targets, metricReaders, deliveries, stores, prometheus, diagnostics } = parts
  return lifecycle([
    { name: 'emitters', flush() {}, stop: () => void abandonAll() },
    { name: 'instrumentation', flush() {}, stop: () => stop.forEach((end) => attempt(end, diagnostics)) },
    ...metricReaders.map((reader): Stage => ({
      name: 'metric reader',
      flush: () => reader.forceFlush(),
      stop: () => reader.shutdown(),
    })),
    ...deliveries.map(deliveryStage),
    {
      name: 'processors',
      flush: () => all(targets, (processor) => processor.forceFlush()),
      stop: () => all(targets, (processor) => processor.shutdown()),
    },
    ...stores.map((store): Stage => ({ name: 'store', flush: () => store.flush(), stop: () => store.close() })),
    ...(prometheus
      ? [{ name: 'prometheus', flush: () => prometheus.ready, stop: () => prometheus.stop() } satisfies Stage]
      : []),
  ])
}

const all = async ({ own }: Targets, end: (processor: Targets['own'][number]) => Promise<void>): Promise<void> =>
  void (await Promise.allSettled(own.map(async (processor) => end(processor))))

// Of what is switched off, one that throws leaves the others on.
function attempt(end: () => void, { warn }: Parts['diagnostics']): void {
  try {
    end()
  } catch (error) {
    warn(`something could not be switched off: ${messageOf(error)}`)
  }
}

// The account counts what was delivered and what was lost; the stages say only whether they had to give up.
const deliveryStage = (delivery: Delivery): Stage => ({
  name: 'delivery',
  flush: async (deadlineMs) => ({ timedOut: !(await delivery.flush(deadlineMs)) }),
  async stop(deadlineMs) {
    const { timedOut } = await delivery.shutdown(Math.max(0, deadlineMs - bookingMs))
    return { timedOut }
  },
})
