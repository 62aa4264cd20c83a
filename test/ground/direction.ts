// Which package may import which: the table of the design as data, and what in a package breaks it.
import { isBuiltin } from 'node:module'
import { importsOf, packageOf } from './imports.ts'
import type { Import } from './imports.ts'
import { isTest } from './workspace.ts'
import type { Package, Source } from './workspace.ts'

export interface Direction {
  /** Packages of ours that it may import. */
  readonly ours: readonly string[]
  /** Packages of ours that it may import only by `import()`, so that nobody pays for them who does not ask. */
  readonly lazy?: readonly string[]
  /** Packages of ours of which it may import only types. */
  readonly types?: readonly string[]
  /** Packages of ours that its tests may import besides: no user gets those. Nobody declares them; the workspace has them linked. */
  readonly tests?: readonly string[]
  /** Foreign packages: a pattern, or only those that package.json calls an optional peer. */
  readonly foreign: RegExp | 'optional peers'
  /** It may import() what it made itself, under a name that only a run knows. */
  readonly computed?: true
}

const any = /./
const all = ['api', 'store', 'alerts', 'sdk', 'server', 'ui', 'testing', 'generate', 'integrations'].map(
  (name) => `@proprio/${name}`,
)

/** A framework that emits, and its tests. */
const example: Direction = { ours: ['@proprio/api'], tests: ['@proprio/testing'], foreign: any }

export const directions: Readonly<Record<string, Direction>> = {
  '@proprio/api': { ours: [], tests: ['@proprio/testing'], foreign: /^@opentelemetry\/api$/ },
  '@proprio/store': { ours: [], tests: ['@proprio/testing'], foreign: 'optional peers' },
  '@proprio/alerts': { ours: ['@proprio/store'], foreign: 'optional peers' },
  '@proprio/sdk': {
    ours: ['@proprio/api', '@proprio/store'],
    lazy: ['@proprio/alerts', '@proprio/server'],
    tests: ['@proprio/testing'],
    foreign: /^@opentelemetry\//,
  },
  '@proprio/server': { ours: ['@proprio/store'], foreign: any },
  '@proprio/ui': { ours: [], types: ['@proprio/server'], foreign: any },
  '@proprio/testing': { ours: ['@proprio/api', '@proprio/store', '@proprio/sdk'], foreign: any },
  '@proprio/example-queue': example,
  '@proprio/example-templates': example,
  '@proprio/generate': { ours: ['@proprio/api'], foreign: any },
  '@proprio/integrations': { ours: ['@proprio/api'], foreign: 'optional peers' },
  proprio: { ours: all, foreign: any },
  '@proprio/demo': { ours: [...all, 'proprio'], foreign: any, computed: true },
}

const isOurs = (name: string): boolean => name === 'proprio' || name.startsWith('@proprio/')

const mayImport = (rule: Direction, name: string, how: Import['how']): boolean =>
  rule.ours.includes(name) ||
  (how === 'lazy' && rule.lazy?.includes(name) === true) ||
  (how === 'type' && [...(rule.types ?? []), ...(rule.lazy ?? [])].includes(name))

const isOptionalPeer = ({ manifest }: Package, name: string): boolean =>
  name in (manifest.peerDependencies ?? {}) && manifest.peerDependenciesMeta?.[name]?.optional === true

const foreignAllowed = (of: Package, rule: Direction, name: string): boolean =>
  rule.foreign === 'optional peers' ? isOptionalPeer(of, name) : rule.foreign.test(name)

// What is there for a user of the package, and for its tests besides: their own and the root's devDependencies, and the workspace.
const declared = ({ manifest }: Package, forTests: readonly string[] | false): readonly string[] => [
  manifest.name,
  ...Object.keys(manifest.dependencies ?? {}),
  ...Object.keys(manifest.peerDependencies ?? {}),
  ...Object.keys(manifest.optionalDependencies ?? {}),
  ...(forTests ? [...Object.keys(manifest.devDependencies ?? {}), ...forTests] : []),
]

const importProblems = (of: Package, rule: Direction, source: Source, rootOnes: readonly string[]): string[] => {
  const test = isTest(source.path)
  const ours = test ? (rule.tests ?? []) : []
  const known = declared(of, test && [...rootOnes, ...ours])
  return importsOf(source.path, source.text).flatMap(({ specifier, how, line }) => {
    const where = `${source.path}:${line}`
    if (specifier === undefined) return test || rule.computed ? [] : [`${where}: a computed import() cannot be checked`]
    const name = packageOf(specifier)
    if (name.startsWith('.') || isBuiltin(name) || name === 'node:' || name === of.manifest.name) return []
    if (isOurs(name) && !mayImport(rule, name, how) && !ours.includes(name))
      return [`${where}: ${of.manifest.name} may not import ${name} (${how})`]
    if (!isOurs(name) && !test && !foreignAllowed(of, rule, name))
      return [`${where}: ${of.manifest.name} may not import ${name}`]
    return known.includes(name) ? [] : [`${where}: ${name} is not in ${of.folder}/package.json`]
  })
}

const manifestProblems = (of: Package, rule: Direction): string[] => {
  const { dependencies = {}, peerDependencies = {}, optionalDependencies = {} } = of.manifest
  const where = `${of.folder}/package.json`
  const used = new Set(
    of.sources.flatMap(({ path, text }) =>
      isTest(path) ? [] : importsOf(path, text).map(({ specifier = '.' }) => packageOf(specifier)),
    ),
  )
  return Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies }).flatMap((name) => {
    const allowed = isOurs(name)
      ? [...rule.ours, ...(rule.lazy ?? []), ...(rule.types ?? [])].includes(name)
      : foreignAllowed(of, rule, name)
    if (!allowed) return [`${where}: ${of.manifest.name} may not depend on ${name}`]
    // Nobody installs a private package; it may bring what another tool of its own wants beside it.
    return used.has(name) || name in peerDependencies || of.manifest.private
      ? []
      : [`${where}: nothing imports ${name}`]
  })
}

/** @param rootOnes what tests may import besides what their package declares: the root's devDependencies. */
export const directionProblems = (packages: readonly Package[], rootOnes: readonly string[]): string[] =>
  packages.flatMap((of) => {
    const rule = directions[of.manifest.name]
    if (!rule) return [`${of.folder}: ${of.manifest.name} is not in the table of directions`]
    return [
      ...of.sources.flatMap((source) => importProblems(of, rule, source, rootOnes)),
      ...manifestProblems(of, rule),
    ]
  })
