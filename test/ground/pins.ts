// One matching set of OpenTelemetry: the versions of the design as data, and what in the manifests or in the lock breaks them.
// (3.1.1 beside 0.301.0 installs two copies, of which each sees only its own spans.)
import type { Manifest } from './workspace.ts'

export interface Lock {
  readonly packages: Readonly<
    Record<
      string,
      {
        readonly version?: string
        readonly resolved?: string
        readonly integrity?: string
        readonly link?: boolean
        readonly inBundle?: boolean
        readonly optionalDependencies?: Readonly<Record<string, string>>
      }
    >
  >
}

const of2x = new Set(['@opentelemetry/api-logs', '@opentelemetry/sdk-trace-base', '@opentelemetry/sdk-trace-node'])
const stable = /^(sdk-(trace|metrics|logs)|core|resources|context-async-hooks|propagator-.*|exporter-zipkin)$/

/** The version that a package of OpenTelemetry must have here; everything unstable is released together. */
export const pinOf = (name: string): string => {
  const own = name.replace('@opentelemetry/', '')
  if (own === 'api') return '1.10.0'
  if (own === 'semantic-conventions') return '1.45.0'
  return stable.test(own) ? '3.1.0' : '0.301.0'
}

const isOpenTelemetry = (name: string): boolean => name.startsWith('@opentelemetry/')

/** Exact pins everywhere; the API of a published package is a peer, as wide as it is tested. */
export const manifestPins = (
  path: string,
  { dependencies = {}, devDependencies = {}, peerDependencies = {} }: Manifest,
): string[] => [
  ...Object.entries({ ...dependencies, ...devDependencies }).flatMap(([name, version]) => {
    if (of2x.has(name)) return [`${path}: ${name} belongs to OpenTelemetry 2.x`]
    if (isOpenTelemetry(name) && version !== pinOf(name)) return [`${path}: ${name} ${version}, not ${pinOf(name)}`]
    return /^(npm:[\w@/.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)
      ? []
      : [`${path}: ${name} ${version} is no exact version`]
  }),
  ...('@opentelemetry/api' in dependencies ? [`${path}: @opentelemetry/api is a peer, not a dependency`] : []),
  ...Object.entries(peerDependencies).flatMap(([name, range]) =>
    isOpenTelemetry(name) && !/^\^1\.(9|10)\.0$/.test(range) ? [`${path}: peer ${name} ${range}`] : [],
  ),
]

const nameAt = (place: string): string => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** @param places where packages lie, `node_modules/a/node_modules/b`, and their versions. */
export const copyProblems = (places: Readonly<Record<string, string>>): string[] => {
  const mine = Object.entries(places).filter(([place]) => isOpenTelemetry(nameAt(place)))
  return mine.flatMap(([place, version]) => {
    const name = nameAt(place)
    if (of2x.has(name)) return [`${place} belongs to OpenTelemetry 2.x`]
    if (place !== `node_modules/${name}`) return [`${place} is a second copy`]
    return version === pinOf(name) ? [] : [`${place} is ${version}, not ${pinOf(name)}`]
  })
}

/** A lock for every machine: no download addresses but a hash of everything, and every platform's binary package named. */
export const lockProblems = ({ packages }: Lock): string[] => {
  const names = new Set(Object.keys(packages).map(nameAt))
  return Object.entries(packages).flatMap(
    ([place, { resolved, integrity, link, inBundle, optionalDependencies = {} }]) => [
      ...(resolved !== undefined && !link ? [`${place}: resolved ${resolved}`] : []),
      ...(place.includes('node_modules/') && !link && !inBundle && integrity === undefined
        ? [`${place}: no integrity`]
        : []),
      ...Object.keys(optionalDependencies).flatMap((name) => (names.has(name) ? [] : [`${place}: ${name} is missing`])),
    ],
  )
}
