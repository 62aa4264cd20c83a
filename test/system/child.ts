// Programs as applications are: each in a process of its own, ESM or CommonJS, with nothing of the tests' environment in it.
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { launch, type Launched } from '@proprio/testing'

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

/** What it does not get of the tests' own environment. */
const withheld = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => /^(?:OTEL_|PROPRIO_|NODE_OPTIONS|NODE_V8|VITEST)/.test(name))
    .map((name) => [name, undefined]),
)

export const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))

/** Runs a program to its end. */
export function run(program: Program): Promise<Ran> {
  const { env, heard } = program
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, argumentsOf(program), {
      env: { ...process.env, ...withheld, ...env },
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

/** And what it has sent, as its environment tells it. */
export type Sent = Ran & Pick<Launched, 'telemetry' | 'rejected'>

/** Runs a program to its end, and receives what it sends. */
export async function runSending(program: Omit<Program, 'heard'>): Promise<Sent> {
  const { exitCode, signal, stdout, stderr, telemetry, rejected } = await launch(
    [process.execPath, ...argumentsOf(program)],
    { env: { ...withheld, ...program.env } },
  )
  const said = stdout.split('\n').filter(Boolean).map(parsed)
  return { code: exitCode, signal, said, stderr, telemetry, rejected }
}

type How = Omit<Program, 'file' | 'args'> & { readonly format?: 'mjs' | 'cjs' }
type Answering<Of> = Of & { readonly answer: Said }

/** Runs one of fixtures/scenarios.mjs, in ESM or CommonJS, and answers with what it said last. */
export const scenario = async (name: string, options: object = {}, how: How = {}): Promise<Answering<Ran>> =>
  answering(await run(programOf(name, options, how)))

/** The same, and what it has sent, as its environment tells it. */
export const sending = async (
  name: string,
  options: object = {},
  how: Omit<How, 'heard'> = {},
): Promise<Answering<Sent>> => answering(await runSending(programOf(name, options, how)))

const programOf = (name: string, options: object, { format = 'mjs', ...how }: How): Program => ({
  ...how,
  file: `main.${format}`,
  args: [name, options],
})

const argumentsOf = ({ file, args = [], node = ['--conditions=@proprio/source'] }: Program): string[] => [
  ...node,
  file.startsWith('/') ? file : fixture(file),
  ...args.map((arg) => JSON.stringify(arg)),
]

const answering = <Of extends Ran>(ran: Of): Answering<Of> => ({ ...ran, answer: ran.said.at(-1) ?? {} })

function parsed(line: string): Said {
  try {
    return JSON.parse(line) as Said
  } catch {
    return { line }
  }
}
