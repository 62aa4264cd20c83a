// Contract stage: everything in which two descriptions of a catalogue differ, from the catalogue down to its metrics. Version and schema URL are no part of
// it: they change with every release, and nothing is asked for by them. In the file they are those of the time it was recorded.
import type { CatalogueDescription } from '@proprio/api'
import { compareAttributes } from './attributes.ts'
import { breaks, type ContractChange, foundAt } from './change.ts'
import { compareEventTypes } from './event-types.ts'
import { underName } from './under-name.ts'

/**
 * What has changed in a catalogue since its description was committed, and what of it is breaking: whatever a dashboard, an alert rule, a query, a test or a
 * caller may rely on. What is added breaks nothing, nor does the end of what the committed description calls deprecated. Order is no difference.
 */
export function compareContracts(
  committed: CatalogueDescription,
  now: CatalogueDescription,
): readonly ContractChange[] {
  const { context, eventTypes } = underName(committed.name, now)
  const changes = [
    ...compareNames(committed.name, now.name),
    ...compareAttributes('context', committed.context, context),
    ...compareEventTypes(committed.eventTypes, eventTypes),
  ]
  // Event types may share a metric: what is the matter with it is said once.
  return [...new Map(changes.map((change) => [JSON.stringify(change), change])).values()]
}

function compareNames(was: string, now: string): ContractChange[] {
  if (was === now) return []
  return foundAt('catalogue', [
    breaks(
      'renamed',
      `renamed from ${was} to ${now}, and with it every name on the wire that begins with ${was}`,
      `Call it ${was} again. Or is this the contract of another catalogue? Then give ${now} a file of its own.`,
    ),
  ])
}
