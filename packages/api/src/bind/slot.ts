// The state of this package: one versioned slot on globalThis, so that two copies of it in one process share switches, keys and counts.
import type { CatalogueModel } from '../catalogue/model.ts'
import { type Clock, systemClock } from './clock.ts'

/** Whether a layer emits, and from which severity on. Emitters hold it and read `minimum` on every call. */
export interface Gate {
  minimum: number
}

/** Something open that can be closed from outside: a stream, a started operation, a thenable nobody has awaited. */
export interface Open {
  abandon(): void
}

/** Something that wants to know when the providers may have changed. */
export interface Observer {
  rebind(): void
}

export interface Slot {
  readonly counts: Map<string, number>
  readonly gates: Map<string, Gate>
  readonly catalogues: Map<string, CatalogueModel>
  readonly announced: Set<(model: CatalogueModel) => void>
  readonly open: Set<Open>
  readonly observers: Set<Observer>
  readonly adHocTypes: Set<string>
  readonly adHocLayers: Set<string>
  /** Where copies of this package were loaded from. */
  readonly copies: Set<string>
  clock: Clock
  /** From 0 to 1. */
  random: () => number
  hashKey: string | undefined
  defaultMinimum: number
}

const key = Symbol.for('proprio.api.v1')
const holder = globalThis as { [key]?: Slot }

const create = (): Slot => ({
  counts: new Map(),
  gates: new Map(),
  catalogues: new Map(),
  announced: new Set(),
  open: new Set(),
  observers: new Set(),
  adHocTypes: new Set(),
  adHocLayers: new Set(),
  copies: new Set(),
  clock: systemClock(),
  random: Math.random,
  hashKey: undefined,
  defaultMinimum: 0,
})

export const slot: Slot = (holder[key] ??= create())
slot.copies.add(import.meta.url)

/** What is dropped or mended is counted, by reason; an attribute of a catalogue, and the value of a measure, also by its name, of which there are as many as were defined. */
export type CountReason =
  | 'abandoned'
  | 'attribute_invalid'
  | `attribute_invalid:${string}`
  | 'attribute_unknown'
  /** Out of order: what it was begun inside of had ended before. */
  | 'ended_after_parent'
  | 'ended_twice'
  | 'internal_error'
  | 'set_after_end'
  | 'thenable_unobservable'
  | 'type_overflow'
  | 'not_a_function'
  | `dimension_overflow:${string}`

export function count(reason: CountReason, by = 1): void {
  slot.counts.set(reason, (slot.counts.get(reason) ?? 0) + by)
}
