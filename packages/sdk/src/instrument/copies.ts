// Two copies of the OpenTelemetry API, or of ours, in one process: what one of them registers or emits the other may not
// see. CommonJS copies are in require.cache. ESM ones cannot be listed: known are ours, the one that the main script
// would get, and those that have asked our providers for something (api-users.ts).

import { readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface PackageCopy {
  readonly path: string
  readonly version: string
}

export interface DoubledPackage {
  readonly name: string
  readonly copies: readonly PackageCopy[]
  /** What to do about it. */
  readonly mend: string
}

const NAMES = ['@opentelemetry/api', '@proprio/api'] as const

const attempt = <Value>(work: () => Value): Value | undefined => {
  try {
    return work()
  } catch {
    return undefined
  }
}

const copyAround = (name: string, file: string): PackageCopy | undefined => {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const text = attempt(() => readFileSync(join(folder, 'package.json'), 'utf8'))
    if (text === undefined) continue
    const described: unknown = attempt(() => JSON.parse(text))
    if (typeof described !== 'object' || described === null || Reflect.get(described, 'name') !== name) continue
    return { path: folder, version: String(Reflect.get(described, 'version') ?? 'unknown') }
  }
  return undefined
}

const resolvedByUs = (name: string): string | undefined => attempt(() => fileURLToPath(import.meta.resolve(name)))

const resolvedByMain = (name: string): string | undefined => {
  const main = process.argv[1]
  return main === undefined ? undefined : attempt(() => createRequire(realpathSync(main)).resolve(name))
}

const copiesOf = (name: string, loaded: readonly string[]): readonly PackageCopy[] => {
  const folder = `${sep}${name.replaceAll('/', sep)}${sep}`
  const files = [resolvedByUs(name), resolvedByMain(name), ...loaded.filter((file) => file.includes(folder))]
  const copies = files.flatMap((file) => {
    const copy = file === undefined ? undefined : copyAround(name, attempt(() => realpathSync(file)) ?? file)
    return copy === undefined ? [] : [copy]
  })
  return [...new Map(copies.map((copy) => [copy.path, copy])).values()]
}

// The first copy that registers anything writes its version here; when it is not that of a copy we know, there is one
// more, whose place cannot be told.
const registeredCopy = (): PackageCopy | undefined => {
  const slot: unknown = Reflect.get(globalThis, Symbol.for('opentelemetry.js.api.1'))
  const version: unknown = typeof slot === 'object' && slot !== null ? Reflect.get(slot, 'version') : undefined
  return typeof version === 'string' ? { path: 'a place unknown, registered first', version } : undefined
}

/** Names the packages of which `loaded` (files) and the resolutions show more than one copy. */
export const findCopies = (loaded: readonly string[]): readonly DoubledPackage[] =>
  NAMES.flatMap((name) => {
    const copies = [...copiesOf(name, loaded)]
    const registered = name === '@opentelemetry/api' ? registeredCopy() : undefined
    if (registered !== undefined && !copies.some(({ version }) => version === registered.version))
      copies.push(registered)
    if (copies.length < 2) return []
    const mend = `keep one: \`npm ls ${name}\` shows who asks for each; then update, \`npm dedupe\`, or an \`overrides\` entry`
    return [{ name, copies, mend }]
  })
