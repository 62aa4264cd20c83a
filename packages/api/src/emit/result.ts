// The end of an operation that ran a function: at once, when its promise settles, or when the host awaits its thenable.
import { count, slot } from '../bind/slot.ts'
import { read } from '../value/sanitise.ts'
import type { RunningOperation } from './execution.ts'
import { whenCollected } from './abandoned.ts'

/**
 * Ends `operation` with `result` and gives back what the host gets. A native promise comes back as a derived one, so that an unhandled
 * rejection of it is still one; any other thenable comes back itself: a lazy one (a query builder's) must not be run by us.
 */
export function endWith<R>(operation: RunningOperation, result: R): R {
  if (result === null || (typeof result !== 'object' && typeof result !== 'function')) {
    operation.end()
    return result
  }
  const then = read(result, 'then')
  if (typeof then !== 'function') operation.end()
  else if (result instanceof Promise && then === Promise.prototype.then) return derived(operation, result) as R
  else shadowThen(operation, result, then as Then)
  return result
}

type Then = (this: unknown, fulfilled: unknown, rejected: unknown) => unknown

const derived = <T>(operation: RunningOperation, promise: Promise<T>): Promise<T> =>
  promise.then(
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

function shadowThen(operation: RunningOperation, thenable: object, then: Then): void {
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
        return then.call(this, observed(ends.ok, fulfilled), observedRejection(ends.failed, rejected))
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
