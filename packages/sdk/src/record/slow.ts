// Operations that took longer than their catalogue allows are marked before they end, so that the store, a backend and every query can tell them.
import type { Span } from '@opentelemetry/sdk-trace'
import type { CatalogueDescription } from '@proprio/api'
import { onCatalogue } from '@proprio/api/runtime'

/** Seconds. */
interface Limits {
  readonly warn?: number
  readonly error?: number
}

export interface SlowMarker {
  ending(span: Span): void
  /** No longer hears of new catalogues. */
  stop(): void
}

/** Marks by the limits of every catalogue of the process, earlier and later ones, with the highest limit that was crossed. */
export function slowMarker(): SlowMarker {
  const byScope = new Map<string, Map<string, Limits>>()
  const stop = onCatalogue(({ name, version, eventTypes }: CatalogueDescription) => {
    const limited = eventTypes.flatMap(({ type, slow }) => (slow ? [[type, slow] as const] : []))
    if (limited.length > 0) byScope.set(`${name}@${version}`, new Map(limited))
  })
  return {
    stop,
    ending(span) {
      if (byScope.size === 0) return
      const type = span.attributes['proprio.type']
      if (typeof type !== 'string') return
      const { name, version } = span.instrumentationScope
      const limits = byScope.get(`${name}@${version ?? ''}`)?.get(type)
      const crossed = limits && highestCrossed(limits, span.duration[0] + span.duration[1] / 1e9)
      if (crossed !== undefined) span.setAttribute('proprio.slow.threshold', crossed)
    },
  }
}

function highestCrossed({ warn, error }: Limits, seconds: number): number | undefined {
  if (error !== undefined && seconds >= error) return error
  return warn !== undefined && seconds >= warn ? warn : undefined
}
