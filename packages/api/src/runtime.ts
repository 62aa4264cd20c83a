// For SDKs: what stands behind the emitters of this process. Applications call register() of @proprio/sdk instead.
import { type CatalogueDescription, describeCatalogue } from './catalogue/describe.ts'
import type { Clock } from './bind/clock.ts'
import { slot } from './bind/slot.ts'

export type { Clock } from './bind/clock.ts'
export { emitterDescription } from './catalogue/described-emitter.ts'
export type { DescribedEmitter } from './catalogue/described-emitter.ts'
export { rebindObservers } from './bind/watch.ts'
export { frameOf, isOffSpan } from './context/frame.ts'
export type { Frame } from './context/frame.ts'
export { contextName } from './context/with-context.ts'
export { abandonAll } from './emit/abandoned.ts'
export { cleanValue } from './value/sanitise.ts'
export { cleanText } from './value/text.ts'

/** What emitters dropped, mended or abandoned in this process, by reason, and how many operations are open by `start()` or `stream()`. */
export function emitterHealth(): {
  readonly counts: Readonly<Record<string, number>>
  readonly open: number
  readonly copies: readonly string[]
} {
  return { counts: Object.fromEntries(slot.counts), open: slot.open.size, copies: [...slot.copies] }
}

/** The catalogues of this process; `hear` is told of later ones. Returns how to stop hearing. */
export function onCatalogue(hear: (description: CatalogueDescription) => void): () => void {
  for (const model of slot.catalogues.values()) hear(describeCatalogue(model))
  const listener = (model: Parameters<typeof describeCatalogue>[0]): void => hear(describeCatalogue(model))
  slot.announced.add(listener)
  return () => slot.announced.delete(listener)
}

/** The key of sensitive attributes' hashes: equal keys make equal hashes across processes. */
export function useHashKey(key: string): void {
  slot.hashKey = String(key)
}

/** Replaces the randomness of all emitters: the jitter of back-off. Returns how to put the former one back. */
export function useRandom(random: () => number): () => void {
  const former = slot.random
  slot.random = random
  return () => {
    slot.random = former
  }
}

/** The clock of all emitters. */
export const currentClock = (): Clock => slot.clock

/** Replaces the clock of all emitters. Returns how to put the former one back. */
export function useClock(clock: Clock): () => void {
  const former = slot.clock
  slot.clock = clock
  return () => {
    slot.clock = former
  }
}
