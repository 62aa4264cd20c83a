// Coverage stage: what one process knows and has seen, and that of several as if of one: the same catalogue is known in many workers.
import type { KnownCatalogue, KnownCatalogues, KnownEventType } from './catalogues.ts'
import type { Emitted } from './emitted.ts'
import { scopeKey } from './scope.ts'

export interface Witness {
  readonly catalogues: KnownCatalogues
  readonly byTests: Emitted
  readonly outsideOfTests: Emitted
}

export interface SeenCatalogue {
  readonly name: string
  readonly version: string
  /** The files in which it is known to have been made. */
  readonly madeIn: readonly string[]
  readonly eventTypes: readonly SeenEventType[]
}

/** An event type, and in which forms it was emitted. */
export interface SeenEventType extends KnownEventType {
  readonly succeeded: boolean
  readonly failed: boolean
  readonly outsideOfTests: boolean
}

/** By name: which worker is first is another one in every run. */
export function together(witnesses: readonly Witness[]): readonly SeenCatalogue[] {
  const all = witnesses.flatMap(({ catalogues }) => Object.values(catalogues))
  return [...Map.groupBy(all, scopeKey)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([scope, same]) => seenCatalogue(scope, same, witnesses))
}

function seenCatalogue(scope: string, same: readonly KnownCatalogue[], witnesses: readonly Witness[]): SeenCatalogue {
  const [{ name, version } = { name: scope, version: '' }] = same
  const eventTypes = new Map(same.flatMap((one) => one.eventTypes.map((eventType) => [eventType.type, eventType])))
  return {
    name,
    version,
    madeIn: [...new Set(same.flatMap(({ madeIn }) => madeIn ?? []))],
    eventTypes: Array.from(eventTypes.values(), (eventType) => seenEventType(scope, eventType, witnesses)),
  }
}

function seenEventType(scope: string, eventType: KnownEventType, witnesses: readonly Witness[]): SeenEventType {
  const within = (emitted: Emitted, form: 'succeeded' | 'failed'): boolean => {
    const { types, metrics } = emitted[scope] ?? {}
    if (eventType.metric !== undefined) return form === 'succeeded' && metrics?.[eventType.metric] === true
    return types?.[eventType.type]?.[form] === true
  }
  return {
    ...eventType,
    succeeded: witnesses.some(({ byTests }) => within(byTests, 'succeeded')),
    failed: witnesses.some(({ byTests }) => within(byTests, 'failed')),
    outsideOfTests: witnesses.some(
      ({ outsideOfTests }) => within(outsideOfTests, 'succeeded') || within(outsideOfTests, 'failed'),
    ),
  }
}
