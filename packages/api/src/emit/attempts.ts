// Trying again: a span an attempt, each linked to the one before, with a pause between them that can be cancelled.
import { read } from '../value/sanitise.ts'
import type { Execution } from './execution.ts'
import { type Emission, run } from './emission.ts'
import type { EmitOptions, Link } from './options.ts'

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
const backOff = (_error: unknown, attempt: number): number =>
  Math.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1))

export async function runAttempts<R>(
  emission: Emission,
  values: unknown,
  options: AttemptOptions,
  fn: (op: Execution<never>, attempt: number) => R,
): Promise<Awaited<R>> {
  const { times, again = backOff, signal, ...emitOptions } = options
  let links: readonly Link[] = emitOptions.links ?? []
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted()
    let link: Link | undefined
    try {
      return await run(emission, values, { ...emitOptions, links }, (op) => {
        link = { traceparent: op.traceparent }
        return fn(op, attempt)
      })
    } catch (error) {
      const wait = attempt < times && !isAbortOf(signal, error) ? again(error, attempt) : false
      if (wait === false) throw error
      if (link?.traceparent) links = [link]
      await pause(wait, signal)
    }
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
