// Functions and methods that are an operation: `wrap(attributes)(fn)`, and the same as a TC39 method decorator.
import { count } from '../bind/slot.ts'
import { type Emission, isHeard, run } from './emission.ts'
import type { EmitOptions } from './options.ts'

export type Wrapping<P extends unknown[]> = <This, R>(
  fn: (this: This, ...args: P) => R,
  context?: ClassMethodDecoratorContext,
) => (this: This, ...args: P) => R

export function wrapping(emission: Emission) {
  return <P extends unknown[]>(attributes: (...args: P) => unknown, options?: EmitOptions): Wrapping<P> =>
    (fn) => {
      if (typeof fn !== 'function') {
        count('not_a_function')
        return fn
      }
      const wrapped = function (this: ThisParameterType<typeof fn>, ...args: P): ReturnType<typeof fn> {
        if (!isHeard(emission.gate.minimum, emission.plan.scope)) return fn.apply(this, args)
        return run(emission, valuesFrom(attributes, args), options, () => fn.apply(this, args))
      }
      return likeOriginal(wrapped, fn)
    }
}

const ownToFunctions: ReadonlySet<PropertyKey> = new Set(['prototype', 'arguments', 'caller'])

// The name and length that stack traces, frameworks and tests ask for, and what hangs on the function: a schema, a route.
function likeOriginal<F extends object>(wrapped: F, fn: object): F {
  try {
    for (const key of Reflect.ownKeys(fn)) {
      const property = ownToFunctions.has(key) ? undefined : Object.getOwnPropertyDescriptor(fn, key)
      if (property) Object.defineProperty(wrapped, key, property)
    }
  } catch {
    count('internal_error')
  }
  return wrapped
}

function valuesFrom<P extends unknown[]>(attributes: (...args: P) => unknown, args: P): unknown {
  try {
    return attributes(...args)
  } catch {
    count('internal_error')
    return undefined
  }
}
