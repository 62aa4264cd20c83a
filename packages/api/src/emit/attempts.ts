// Trying again: a span an attempt, each linked to the one before, with a pause between them that can be cancelled.
import { count, slot } from '../bind/slot.ts'
import { copyOf, firstOf, optional, read } from '../value/read.ts'
import type { Execution } from './execution.ts'
import { type Emission, run } from './emission.ts'
import { type EmitOptions, type Link, linksAtMost } from './options.ts'

export interface AttemptOptions extends EmitOptions {
  /** How many attempts at most. */
  readonly times: number
  /** Milliseconds to wait before the next attempt, or false for no further one. Default: 100 ms doubling to 30 s, with full jitter. */
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
/** A timer's own limit; past it Node takes 1 ms. */
const longestTimerMs = 2 ** 31 - 1
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
  const { times, again, signal, links, emitOptions } = readOptions(options)
  let tried: readonly Link[] = []
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted()
    let link: Link | undefined
    try {
      return await run(emission, values, { ...emitOptions, links: [...links, ...tried] }, (op) => {
        link = { traceparent: op.traceparent }
        return fn(op, attempt)
      })
    } catch (error) {
      const wait = attempt < times && !isAbortOf(signal, error) ? again(error, attempt) : false
      if (typeof wait !== 'number') throw error
      if (link?.traceparent) tried = [link]
      await pause(Math.min(wait, longestTimerMs) || 0, signal)
    }
  }
}

interface ReadOptions {
  readonly times: number
  readonly again: (error: unknown, attempt: number) => unknown
  readonly signal: AbortSignal | undefined
  readonly links: readonly Link[]
  readonly emitOptions: EmitOptions
}

// What is no number of times is one; what is no function or signal is not there.
function readOptions(options: unknown): ReadOptions {
  const times = optional(options, 'times')
  const again = optional(options, 'again')
  const signal = optional(options, 'signal')
  const links = optional(options, 'links')
  const { times: _t, again: _a, signal: _s, ...emitOptions } = copyOf(options)
  return {
    times: typeof times === 'number' ? times : 1,
    again: typeof again === 'function' ? (again as ReadOptions['again']) : backOff,
    signal: signal instanceof AbortSignal ? signal : undefined,
    links: firstOf(links, linksAtMost) as readonly Link[],
    emitOptions,
  }
}

const isAbortOf = (signal: AbortSignal | undefined, error: unknown): boolean =>
  signal?.aborted === true && (error === signal.reason || read(error, 'name') === 'AbortError')

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = (): void => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', cancel)
      resolve()
    }, ms)
    if (signal?.aborted) cancel()
    else signal?.addEventListener('abort', cancel, { once: true })
  })
}
