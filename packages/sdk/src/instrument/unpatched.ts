// Which modules an instrumentation wanted and did not get: loaded before it was switched on, or by a way that its hooks
// do not see (an ESM import without a loader hook).

import { isBuiltin } from 'node:module'
import { sep } from 'node:path'
import type { Instrumentation, InstrumentationModuleDefinition } from '@opentelemetry/instrumentation'

export interface UnpatchedModule {
  /** Name of the package. */
  readonly module: string
  readonly instrumentation: string
  /** One of its files that is loaded. */
  readonly path: string
  readonly reason: 'loaded-before' | 'loaded-past-the-hook'
}

// The definitions that the hooks write to are in a private field, and the public method makes new ones. Where the field
// is not there, only what was loaded before is known.
const definitionsOf = (instrumentation: Instrumentation): readonly InstrumentationModuleDefinition[] | undefined => {
  const definitions: unknown = Reflect.get(instrumentation, '_modules')
  return Array.isArray(definitions) ? definitions : undefined
}

const freshDefinitions = (instrumentation: Instrumentation): readonly InstrumentationModuleDefinition[] => {
  const method: unknown = Reflect.get(instrumentation, 'getModuleDefinitions')
  const definitions: unknown = typeof method === 'function' ? method.call(instrumentation) : []
  return Array.isArray(definitions) ? definitions : []
}

/** Names of the modules that an instrumentation wants to patch. */
export const wantedBy = (instrumentation: Instrumentation): readonly string[] =>
  (definitionsOf(instrumentation) ?? freshDefinitions(instrumentation)).map(({ name }) => name)

// The hook has met the module, whether or not its version was one to patch.
const isMet = ({ moduleExports, moduleVersion, files = [] }: InstrumentationModuleDefinition): boolean =>
  moduleExports !== undefined || moduleVersion !== undefined || files.some((file) => file.moduleExports !== undefined)

const unpatchedOf = (
  instrumentation: Instrumentation,
  before: ReadonlySet<string>,
  loaded: readonly string[],
): UnpatchedModule[] => {
  const known = definitionsOf(instrumentation)
  return (known ?? freshDefinitions(instrumentation)).flatMap((definition) => {
    if (isBuiltin(definition.name) || isMet(definition)) return []
    const folder = `${sep}node_modules${sep}${definition.name.replaceAll('/', sep)}${sep}`
    const files = loaded.filter((file) => file.includes(folder))
    const early = files.find((file) => before.has(file))
    const path = early ?? (known === undefined ? undefined : files[0])
    if (path === undefined) return []
    const reason = early === undefined ? 'loaded-past-the-hook' : 'loaded-before'
    return [{ module: definition.name, instrumentation: instrumentation.instrumentationName, path, reason } as const]
  })
}

/** Names the modules among `loaded` (files) that their instrumentation never met. Each once, whatever instrumentations do. */
export const findUnpatched = (
  instrumentations: readonly Instrumentation[],
  before: ReadonlySet<string>,
  loaded: readonly string[],
): readonly UnpatchedModule[] => {
  const found = instrumentations.flatMap((instrumentation) => {
    try {
      return unpatchedOf(instrumentation, before, loaded)
    } catch {
      return []
    }
  })
  return [
    ...new Map(found.map((unpatched) => [`${unpatched.module} ${unpatched.instrumentation}`, unpatched])).values(),
  ]
}
