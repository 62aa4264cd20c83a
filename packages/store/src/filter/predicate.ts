// Filter stage: what a filter is compiled to.
import type { StoredEvent } from '../event/framework-event.ts'
import type { AttributeValue } from '../record/attributes.ts'

export type StoredPredicate = (event: StoredEvent) => boolean

export type AttributePredicate = (attributes: Readonly<Record<string, AttributeValue>>) => boolean

/** A filter, ready to be asked of each event. */
export interface CompiledFilter {
  readonly matches: StoredPredicate
  /** Events up to this id cannot match. */
  readonly afterId: number
  /** The same for two filters that say the same: a cursor belongs to one filter. */
  readonly key: string
}
