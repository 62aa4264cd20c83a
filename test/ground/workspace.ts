// What the ground's checks look at: the packages of the workspace with their sources, the suites in test/, and every
// tracked file. The checks themselves take plain values, so that a test can hand them a wrong one and see them fail.
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Manifest {
  readonly name: string
  readonly version?: string
  readonly private?: boolean
  readonly type?: string
  readonly license?: string
  readonly description?: string
  readonly sideEffects?: boolean | readonly string[]
  readonly files?: readonly string[]
  readonly engines?: Readonly<Record<string, string>>
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

export interface Source {
  /** From the root, with forward slashes. */
  readonly path: string
  readonly text: string
}

export interface Package {
  /** From the root: `packages/api`. */
  readonly folder: string
  readonly manifest: Manifest
  readonly sources: readonly Source[]
}

export const root = realpathSync(fileURLToPath(new URL('../..', import.meta.url)))

const slashes = (path: string): string => path.split(sep).join('/')

const read = (path: string): Source => ({ path: slashes(path), text: readFileSync(join(root, path), 'utf8') })

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest

// The examples of a package are packages of their own.
const sourcesBelow = (folder: string): Source[] =>
  globSync(`${folder}/**/*.{ts,mts,cts,js,mjs,cjs}`, {
    cwd: root,
    exclude: ['**/node_modules', '**/dist', `${folder}/examples`],
  })
    .toSorted()
    .map(read)

export const rootManifest: Manifest = manifestOf('.')

export const packages: readonly Package[] = globSync('packages/{*,*/examples/*}/package.json', { cwd: root })
  .map((path) => slashes(dirname(path)))
  .toSorted()
  .map((folder) => ({ folder, manifest: manifestOf(folder), sources: sourcesBelow(folder) }))

/** The suites in test/: no package, no tsconfig reference, may use every package by its public door. */
export const suites: readonly Source[] = sourcesBelow('test')

/** Every file that git tracks and that is there, with its text; files with a NUL byte are not text. */
export const tracked = (): readonly Source[] =>
  execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 })
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(root, path)))
    .map(read)
    .filter(({ text }) => !text.includes('\0'))

/** Files that a user of the package never gets: tests, their set-up and fixtures, and typed sketches. */
export const isTest = (path: string): boolean =>
  /\.test\.ts$|\/vitest\.config\.ts$|\/fixtures\/|\/call-site\//.test(path)
