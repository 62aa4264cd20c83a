// What is left open: counted and ended when its handle is collected, or when the application shuts down.
import { type Open, slot } from '../bind/slot.ts'

const collected = new FinalizationRegistry<Open>((open) => open.abandon())

/** Abandons `open` when `handle` is garbage. `open` must not hold `handle`. */
export function whenCollected(handle: object, open: Open): void {
  collected.register(handle, open)
}

/** Ends everything that is still open, as abandoned. Returns how many there were. */
export function abandonAll(): number {
  const left = [...slot.open]
  for (const open of left) open.abandon()
  return left.length
}
