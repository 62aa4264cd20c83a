// What only observes has no call on which to bind: it is bound at once, again by register(), and else by an unref'd poll.
import { count, type Observer, slot } from './slot.ts'

const pollMs = 1000
let poll: ReturnType<typeof setInterval> | undefined

/** Binds `observer` now and whenever the providers change. Returns how to stop. */
export function watchProviders(observer: Observer): () => void {
  slot.observers.add(observer)
  rebind(observer)
  if (!poll) {
    poll = setInterval(rebindObservers, pollMs)
    if (typeof poll === 'object') poll.unref()
  }
  return () => {
    slot.observers.delete(observer)
    if (slot.observers.size > 0) return
    clearInterval(poll)
    poll = undefined
  }
}

/** Binds everything that observes to the providers that are there now. */
export function rebindObservers(): void {
  for (const observer of slot.observers) rebind(observer)
}

function rebind(observer: Observer): void {
  try {
    observer.rebind()
  } catch {
    count('internal_error')
  }
}
