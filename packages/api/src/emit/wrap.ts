// Functions and methods that are an operation: `wrap(attributes)(fn)`, and the same as a TC39 method decorator.
import { count } from '../bind/slot.ts'
import { type Emission, run } from './emission.ts'

export type Wrapping<P extends unknown[]> = <This, R>(
  fn: (this: This, ...args: P) => R,
  context?: ClassMethodDecoratorContext,
) => (this: This, ...args: P) => R

export function wrapping(emission: Emission) {
  return <P extends unknown[]>(attributes: (...args: P) => unknown): Wrapping<P> =>
    (fn) => {
      const wrapped = function (this: ThisParameterType<typeof fn>, ...args: P): ReturnType<typeof fn> {
        return run(emission, valuesFrom(attributes, args), undefined, () => fn.apply(this, args))
      }
      Object.defineProperty(wrapped, 'name', { value: fn.name, configurable: true })
      Object.defineProperty(wrapped, 'length', { value: fn.length, configurable: true })
      return wrapped
    }
}

function valuesFrom<P extends unknown[]>(attributes: (...args: P) => unknown, args: P): unknown {
  try {
    return attributes(...args)
  } catch {
    count('internal_error')
    return undefined
  }
}
