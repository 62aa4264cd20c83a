// Read stage: the part of following that lies in the past: what is stored after an id, in order, until it has caught up
// with the present. Read in batches, so that a slow reader holds little and the store may evict behind its back, which is
// then said as a gap.
import { plainStoredEvent } from '../event/plain.ts'
import type { CompiledFilter } from '../filter/predicate.ts'
import type { Followed } from '../reader.ts'
import type { Entry, Source } from './source.ts'
import { visitEach } from './visit.ts'

const BATCH = 256

/** Yields what is stored; calls `caughtUp` when all was read, reads what came meanwhile, and tells each id it has passed. */
export async function* replay(
  source: Source,
  { matches, afterId }: CompiledFilter,
  caughtUp: () => void,
  passed: (id: number) => void,
): AsyncGenerator<Followed, void> {
  let position = afterId
  let told = afterId
  let live = false
  for (;;) {
    await source.settled?.()
    const evicted = source.evicted?.()?.id ?? -Infinity
    if (evicted > Math.max(position, told)) yield { seq: (told = evicted), gap: {} }

    const batch: Entry[] = []
    let read = 0
    await visitEach(source.scan({ rows: 'events', order: 'oldest', beyond: position }), (entry) => {
      position = entry.event.id
      if (matches(entry.event)) batch.push(entry)
      return ++read < BATCH
    })
    passed(position)
    for (const { event } of batch) yield { seq: event.id, event: plainStoredEvent(event) }

    if (read === BATCH) continue
    if (live) return
    live = true
    caughtUp()
  }
}
