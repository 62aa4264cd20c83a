// Contract stage: what a case is.
import type { FrameworkEvent } from '../event/framework-event.ts'
import type { Page, Store } from '../reader.ts'

/** What a case asks of a store. A store may claim some and leave others, but says so by what it runs. */
export type Capability =
  | 'events'
  | 'filters'
  | 'pages'
  | 'stats'
  | 'aggregate'
  | 'follow'
  | 'lifecycle'
  | 'running'
  | 'records'

export interface ContractCase {
  readonly capability: Capability
  readonly name: string
  /** Rejects when the store, which was empty, does not do what the name says. */
  run(store: Store): Promise<void>
}

/** The numbers of the example records behind these events. */
export function numbersOf({ rows }: Pick<Page<FrameworkEvent>, 'rows'>): number[] {
  return rows.map(({ attributes }) => Number(attributes['flow.number']))
}
