// Two seconds after the start: says aloud what is otherwise silence. Modules loaded before the instrumentation that
// wants them make no spans, and neither does an application whose copy of the API is not ours.

import { createRequire } from 'node:module'
import type { Instrumentation } from '@opentelemetry/instrumentation'
import { type DoubledPackage, findCopies } from './copies.ts'
import { type UnpatchedModule, findUnpatched } from './unpatched.ts'

export interface SelfCheckOptions {
  /** Instrumentations whose modules are looked for. Nested lists are taken too. */
  readonly instrumentations: readonly (Instrumentation | readonly Instrumentation[])[]
  /** Told once, and only when something was found. */
  readonly warn: (message: string) => void
  /** Files of modules that are loaded, besides those in `require.cache`: ESM ones that are known otherwise. */
  readonly alsoLoaded?: () => readonly string[]
  /** Milliseconds from the start to the check. Default 2,000. */
  readonly afterMs?: number
}

export interface SelfCheckResult {
  readonly unpatched: readonly UnpatchedModule[]
  readonly doubled: readonly DoubledPackage[]
}

export interface SelfCheck {
  /** What was found, for health; undefined before the check has run. */
  result(): SelfCheckResult | undefined
  /** Checks now instead of later; warns as the timer would have. */
  run(): SelfCheckResult
  stop(): void
}

const require = createRequire(import.meta.url)

const sentences = ({ unpatched, doubled }: SelfCheckResult): string[] => [
  ...unpatched.map(
    ({ module, instrumentation, reason }) =>
      `${module} ${reason === 'loaded-before' ? 'was loaded before' : 'was loaded past'} ${instrumentation}, and makes no telemetry`,
  ),
  ...doubled.map(
    ({ name, copies, mend }) =>
      `${name} is there ${copies.length} times (${copies.map(({ version, path }) => `${version} in ${path}`).join(', ')}): ${mend}`,
  ),
]

/** Begins the check. Call it before the instrumentations are enabled: what is loaded at that time was loaded too early. */
export const startSelfCheck = (options: SelfCheckOptions): SelfCheck => {
  const loadedBefore = new Set(Object.keys(require.cache))
  let found: SelfCheckResult | undefined
  const run = (): SelfCheckResult => {
    clearTimeout(timer)
    if (found !== undefined) return found
    const loaded = [...Object.keys(require.cache), ...(options.alsoLoaded?.() ?? [])]
    found = {
      unpatched: findUnpatched(options.instrumentations.flat(), loadedBefore, loaded),
      doubled: findCopies(loaded),
    }
    const told = sentences(found)
    if (told.length > 0) options.warn(told.join('. '))
    return found
  }
  const timer = setTimeout(run, options.afterMs ?? 2_000)
  timer.unref()
  return { result: () => found, run, stop: () => clearTimeout(timer) }
}
