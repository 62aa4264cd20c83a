// Read stage: statistics. A tally counts events as they come and go, so that `stats()` need not look at them.
import type { FrameworkEvent } from '../event/framework-event.ts'
import type { Level } from '../event/level.ts'
import type { Evicted, Stats } from '../reader.ts'
import { EvictionAccount } from './eviction.ts'
import type { Source } from './source.ts'
import { visitEach } from './visit.ts'

/** What a tally reads of an event. */
export interface Counted extends Pick<FrameworkEvent, 'type' | 'layer' | 'level'> {
  readonly failed: boolean
  /** Whether a limit was crossed. */
  readonly crossed: boolean
}

export class Tally {
  readonly #byLevel: Record<Level, number> = { debug: 0, info: 0, warn: 0, error: 0, critical: 0 }
  readonly #byLayer = new Map<string, number>()
  readonly #byType = new Map<string, { count: number; failed: number; slow: number }>()

  /** `step` is 1 for an event that came and -1 for one that goes. */
  count({ type, layer, level, failed, crossed }: Counted, step: 1 | -1): void {
    this.#byLevel[level] += step
    const layerCount = (this.#byLayer.get(layer) ?? 0) + step
    if (layerCount > 0) this.#byLayer.set(layer, layerCount)
    else this.#byLayer.delete(layer)

    let row = this.#byType.get(type)
    if (row === undefined) this.#byType.set(type, (row = { count: 0, failed: 0, slow: 0 }))
    row.count += step
    if (failed) row.failed += step
    if (crossed) row.slow += step
    if (row.count <= 0) this.#byType.delete(type)
  }

  stats(evicted: Evicted): Stats {
    const byLevel = { ...this.#byLevel }
    return {
      total: Object.values(byLevel).reduce((sum, count) => sum + count, 0),
      byLevel,
      byLayer: Object.fromEntries(this.#byLayer),
      byType: Object.fromEntries(Array.from(this.#byType, ([type, row]) => [type, { ...row }])),
      evicted,
    }
  }
}

/** The statistics of a source that keeps none itself. */
export async function scanStats(source: Source): Promise<Stats> {
  const tally = new Tally()
  await visitEach(source.scan({ rows: 'events', order: 'oldest' }), ({ event }) => {
    const { type, layer, level } = event
    tally.count({ type, layer, level, failed: event.error !== undefined, crossed: event.slow !== undefined }, 1)
    return true
  })
  return tally.stats(new EvictionAccount().evicted())
}
