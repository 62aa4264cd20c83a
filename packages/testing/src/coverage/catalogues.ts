// Coverage stage: the catalogues of this process, as far as coverage goes, and where each was made: a framework that the project only uses has one too.
import { fileURLToPath } from 'node:url'
import type { CatalogueDescription, EventTypeDescription } from '@proprio/api'
import { onCatalogue } from '@proprio/api/runtime'
import { scopeKey } from './scope.ts'

export interface KnownCatalogue {
  readonly name: string
  readonly version: string
  /** The file that has called `catalogue()`; undefined where that was before this module was loaded. */
  readonly madeIn?: string
  /** Without those that are deprecated. */
  readonly eventTypes: readonly KnownEventType[]
}

export interface KnownEventType {
  readonly type: string
  readonly kind: EventTypeDescription['kind']
  /** A measure's, which is all that is emitted of it. */
  readonly metric?: string
}

/** Those of this process by scope, with those that it makes later. */
export const knownCatalogues: KnownCatalogues = heard()

export type KnownCatalogues = Readonly<Record<string, KnownCatalogue>>

function heard(): KnownCatalogues {
  const known: Record<string, KnownCatalogue> = {}
  onCatalogue((description) => {
    known[scopeKey(description)] = knownOf(description, makerOf())
  })
  return known
}

const knownOf = ({ name, version, eventTypes }: CatalogueDescription, madeIn: string | undefined): KnownCatalogue => ({
  name,
  version,
  ...(madeIn !== undefined && { madeIn }),
  eventTypes: eventTypes.filter(({ deprecated }) => !deprecated).map(eventType),
})

function eventType({ type, kind, metrics }: EventTypeDescription): KnownEventType {
  const metric = kind === 'operation' || kind === 'occurrence' ? undefined : metrics[0]?.name
  return { type, kind, ...(metric !== undefined && { metric }) }
}

/** The file that calls `catalogue()`, also that of another copy of our API. */
function makerOf(): string | undefined {
  const sites = callSites()
  const call = sites.findIndex((site) => site.getFunctionName() === 'catalogue')
  const file = call === -1 ? undefined : sites[call + 1]?.getFileName()
  return file?.startsWith('file:') ? fileURLToPath(file) : (file ?? undefined)
}

// Not the text of a stack: a test runner decodes source maps for it, which takes longer than a hundred tests.
function callSites(): readonly NodeJS.CallSite[] {
  const { prepareStackTrace } = Error
  try {
    Error.prepareStackTrace = (_, sites) => sites
    const stack: unknown = new Error().stack
    return Array.isArray(stack) ? stack : []
  } finally {
    Error.prepareStackTrace = prepareStackTrace
  }
}
