// An operation that lasts as long as an iteration: a model's answer, a cursor's rows. A hand-written iterator, because an async generator would add ticks.
import { slot } from '../bind/slot.ts'
import { whenCollected } from './abandoned.ts'
import { type Execution, inertExecution, type RunningOperation } from './execution.ts'
import { begin, type Emission } from './emission.ts'
import type { EmitOptions } from './options.ts'
import { severityOf } from '../levels.ts'

type Source<T> = AsyncIterable<T> | Promise<AsyncIterable<T>>

export function runStream<T>(
  emission: Emission,
  values: unknown,
  options: EmitOptions | undefined,
  fn: (op: Execution<never>) => Source<T>,
): AsyncIterable<T> {
  const operation = emission.gate.minimum > severityOf.info ? undefined : begin(emission, values, options)
  if (!operation) return iterable(fn(inertExecution), (source) => unobserved(source))
  let source: Source<T>
  try {
    source = operation.run(fn)
  } catch (error) {
    operation.fail(error)
    operation.end()
    throw error
  }
  slot.open.add(operation)
  const stream: AsyncIterable<T> = iterable(source, (from) => observed(from, operation, stream))
  whenCollected(stream, operation)
  return stream
}

const iterable = <T>(source: Source<T>, iterate: (source: Source<T>) => AsyncIterator<T>): AsyncIterable<T> => ({
  [Symbol.asyncIterator]: () => iterate(source),
})

function unobserved<T>(source: Source<T>): AsyncIterator<T> {
  const opened = open(source)
  return {
    next: async () => (await opened()).next(),
    return: async (value: unknown) => (await opened()).return?.(value) ?? { done: true, value },
  }
}

// The iterator of a source that may still be a promise, made once, at the first step.
function open<T>(source: Source<T>): () => AsyncIterator<T> | Promise<AsyncIterator<T>> {
  let iterator: AsyncIterator<T> | Promise<AsyncIterator<T>> | undefined
  return () =>
    (iterator ??=
      Symbol.asyncIterator in source
        ? source[Symbol.asyncIterator]()
        : source.then((resolved) => resolved[Symbol.asyncIterator]()))
}

// `keep` is the stream itself: while it is iterated it must not be collected.
function observed<T>(
  source: Source<T>,
  operation: RunningOperation,
  keep: AsyncIterable<T>,
): AsyncIterator<T> & { keep: unknown } {
  const opened = open(source)
  const fail = (error: unknown): never => {
    operation.fail(error)
    operation.end()
    throw error
  }
  const seen = (step: IteratorResult<T>): IteratorResult<T> => {
    if (step.done) operation.end()
    return step
  }
  const inside = (take: (iterator: AsyncIterator<T>) => Promise<IteratorResult<T>>): Promise<IteratorResult<T>> => {
    try {
      return operation
        .with(() => {
          const iterator = opened()
          return iterator instanceof Promise ? iterator.then(take) : take(iterator)
        })
        .then(seen, fail)
    } catch (error) {
      return Promise.reject(error).catch(fail)
    }
  }
  return {
    keep,
    next: (...value: [] | [unknown]) => inside((iterator) => iterator.next(...value)),
    return: (value?: unknown) =>
      inside(async (iterator) => (await iterator.return?.(value)) ?? { done: true, value }).then((step) => {
        operation.end()
        return step
      }),
    throw: async (error?: unknown) => {
      operation.fail(error)
      operation.end()
      const iterator = await opened()
      if (!iterator.throw) throw error
      return iterator.throw(error)
    },
  }
}
