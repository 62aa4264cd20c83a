// Target stage: what catalogues describe.
import { type CatalogueDescription, describe } from '@proprio/api'
import { onCatalogue } from '@proprio/api/runtime'
import { Mistake } from './mistake.ts'
import { shown } from './shown.ts'

/** Those that the process has made so far. */
export function knownCatalogues(): readonly CatalogueDescription[] {
  const known: CatalogueDescription[] = []
  onCatalogue((description) => known.push(description))()
  return known
}

/** @throws Mistake for what is no catalogue */
export function describedCatalogue(catalogue: unknown): CatalogueDescription {
  try {
    return describe(catalogue as object)
  } catch {
    const names = knownCatalogues().map(({ name }) => name)
    throw new Mistake(
      `${shown(catalogue)} is no catalogue. Give what catalogue() has returned. ${
        names.length === 0 ? 'This process has made none' : `This process has made ${names.join(', ')}`
      }`,
    )
  }
}
