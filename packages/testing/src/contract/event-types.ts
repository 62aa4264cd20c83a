// Contract stage: the event types of a catalogue.
import type { EventTypeDescription } from '@proprio/api'
import { type ContractChange, fits, type Found, foundAt } from './change.ts'
import { removal } from './documented.ts'
import { compareEventType } from './event-type.ts'
import { pairUp } from './pair-up.ts'

type EventTypes = readonly EventTypeDescription[]

export function compareEventTypes(was: EventTypes, now: EventTypes): ContractChange[] {
  const { stayed, removed, added } = pairUp(was, now, typeOf)
  const recorded = new Set(now.flatMap(metricsOf))
  return [
    ...removed.flatMap((gone) => {
      const metrics = metricsOf(gone).filter((name) => !recorded.has(name))
      return foundAt(gone.type, [withMetrics(removal(gone, added, typeOf), metrics)])
    }),
    ...stayed.flatMap((pair) => compareEventType({ ...pair, leaving: pair.was.deprecated !== undefined })),
    ...added.flatMap(({ type }) => foundAt(type, [fits('added', 'added')])),
  ]
}

const typeOf = ({ type }: EventTypeDescription): string => type
const metricsOf = ({ metrics }: EventTypeDescription): string[] => metrics.map(({ name }) => name)

/** What goes with an event type is told with it, so that a dashboard's author finds it. */
const withMetrics = (found: Found, metrics: readonly string[]): Found =>
  metrics.length === 0 ? found : { ...found, text: `${found.text} (with it: metric ${metrics.join(', metric ')})` }
