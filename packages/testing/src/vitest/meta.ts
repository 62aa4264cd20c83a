// vitest: what a worker tells the main process of a test, for the reporters there: which event types it has emitted, and of one that failed its traces.
import { emittedBy, type EmittedType } from '../coverage/emitted.ts'
import { knownCatalogues } from '../expectations/catalogues.ts'
import type { Recording } from '../recorder/index.ts'
import { treeText } from '../telemetry/index.ts'

/** Of a test. */
export interface TestMeta {
  emitted?: readonly EmittedType[]
  trace?: string
}

/** Of a file: the catalogues that its process knows. */
export interface FileMeta {
  catalogues?: readonly CatalogueTypes[]
}

export interface CatalogueTypes {
  readonly name: string
  readonly version: string
  /** Types, and whether they can fail. */
  readonly types: readonly { readonly type: string; readonly kind: string }[]
}

declare module 'vitest' {
  interface TaskMeta {
    proprio?: TestMeta & FileMeta
  }
}

interface Noted {
  readonly meta: { proprio?: TestMeta & FileMeta }
}

export function noteTest({ meta }: Noted, recording: Recording, failed: boolean): void {
  const emitted = emittedBy(recording)
  const trace = failed ? treeText(recording) : meta.proprio?.trace
  if (emitted.length === 0 && !trace) return
  meta.proprio = { ...meta.proprio, emitted, ...(trace && { trace }) }
}

export function noteCatalogues({ meta }: Noted): void {
  const known = knownCatalogues()
  if (known.length === (meta.proprio?.catalogues?.length ?? 0)) return
  meta.proprio = {
    ...meta.proprio,
    catalogues: known.map(({ name, version, eventTypes }) => ({
      name,
      version,
      types: eventTypes.map(({ type, kind }) => ({ type, kind })),
    })),
  }
}
