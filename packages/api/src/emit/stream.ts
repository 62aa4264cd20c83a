// An operation that lasts as long as an iteration: a model's answer, a cursor's rows. A hand-written iterator, because an async generator would add ticks.
import { count, slot } from '../bind/slot.ts'
import { whenCollected } from './abandoned.ts'
import { type Execution, inertExecution, type Running } from './execution.ts'
import { begin, type Emission } from './emission.ts'
import { openSource, type Source } from './source.ts'
import type { EmitOptions } from './options.ts'

export function runStream<T>(
  emission: Emission,
  values: unknown,
  options: EmitOptions | undefined,
  fn: (op: Execution<never>) => Source<T>,
): AsyncIterable<T> {
  if (typeof fn !== 'function') {
    count('not_a_function')
    return iterable(() => unobserved([]))
  }
  const operation = begin(emission, values, options)
  if (!operation) {
    const source = handled(fn(inertExecution), () => {})
    return iterable(() => unobserved(source))
  }
  const ending = endingOf(operation)
  let source: Source<T>
  try {
    source = operation.run(fn)
  } catch (error) {
    ending.fail(error)
    throw error
  }
  slot.open.add(operation)
  handled(source, ending.fail)
  const stream: AsyncIterable<T> = iterable(() => observed(source, operation, ending, stream))
  whenCollected(stream, operation)
  return stream
}

const iterable = <T>(iterate: () => AsyncIterator<T>): AsyncIterable<T> => ({ [Symbol.asyncIterator]: iterate })

interface Ending {
  end(): void
  fail(error: unknown): void
}

// An iterator may be asked again after its end; the operation ends once.
function endingOf(operation: Running): Ending {
  let over = false
  const end = (): void => {
    if (!over) operation.end()
    over = true
  }
  return {
    end,
    fail(error) {
      if (!over) operation.fail(error)
      end()
    },
  }
}

// The host meets a rejected source at the first step of its iteration, which may come much later: until then it is not unhandled.
function handled<T>(source: Source<T>, see: (error: unknown) => void): Source<T> {
  try {
    if (source instanceof Promise) source.catch(see)
  } catch {
    count('thenable_unobservable')
  }
  return source
}

function unobserved<T>(source: Source<T>): AsyncIterator<T> {
  const opened = openSource(source)
  return {
    next: async (...value: [] | [unknown]) => (await opened()).next(...value),
    return: (value?: unknown) => close(opened, value),
    throw: async (error: unknown) => throwInto(await opened(), error),
  }
}

// Where nothing could be opened there is nothing to close: the host has met that rejection at its own step.
async function close<T>(opened: () => AsyncIterator<T> | Promise<AsyncIterator<T>>, value: unknown) {
  let iterator: AsyncIterator<T>
  try {
    iterator = await opened()
  } catch {
    return { done: true, value } as const
  }
  return (await iterator.return?.(value)) ?? ({ done: true, value } as const)
}

async function throwInto<T>(iterator: AsyncIterator<T>, error: unknown): Promise<IteratorResult<T>> {
  if (iterator.throw) return iterator.throw(error)
  await iterator.return?.()
  throw error
}

// `keep` is the stream itself: while it is iterated it must not be collected.
function observed<T>(
  source: Source<T>,
  operation: Running,
  ending: Ending,
  keep: AsyncIterable<T>,
): AsyncIterator<T> & { keep: unknown } {
  const opened = openSource(source)
  const failed = (error: unknown): never => {
    ending.fail(error)
    throw error
  }
  const seen = (step: IteratorResult<T>): IteratorResult<T> => {
    if (step.done) ending.end()
    return step
  }
  const inside = (take: (iterator: AsyncIterator<T>) => PromiseLike<IteratorResult<T>>): Promise<IteratorResult<T>> => {
    try {
      const step = operation.with(() => {
        const iterator = opened()
        return iterator instanceof Promise ? iterator.then(take) : take(iterator)
      })
      return Promise.resolve(step).then(seen, failed)
    } catch (error) {
      ending.fail(error)
      return Promise.reject(error)
    }
  }
  return {
    keep,
    next: (...value: [] | [unknown]) => inside((iterator) => iterator.next(...value)),
    return: (value?: unknown) =>
      operation
        .with(() => close(opened, value))
        .catch(failed)
        .finally(ending.end),
    throw: (error?: unknown) => inside((iterator) => throwInto(iterator, error)),
  }
}
