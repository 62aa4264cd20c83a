// The emitter of an operation: a function to run, or one of its other forms.
import { count, slot } from '../bind/slot.ts'
import type { Known, Later, Start } from '../define/values.ts'
import { whenCollected } from './abandoned.ts'
import { type Attempts, type AttemptOptions, runAttempts } from './attempts.ts'
import { begin, type Emission, run, tellPast } from './emission.ts'
import { type Execution, inertExecution } from './execution.ts'
import type { EmitOptions } from './options.ts'
import type { Source } from './source.ts'
import { runStream } from './stream.ts'
import { wrapping, type Wrapping } from './wrap.ts'

/** A started operation: not the active one by itself. Disposed without `end()`, it failed: `abandoned`. */
export interface OpenOperation<A> extends Execution<Later<A>>, Disposable {
  end(): void
}

/** Emits one operation type. Values, `this`, and the identity of errors and thenables are the host's own. */
export interface Operation<A> {
  /** Runs `fn` inside the operation, and ends it when `fn` returns, throws, or its promise settles. */
  <R>(attributes: Start<A>, fn: (op: Execution<Later<A>>) => R): R
  <R>(attributes: Start<A>, options: EmitOptions, fn: (op: Execution<Later<A>>) => R): R
  /** Ends when the iteration ends, is returned, or throws; never iterated, it is abandoned. */
  stream<T>(attributes: Start<A>, fn: (op: Execution<Later<A>>) => Source<T>, options?: EmitOptions): AsyncIterable<T>
  /** Runs `fn` until it succeeds: a span an attempt, each linked to the one before. Rejects with the last attempt's error. */
  attempts<R>(
    attributes: Start<A>,
    options: AttemptOptions,
    fn: (op: Execution<Later<A>>, attempt: number) => R,
  ): Promise<Awaited<R>>
  /** Begins it without a function: end it with `end()`, or with `using`, which fails it as `abandoned` where `end()` was forgotten. */
  start(attributes: Start<A>, options?: EmitOptions): OpenOperation<A>
  /** Tells of an operation that was measured elsewhere. Without `at` it ended now. */
  record(attributes: Start<A>, options: EmitOptions & { readonly durationMs: number }): void
  /** Makes functions, or as a TC39 decorator methods, that are this operation. `attributes` sees the arguments. */
  wrap<P extends unknown[], const V extends Start<A>>(
    attributes: (...args: P) => V & Known<A, V>,
    options?: EmitOptions,
  ): Wrapping<P>
}

function start(emission: Emission, values: unknown, options: EmitOptions | undefined): OpenOperation<never> {
  const operation = begin(emission, values, options)
  if (!operation) return inertExecution
  const handle: OpenOperation<never> = {
    set: (more: object) => operation.set(more),
    fail: (error, more) => operation.fail(error, more),
    link: (to) => operation.link(to),
    with: (fn) => operation.with(fn),
    end: () => operation.end(),
    get traceparent() {
      return operation.traceparent
    },
    span: operation.span,
    [Symbol.dispose]: () => operation.abandon(),
  }
  slot.open.add(operation)
  whenCollected(handle, operation)
  return handle
}

export function operationEmitter(emission: Emission): Operation<never> {
  type Body = (op: Execution<never>) => unknown
  const emit = (values: unknown, second: EmitOptions | Body, third?: Body): unknown => {
    if (typeof second === 'function') return run(emission, values, undefined, second)
    if (typeof third === 'function') return run(emission, values, second, third)
    // Attributes that were forgotten do not keep the host's function from running.
    if (typeof values === 'function') return run(emission, undefined, undefined, values as Body)
    count('not_a_function')
    return undefined
  }
  const attempts: Attempts = (values, options, fn) => runAttempts(emission, values, options, fn)
  return Object.assign(emit, {
    stream: <T>(values: unknown, fn: (op: Execution<never>) => Source<T>, options?: EmitOptions) =>
      runStream(emission, values, options, fn),
    attempts,
    start: (values: unknown, options?: EmitOptions) => start(emission, values, options),
    record: (values: unknown, options: EmitOptions & { durationMs: number }) => tellPast(emission, values, options),
    wrap: wrapping(emission),
  }) as Operation<never>
}
