// Expectations stage: whether a value is the expected one, which may be a matcher (`expect.any(Number)`) of whichever library.
import { isDeepStrictEqual } from 'node:util'

interface Matcher {
  asymmetricMatch(actual: unknown): boolean
}

export function isEqual(actual: unknown, expected: unknown): boolean {
  // Most are a text or a number, of which nothing is deep.
  if (typeof expected !== 'object' || expected === null) return Object.is(actual, expected)
  return isMatcher(expected) ? expected.asymmetricMatch(actual) : isDeepStrictEqual(actual, expected)
}

export const isMatcher = (value: unknown): value is Matcher =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, 'asymmetricMatch') === 'function'
