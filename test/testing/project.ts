// A project that has installed the packed packages, beside one major of vitest: its own node_modules outside the repository, in which there is what our
// package.json files declare and nothing else, and a suite that its vitest runs and its compiler compiles.
import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { pack, type Tarball } from '../ground/tarball.ts'
import { root } from '../ground/workspace.ts'

const run = promisify(execFile)
const suite = fileURLToPath(new URL('suite', import.meta.url))

/** What vitest is told, as in its configuration file's `test`. */
export type Options = Readonly<Record<string, unknown>>

export interface Told {
  /** By file: how many tests came to which state. */
  readonly states: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** What failed and why; a file that does not load too. */
  readonly failures: readonly string[]
}

export interface Project {
  /** The text of one of its files; empty where it is not there. */
  reads(path: string): string
  /** Runs vitest, and tells what came of it. */
  tells(options: Options): Promise<Told>
  /** Runs vitest, and answers with what it printed. */
  prints(options: Options): Promise<string>
  /** What the compiler says of one file, declarations of libraries included; empty when it is content. */
  compiles(file: string): Promise<string>
  remove(): void
}

/** What a project installs that installs @proprio/testing. */
export async function packed(): Promise<readonly Tarball[]> {
  const into = mkdtempSync(join(tmpdir(), 'proprio-packed-'))
  try {
    return await Promise.all(['api', 'store', 'sdk', 'testing'].map((name) => pack(join(root, 'packages', name), into)))
  } finally {
    rmSync(into, { recursive: true })
  }
}

export interface Vitest {
  /** The folder where it is installed. */
  readonly folder: string
  /** By which entry of @proprio/testing its users come. */
  readonly entry: string
}

export function installed(tarballs: readonly Tarball[], vitest: Vitest): Project {
  const folder = mkdtempSync(join(tmpdir(), 'proprio-testing-'))
  const path = (...names: readonly string[]): string => join(folder, ...names)
  install(path('node_modules'), tarballs, vitest)
  write(path('package.json'), JSON.stringify({ private: true, type: 'module' }))
  cpSync(suite, path('suite'), { recursive: true })

  const runVitest = (options: Options, args: readonly string[]): Promise<string> => {
    write(path('vitest.config.mjs'), `export default ${JSON.stringify({ test: { testTimeout: 20_000, ...options } })}`)
    // A vitest inside a vitest: nothing of the outer one's, and of no build server's either, where snapshots are not written.
    const env = { PATH: process.env['PATH'], NO_COLOR: '1' }
    const program = path('node_modules/vitest/vitest.mjs')
    return printed(run(process.execPath, [program, 'run', ...args], { cwd: folder, env }))
  }

  return {
    reads: (name) => (existsSync(path(name)) ? readFileSync(path(name), 'utf8') : ''),
    async tells(options) {
      rmSync(path('told.json'), { force: true })
      const said = await runVitest(options, ['--reporter=json', '--outputFile=told.json'])
      try {
        return toldOf(JSON.parse(readFileSync(path('told.json'), 'utf8')) as Results, path('suite'))
      } catch (error) {
        throw new Error(said, { cause: error })
      }
    },
    prints: (options) => runVitest(options, []),
    compiles(file) {
      const text = readFileSync(join(suite, '..', file), 'utf8')
      write(path(file), text.replaceAll(`'@proprio/testing/vitest'`, `'${vitest.entry}'`))
      write(path('tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }))
      return printed(run(join(root, 'node_modules/.bin/tsc'), ['-p', folder]))
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}

const compilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  target: 'es2024',
  lib: ['esnext', 'dom'],
  module: 'nodenext',
  types: ['node'],
  skipLibCheck: false,
  noEmit: true,
}

function install(nodeModules: string, tarballs: readonly Tarball[], vitest: Vitest): void {
  const declared = new Set(['@types/node'])
  for (const { manifest, files } of tarballs) {
    for (const [path, text] of files) write(join(nodeModules, manifest.name, path), text)
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) declared.add(name)
  }
  for (const name of declared) {
    if (name.startsWith('@proprio/')) continue
    const link = join(nodeModules, name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(root, name === 'vitest' ? vitest.folder : `node_modules/${name}`), link, 'junction')
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

interface Output {
  readonly stdout: string
  readonly stderr: string
}

// Also of a program that fails, as some are meant to.
const printed = (running: Promise<Output>): Promise<string> =>
  running.catch((failed: Output) => failed).then(({ stdout, stderr }) => stdout + stderr)

/** What vitest's JSON reporter writes, as far as it is read here. */
interface Results {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages?: readonly string[]
    }[]
  }[]
}

function toldOf({ testResults }: Results, folder: string): Told {
  const states = testResults.map(({ name, assertionResults }) => {
    const counts: Record<string, number> = {}
    for (const { status } of assertionResults) counts[status] = (counts[status] ?? 0) + 1
    return [relative(folder, name), counts] as const
  })
  const failures = testResults.flatMap(({ name, status, message, assertionResults }) => [
    ...(status === 'failed' && message ? [`${name}: ${message}`] : []),
    ...assertionResults.flatMap(({ fullName, status: state, failureMessages = [] }) =>
      state === 'failed' ? [`${fullName}: ${failureMessages.join('\n')}`] : [],
    ),
  ])
  return { states: Object.fromEntries(states), failures }
}
