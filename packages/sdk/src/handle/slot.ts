// The one place of this package where state lives: what register() has registered, shared by all copies of it in the process.
import { isProcessors, type ProcessorOptions } from '../config/index.ts'
import type { Registration } from './health.ts'
import type { Telemetry } from './telemetry.ts'

export interface Registered {
  readonly telemetry: Telemetry
  readonly registration: Registering
  warn(message: string): void
  /** Takes processors besides those that are there: they see what comes from then on. */
  join(processors: ProcessorOptions): void
  /** Whether it was shut down. */
  isOver(): boolean
}

/** What health tells of it, still being written. */
export interface Registering {
  readonly at: string
  readonly again: Registration['again'][number][]
  unlisted: number
}

/** Later calls that are listed, and options of one that are named. */
const listedAtMost = 16

const key = Symbol.for('proprio.sdk.v1')
const holder = globalThis as { [key]?: Registered | undefined }

export const registered = (): Registered | undefined => holder[key]
export const setRegistered = (made: Registered | undefined): void => {
  holder[key] = made
}

/** Notes a later registration, and says aloud when it or options of it have no effect: all but processors. Never throws, whatever the options are. */
export function registerAgain({ registration, warn, isOver, join }: Registered, at: string, options: unknown): void {
  const joined = joinProcessors(options, join)
  if (registration.again.length === listedAtMost) {
    registration.unlisted++
    return
  }
  const ignored = namesOf(options).filter((name) => !joined || name !== 'processors')
  registration.again.push({ at, ignored })
  if (isOver()) {
    warn(
      `telemetry has ended with shutdown() and does not begin anew; register() at ${at} has no effect. Shut down once, when the process ends.`,
    )
    return
  }
  if (ignored.length === 0) return
  warn(`registered already, at ${registration.at}; at ${at} these options have no effect: ${ignored.join(', ')}`)
}

function joinProcessors(options: unknown, join: Registered['join']): boolean {
  try {
    const processors: unknown = (options as { processors?: unknown }).processors
    if (processors === undefined || !isProcessors(processors)) return false
    join(processors)
    return true
  } catch {
    return false
  }
}

function namesOf(options: unknown): readonly string[] {
  try {
    return typeof options === 'object' && options !== null ? Object.keys(options).slice(0, listedAtMost) : []
  } catch {
    return []
  }
}

/** File and line of whoever called `below`; unknown where the application's own `Error.prepareStackTrace` makes something else of a stack. */
export function callerOf(below: (...args: never[]) => unknown): string {
  try {
    const at: { stack?: unknown } = {}
    Error.captureStackTrace(at, below)
    const line = typeof at.stack === 'string' ? at.stack.split('\n')[1]?.trim().replace(/^at /, '') : undefined
    return line?.replace(/^.*\((.*)\)$/, '$1').replace(/^file:\/\//, '') ?? 'unknown'
  } catch {
    return 'unknown'
  }
}
