// Trying again: a span an attempt, each linked to the one before, with a pause between them that can be cancelled.
import { count, slot } from '../bind/slot.ts'
import { firstOf, optional, read } from '../value/read.ts'
import type { Execution } from './execution.ts'
import { type Emission, run } from './emission.ts'
import { type EmitOptions, type Link, linksAtMost } from './options.ts'
import { pause, type Stop, stopOf } from './pause.ts'

export interface AttemptOptions extends EmitOptions {
  /** How many attempts at most. What is no number is one attempt. */
  readonly times: number
  /**
   * Milliseconds to wait before the next attempt, or false for no further one. Default: 100 ms doubling to 30 s, with full jitter.
   * Where it throws there is no further attempt either, and the promise rejects with the attempt's error, never with that of `again`.
   */
  readonly again?: (error: unknown, attempt: number) => number | false
  /** Ends a pause, and with it the attempts, with its reason. */
  readonly signal?: AbortSignal
}

export type Attempts = <R>(
  values: unknown,
  options: AttemptOptions,
  fn: (op: Execution<never>, attempt: number) => R,
) => Promise<Awaited<R>>

const firstPauseMs = 100
const longestPauseMs = 30_000
const backOff = (_error: unknown, attempt: number): number =>
  slot.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1))

export async function runAttempts<R>(
  emission: Emission,
  values: unknown,
  options: AttemptOptions,
  fn: (op: Execution<never>, attempt: number) => R,
): Promise<Awaited<R>> {
  if (typeof fn !== 'function') {
    count('not_a_function')
    return undefined as Awaited<R>
  }
  const { times, again, stop, links, emitOptions } = readOptions(options)
  let tried: readonly Link[] = []
  for (let attempt = 1; ; attempt++) {
    if (stop?.aborted()) throw stop.reason()
    let link: unknown
    try {
      return await run(emission, values, { ...emitOptions, links: [...links, ...tried] }, (op) => {
        link = optional(op, 'traceparent')
        return fn(op, attempt)
      })
    } catch (error) {
      const wait = attempt < times && !isAbortOf(stop, error) ? asked(again, error, attempt) : false
      if (typeof wait !== 'number') throw error
      if (typeof link === 'string' && link !== '') tried = [{ traceparent: link }]
      await pause(wait, stop)
    }
  }
}

// The error of the work is what the host must get: one of `again` itself is counted, and ends the attempts.
function asked(again: ReadOptions['again'], error: unknown, attempt: number): unknown {
  try {
    return again(error, attempt)
  } catch {
    count('internal_error')
    return false
  }
}

interface ReadOptions {
  readonly times: number
  readonly again: (error: unknown, attempt: number) => unknown
  readonly stop: Stop | undefined
  readonly links: readonly Link[]
  readonly emitOptions: EmitOptions
}

// What is no number of times is one; what is no function or signal is not there. Each is read by itself: one that cannot be read takes no other with it.
function readOptions(options: unknown): ReadOptions {
  const times = optional(options, 'times')
  const again = optional(options, 'again')
  const emitOptions: Record<string, unknown> = {}
  for (const key of ['parent', 'at', 'error', 'level']) emitOptions[key] = optional(options, key)
  return {
    times: typeof times === 'number' ? times : 1,
    again: typeof again === 'function' ? (again as ReadOptions['again']) : backOff,
    stop: stopOf(optional(options, 'signal')),
    links: firstOf(optional(options, 'links'), linksAtMost) as readonly Link[],
    emitOptions,
  }
}

const isAbortOf = (stop: Stop | undefined, error: unknown): boolean =>
  stop?.aborted() === true && (error === stop.reason() || read(error, 'name') === 'AbortError')
