// Expectations stage: a number as it is expected: itself, a range, or a matcher.
import { inspect } from 'node:util'
import { isEqual } from './equal.ts'

/** @throws TypeError for what is none of them */
export function isNumber(actual: number | undefined, expected: unknown, where: string): boolean {
  if (typeof expected === 'number') return actual !== undefined && isSame(actual, expected)
  if (typeof expected !== 'object' || expected === null) throw wrong(expected, where)
  if ('asymmetricMatch' in expected) return isEqual(actual, expected)
  const { atLeast, atMost, ...unknown } = expected as { atLeast?: unknown; atMost?: unknown }
  const [key] = Object.keys(unknown)
  if (key !== undefined || (atLeast === undefined && atMost === undefined)) throw wrong(expected, where)
  return (
    actual !== undefined &&
    (atLeast === undefined || actual >= bound(atLeast, where)) &&
    (atMost === undefined || actual <= bound(atMost, where))
  )
}

// A sum of fractions is not the fraction that a reader adds up: 9.999 and 10 make 19.999000000000002.
const isSame = (one: number, other: number): boolean =>
  one === other || Math.abs(one - other) <= 1e-12 * Math.max(Math.abs(one), Math.abs(other))

function bound(value: unknown, where: string): number {
  if (typeof value === 'number') return value
  throw wrong(value, where)
}

const wrong = (value: unknown, where: string): TypeError =>
  new TypeError(`${where} is a number, { atLeast, atMost } or a matcher, and not ${inspect(value)}`)
