// The parts in the order in which records pass them, as the stages of one flush and one shutdown.
import { abandonAll } from '@proprio/api/runtime'
import { lifecycle, type Lifecycle, type Stage } from '../lifecycle/index.ts'
import type { Parts } from './parts.ts'

export function lifecycleOf(parts: Parts, stop: readonly (() => void)[]): Lifecycle {
  const { metricReaders, deliveries, stores, prometheus } = parts
  return lifecycle([
    { name: 'emitters', flush() {}, stop: () => void abandonAll() },
    { name: 'instrumentation', flush() {}, stop: () => stop.forEach((end) => end()) },
    ...metricReaders.map((reader): Stage => ({
      name: 'metric reader',
      flush: (deadlineMs) => reader.forceFlush({ timeoutMillis: deadlineMs }),
      stop: (deadlineMs) => reader.shutdown({ timeoutMillis: deadlineMs }),
    })),
    ...deliveries.map((delivery): Stage => ({
      name: 'delivery',
      flush: async (deadlineMs) => void (await delivery.flush(deadlineMs)),
      stop: async (deadlineMs) => void (await delivery.shutdown(deadlineMs)),
    })),
    ...stores.map((store): Stage => ({ name: 'store', flush: () => store.flush(), stop() {} })),
    ...(prometheus ? [{ name: 'prometheus', flush() {}, stop: () => prometheus.stop() } satisfies Stage] : []),
  ])
}
