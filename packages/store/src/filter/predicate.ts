// Filter stage: what a filter is compiled to.
import type { StoredEvent } from '../event/framework-event.ts'
import type { AttributeValue } from '../record/attributes.ts'

/** An event as a filter sees it. One that is a view reads one attribute without making all of them. */
export interface FilteredEvent extends StoredEvent {
  attribute?(name: string): AttributeValue | undefined
}

export type StoredPredicate = (event: FilteredEvent) => boolean

/** A filter, ready to be asked of each event. */
export interface CompiledFilter {
  readonly matches: StoredPredicate
  /** Events up to this id cannot match. */
  readonly afterId: number
  /** The same for two filters that say the same: a cursor belongs to one filter. */
  readonly key: string
}
