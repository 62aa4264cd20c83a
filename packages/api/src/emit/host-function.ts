// The host's functions: called as they are, and where there is none, nothing is.
import { count } from '../bind/slot.ts'

/** Calls `fn`. What is no function is counted, and gives undefined. */
export function call<R>(fn: () => R): R {
  if (typeof fn === 'function') return fn()
  count('not_a_function')
  return undefined as R
}
