// Contract stage: a catalogue's description as it would be under another name, so that a new name of the catalogue is one change, and not one more for each
// name on the wire that begins with it.
import type { AttributeDescription, CatalogueDescription } from '@proprio/api'

export function underName(name: string, of: CatalogueDescription): CatalogueDescription {
  if (name === of.name) return of
  const rename = <One extends { readonly name: string }>(one: One): One =>
    one.name.startsWith(`${of.name}.`) ? { ...one, name: name + one.name.slice(of.name.length) } : one
  const renameAll = (attributes: readonly AttributeDescription[]) => attributes.map(rename)
  return {
    ...of,
    name,
    context: renameAll(of.context),
    eventTypes: of.eventTypes.map((event) => ({
      ...rename(event),
      attributes: renameAll(event.attributes),
      metrics: event.metrics.map(rename),
    })),
  }
}
