// Programs as applications are: each in a process of its own, ESM or CommonJS, with nothing of the tests' environment in it.
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface Ran {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** What it said by `say()`, each line as JSON. */
  readonly said: readonly Said[]
  readonly stderr: string
}

export type Said = Readonly<Record<string, unknown>>

export interface Program {
  /** In fixtures/, or a whole path. */
  readonly file: string
  readonly args?: readonly unknown[]
  readonly env?: Readonly<Record<string, string>>
  /** Node's own arguments; default: our packages from their source. */
  readonly node?: readonly string[]
  /** Called with each line that is said. */
  heard?(said: Said, child: ChildProcess): void
}

const inherited = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(?:OTEL_|PROPRIO_|NODE_OPTIONS|NODE_V8|VITEST)/.test(name)),
)

export const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))

/** Runs a program to its end. */
export function run({
  file,
  args = [],
  env = {},
  node = ['--conditions=@proprio/source'],
  heard,
}: Program): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const path = file.startsWith('/') ? file : fixture(file)
    const child = spawn(process.execPath, [...node, path, ...args.map((arg) => JSON.stringify(arg))], {
      env: { ...inherited, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const said: Said[] = []
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (stdout + text).split('\n')
      stdout = lines.pop() ?? ''
      for (const line of lines) {
        const one = parsed(line)
        said.push(one)
        heard?.(one, child)
      }
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, said, stderr }))
  })
}

/** Runs one of fixtures/scenarios.mjs, in ESM or CommonJS, and answers with what it said last. */
export async function scenario(
  name: string,
  options: object = {},
  how: Omit<Program, 'file' | 'args'> & { readonly format?: 'mjs' | 'cjs' } = {},
): Promise<Ran & { readonly answer: Said }> {
  const ran = await run({ ...how, file: `main.${how.format ?? 'mjs'}`, args: [name, options] })
  return { ...ran, answer: ran.said.at(-1) ?? {} }
}

function parsed(line: string): Said {
  try {
    return JSON.parse(line) as Said
  } catch {
    return { line }
  }
}
