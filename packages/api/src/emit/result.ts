// The end of an operation that ran a function: at once, when its promise settles, or when the host awaits its thenable.
import { count, slot } from '../bind/slot.ts'
import { context } from '@opentelemetry/api'
import { read } from '../value/read.ts'
import type { Running } from './execution.ts'
import { whenCollected } from './abandoned.ts'

/**
 * Ends `operation` with `result` and gives back what the host gets. A native promise comes back as a derived one, so that an unhandled
 * rejection of it is still one; any other thenable comes back itself: a lazy one (a query builder's) must not be run by us.
 */
export function endWith<R>(operation: Running, result: R): R {
  if (result === null || (typeof result !== 'object' && typeof result !== 'function')) {
    operation.end()
    return result
  }
  const then = read(result, 'then')
  if (typeof then !== 'function') operation.end()
  else if (isPromise(result) && then === Promise.prototype.then) return derived(operation, result) as R
  else shadowThen(operation, result, then as Then)
  return result
}

function isPromise(value: object): value is Promise<unknown> {
  try {
    return value instanceof Promise
  } catch {
    return false
  }
}

type Then = (this: unknown, fulfilled: unknown, rejected: unknown) => unknown

function derived<T>(operation: Running, promise: Promise<T>): Promise<T> {
  try {
    const after = promise.then(
      (value) => {
        operation.end()
        return value
      },
      (error: unknown) => {
        operation.fail(error)
        operation.end()
        throw error
      },
    )
    return withOwnOf(promise, after)
  } catch {
    count('thenable_unobservable')
    operation.end()
    return promise
  }
}

// What the host hung on its promise, a child process's `pid`, a `cancel()`, hangs on the derived one too.
function withOwnOf<T>(from: Promise<T>, to: Promise<T>): Promise<T> {
  for (const key of Object.keys(from)) {
    const property = Object.getOwnPropertyDescriptor(from, key)
    if (property) Object.defineProperty(to, key, property)
  }
  return to
}

// The host's own call of `then` runs the thenable, in the operation's context, so that what it does is inside the operation;
// the host's callbacks run in the context they were given in.
function shadowThen(operation: Running, thenable: object, then: Then): void {
  const ends = {
    ok: operation.end.bind(operation, undefined),
    failed: (error: unknown): void => {
      operation.fail(error)
      operation.end()
    },
  }
  let first = true
  try {
    // oxlint-disable-next-line unicorn/no-thenable -- it is one already: only the host may call its `then`
    Object.defineProperty(thenable, 'then', {
      configurable: true,
      writable: true,
      value(this: unknown, fulfilled: unknown, rejected: unknown) {
        if (!first) return then.call(this, fulfilled, rejected)
        first = false
        const outside = context.active()
        const onFulfilled = observed(ends.ok, context.bind(outside, fulfilled))
        const onRejected = observedRejection(ends.failed, context.bind(outside, rejected))
        return operation.with(() => then.call(this, onFulfilled, onRejected))
      },
    })
    slot.open.add(operation)
    whenCollected(thenable, operation)
  } catch {
    count('thenable_unobservable')
    operation.end()
  }
}

const observed = (see: () => void, fulfilled: unknown) => (value: unknown) => {
  see()
  return typeof fulfilled === 'function' ? (fulfilled(value) as unknown) : value
}

const observedRejection = (see: (error: unknown) => void, rejected: unknown) => (error: unknown) => {
  see(error)
  if (typeof rejected === 'function') return rejected(error) as unknown
  throw error
}
