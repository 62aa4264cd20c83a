// Expectations stage: whether a value is the expected one, which may be a matcher (`expect.any(Number)`) of whichever library.
import { isDeepStrictEqual } from 'node:util'

interface Matcher {
  asymmetricMatch(actual: unknown): boolean
}

export function isEqual(actual: unknown, expected: unknown): boolean {
  return isMatcher(expected) ? expected.asymmetricMatch(actual) : isDeepStrictEqual(actual, expected)
}

export function isMatcher(value: unknown): value is Matcher {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'asymmetricMatch') === 'function'
}
