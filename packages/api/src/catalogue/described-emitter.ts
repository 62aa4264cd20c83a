// What each emitter emits, for whoever is handed one: a test's matcher.
import { describeEventType, type EventTypeDescription } from './describe.ts'
import type { CatalogueModel, EventTypeModel } from './model.ts'

/** An event type of the catalogue of that name. */
export interface DescribedEmitter {
  readonly catalogue: string
  readonly eventType: EventTypeDescription
}

const eventTypes = new WeakMap<object, { readonly event: EventTypeModel; readonly model: CatalogueModel }>()

export function describedAs(emitter: object, event: EventTypeModel, model: CatalogueModel): object {
  eventTypes.set(emitter, { event, model })
  return emitter
}

/** What an emitter emits; undefined for what is no emitter of a catalogue. */
export function emitterDescription(emitter: object): DescribedEmitter | undefined {
  const known = eventTypes.get(emitter)
  return known && { catalogue: known.model.name, eventType: describeEventType(known.model, known.event) }
}
