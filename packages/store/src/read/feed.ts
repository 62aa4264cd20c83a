// Read stage: who wants to hear of new events. A store publishes each; whoever follows takes what it wants.
import type { Entry, Source } from './source.ts'

export interface Feed extends Pick<Source, 'subscribe'> {
  /** Tells every subscriber. Costs one comparison while there is none. */
  publish(entry: Entry): void
  /** Tells every subscriber that there is no more. */
  close(): void
}

export function createFeed(): Feed {
  const subscribers = new Set<{ listener: (entry: Entry) => void; ended: () => void }>()
  let closed = false
  return {
    publish(entry) {
      if (subscribers.size === 0) return
      for (const { listener } of subscribers) {
        try {
          listener(entry)
        } catch {
          // A listener's failure is its own: the record is stored, and the others are told.
        }
      }
    },
    subscribe(listener, ended) {
      const subscriber = { listener, ended }
      if (closed) ended()
      else subscribers.add(subscriber)
      return () => void subscribers.delete(subscriber)
    },
    close() {
      closed = true
      for (const { ended } of subscribers) ended()
      subscribers.clear()
    },
  }
}
