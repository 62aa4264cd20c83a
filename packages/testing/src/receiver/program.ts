// Launch stage: one program run to its end. It and what it starts are a process group of their own, so that when its time is over all of it ends and
// nothing else does.
import { type ChildProcessWithoutNullStreams as Child, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'

/** A program and its arguments; or a line for the shell (`sh`, on Windows `cmd.exe`), with all that a shell does with it. */
export type Command = string | readonly string[]

export interface ProgramOptions {
  /** Default that of this process. */
  readonly cwd?: string
  /** Comes on top of the environment of this process; undefined takes a variable out. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** What it reads from its standard input. Default nothing. */
  readonly input?: string
  /** How long it may run. Default 30,000. */
  readonly timeoutMs?: number
  /** How long it may take to end by SIGTERM when that is over, before SIGKILL. Default 2,000. */
  readonly killAfterMs?: number
}

export interface Ran {
  /** Null when a signal ended it. */
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  /** The last 16 million characters, as `stderr`. */
  readonly stdout: string
  readonly stderr: string
  /** Whether it had to be ended. */
  readonly late: boolean
}

export const PROGRAM_DEFAULTS = { timeoutMs: 30_000, killAfterMs: 2_000 } as const

// A process that has left the group may hold the output open for ever.
const AFTER_KILL_MS = 500
const LONGEST_TIMER_MS = 2 ** 31 - 1
const OUTPUT_LIMIT = 16_000_000
// Windows has no process groups.
const grouped = process.platform !== 'win32'

/** Resolves when it has ended and its output is closed, or it has been ended. Rejects when it cannot be started. */
export async function run(command: Command, options: ProgramOptions): Promise<Ran> {
  const { timeoutMs = PROGRAM_DEFAULTS.timeoutMs, killAfterMs = PROGRAM_DEFAULTS.killAfterMs } = options
  const child = start(command, options)
  const closed = new Promise<void>((resolve, reject) => {
    child.on('error', (error) => reject(notStarted(command, options, error))).on('close', () => resolve())
  })
  const stdout = textOf(child.stdout)
  const stderr = textOf(child.stderr)
  // A program that does not read it all closes the pipe.
  child.stdin.on('error', () => undefined).end(options.input)
  endWithUs(child, closed)
  const late = !(await within(closed, timeoutMs))
  if (late) await end(child, closed, killAfterMs)
  return { exitCode: child.exitCode, signal: child.signalCode, stdout: stdout(), stderr: stderr(), late }
}

function start(command: Command, { cwd, env }: ProgramOptions): Child {
  const [file = '', ...args] = typeof command === 'string' ? [command] : command
  if (file === '') throw new TypeError('launch: there is no command')
  return spawn(file, args, {
    cwd,
    env,
    shell: typeof command === 'string',
    detached: grouped,
    windowsHide: true,
  })
}

function notStarted(command: Command, { cwd }: ProgramOptions, cause: NodeJS.ErrnoException): Error {
  const [file] = typeof command === 'string' ? ['the shell'] : command
  const why =
    cwd !== undefined && !existsSync(cwd)
      ? `there is no folder ${cwd}`
      : ({ ENOENT: 'there is no such program', EACCES: 'it may not be executed' }[cause.code ?? ''] ?? cause.message)
  return new Error(`launch: ${file} cannot be started: ${why}`, { cause })
}

function textOf(stream: Readable): () => string {
  let text = ''
  stream.setEncoding('utf8').on('data', (more: string) => {
    text += more
    // Seldom, since it copies.
    if (text.length > 2 * OUTPUT_LIMIT) text = text.slice(-OUTPUT_LIMIT)
  })
  return () => text.slice(-OUTPUT_LIMIT)
}

async function end(child: Child, closed: Promise<void>, killAfterMs: number): Promise<void> {
  kill(child, 'SIGTERM')
  if (await within(closed, killAfterMs)) return
  kill(child, 'SIGKILL')
  if (await within(closed, AFTER_KILL_MS)) return
  child.stdout.destroy()
  child.stderr.destroy()
}

function kill(child: Child, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    if (grouped) process.kill(-child.pid, signal)
    else child.kill(signal)
  } catch {
    // It has ended by itself.
  }
}

const running = new Set<Child>()
const endAll = (): void => {
  for (const child of running) kill(child, 'SIGKILL')
}

/** In a group of its own a program does not see the Ctrl-C that ends the tests. */
function endWithUs(child: Child, closed: Promise<void>): void {
  if (running.size === 0) process.on('exit', endAll)
  running.add(child)
  const gone = (): void => {
    running.delete(child)
    if (running.size === 0) process.off('exit', endAll)
  }
  closed.then(gone, gone)
}

// By Node's own module: a test may have replaced the global timers by others that stand still.
async function within(settled: Promise<void>, ms: number): Promise<boolean> {
  const timer = new AbortController()
  const over = delay(Math.min(ms, LONGEST_TIMER_MS), false, { signal: timer.signal })
  return Promise.race([settled.then(() => true), over]).finally(() => timer.abort())
}
