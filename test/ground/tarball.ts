// What a user gets: a package as npm packs it, judged by publint, by attw, and by rules of our own.
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { promisify } from 'node:util'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { problemAffectsResolutionKind } from '@arethetypeswrong/core/problems'
import type { Package as Unpacked } from '@arethetypeswrong/core'
import { publint } from 'publint'
import type { Manifest } from './workspace.ts'

export interface Tarball {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly manifest: Manifest
  /** Paths from the package's folder, and their text. */
  readonly files: ReadonlyMap<string, string>
}

const run = promisify(execFile)

const unpack = (unpacked: Unpacked): ReadonlyMap<string, string> => {
  const folder = `/node_modules/${unpacked.packageName}/`
  return new Map(unpacked.listFiles().map((path) => [path.replace(folder, ''), unpacked.readFile(path)]))
}

/** @param folder of the package, built. @param into where the tarball is left. */
export const pack = async (folder: string, into: string): Promise<Tarball> => {
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', into], {
    cwd: folder,
  })
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }]
  const bytes = new Uint8Array(await readFile(join(into, filename)))
  const files = unpack(createPackageFromTarballData(bytes))
  return { bytes, files, manifest: JSON.parse(files.get('package.json') ?? '{}') as Manifest }
}

export const publintProblems = async ({ bytes, manifest }: Tarball): Promise<string[]> => {
  const { messages } = await publint({ pack: { tarball: bytes.buffer }, strict: true })
  return messages.map(
    ({ code, path, args }) => `${manifest.name}: ${code} at ${path.join('.')} ${JSON.stringify(args)}`,
  )
}

/** Consumers that are ES modules, and bundlers; `require(esm)` is what the fixtures prove by running it. */
export const attwProblems = async ({ bytes, manifest }: Tarball): Promise<string[]> => {
  const analysis = await checkPackage(createPackageFromTarballData(bytes), { excludeEntrypoints: [/\.json$/] })
  if (!analysis.types) return [`${manifest.name}: no types`]
  return analysis.problems
    .filter((problem) =>
      (['node16-esm', 'bundler'] as const).some((kind) => problemAffectsResolutionKind(problem, kind, analysis)),
    )
    .map((problem) => `${manifest.name}: ${JSON.stringify(problem)}`)
}

const fields = (manifest: Manifest): string[] => {
  const { license, engines, type, files, sideEffects, description, exports = {} } = manifest
  const doors = Object.entries(exports).filter(([door]) => !door.endsWith('.json'))
  return [
    ...(license === 'Apache-2.0' ? [] : ['license is Apache-2.0']),
    ...(engines?.['node'] === '>=22.15.0' ? [] : ['engines.node is >=22.15.0']),
    ...(type === 'module' ? [] : ['type is module']),
    ...(files?.length ? [] : ['files lists what is published']),
    ...(sideEffects === undefined ? ['sideEffects is said'] : []),
    ...(description ? [] : ['description is said']),
    ...('./package.json' in exports ? [] : ['exports has ./package.json']),
    ...('.' in exports ? [] : ['exports has .']),
    ...doors.flatMap(([door, to]) =>
      typeof to === 'object' && Object.keys(to).join() === '@proprio/source,types,default'
        ? []
        : [`exports ${door} is { @proprio/source, types, default }, in this order`],
    ),
  ]
}

const targets = (to: string | Readonly<Record<string, string>>): readonly string[] =>
  typeof to === 'string' ? [to] : Object.values(to)

const isThere = (files: Tarball['files'], target: string): boolean => {
  const [before = '', after] = target.slice(2).split('*')
  return after === undefined
    ? files.has(before)
    : files.keys().some((path) => path.startsWith(before) && path.endsWith(after))
}

// A map is right when every source it names lies in the tarball; a built file whose source is gone is a left-over.
const mapped = (files: Tarball['files']): string[] =>
  [...files].flatMap(([path, text]) => {
    if (!path.endsWith('.map')) return []
    const map = JSON.parse(text) as { sources: string[]; sourceRoot?: string; sourcesContent?: (string | null)[] }
    const { sources, sourceRoot = '', sourcesContent = [] } = map
    return sources
      .filter((_, index) => typeof sourcesContent[index] !== 'string')
      .map((source) => posix.join(posix.dirname(path), sourceRoot, source))
      .flatMap((source) =>
        files.has(source) ? [] : [`${path} points at ${source}, which is neither there nor in the map: npm run clean`],
      )
  })

const missingMap = (files: Tarball['files']): string[] =>
  [...files.keys()].flatMap((path) =>
    /^dist\/.*\.js$/.test(path) && !files.has(`${path}.map`) ? [`${path} has no source map`] : [],
  )

/** What publint and attw do not ask: our fields, a README, no tests, every door there, maps that lead somewhere. */
export const tarballProblems = ({ manifest, files }: Tarball): string[] =>
  [
    ...fields(manifest),
    ...(files.has('README.md') ? [] : ['README.md is there']),
    ...[...files.keys()]
      .filter((path) => /\.test\.|\/fixtures\/|tsbuildinfo/.test(path))
      .map((path) => `${path} stays at home`),
    ...Object.values(manifest.exports ?? {})
      .flatMap(targets)
      .filter((target) => !isThere(files, target))
      .map((target) => `exports ${target}, which is not there`),
    ...mapped(files),
    ...missingMap(files),
  ].map((problem) => `${manifest.name}: ${problem}`)
