// Read stage: the account of what a store lost, by reason, and how far back its answers are whole.
import { EVICTION_REASONS } from '../reader.ts'
import type { Evicted, EvictionReason } from '../reader.ts'
import type { Source } from './source.ts'

export class EvictionAccount {
  readonly #byReason = Object.fromEntries(EVICTION_REASONS.map((reason) => [reason, 0])) as Record<
    EvictionReason,
    number
  >
  #time = -Infinity
  #id = -Infinity

  count(reason: EvictionReason, records = 1): void {
    this.#byReason[reason] += records
  }

  /** A record that was in the store, and could have been in an answer. */
  countStored(reason: EvictionReason, { id, time }: { readonly id: number; readonly time: number }): void {
    this.#byReason[reason]++
    this.#id = Math.max(this.#id, id)
    this.#time = Math.max(this.#time, time)
  }

  evicted(): Evicted {
    const byReason = { ...this.#byReason }
    return { total: Object.values(byReason).reduce((sum, count) => sum + count, 0), byReason }
  }

  latest(): ReturnType<NonNullable<Source['evicted']>> {
    return this.#id === -Infinity ? undefined : { id: this.#id, time: this.#time }
  }
}
