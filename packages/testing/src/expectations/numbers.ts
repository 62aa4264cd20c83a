// Expectations stage: a number as it is expected: itself, a range, or a matcher.
import { Mistake } from '../target/mistake.ts'
import { shown } from '../target/shown.ts'
import { isEqual } from './equal.ts'

/** Whether a number is as expected. */
export type IsExpected = (actual: number | undefined) => boolean

/** Checked before anything is compared, so that a mistake is one also where there is nothing to compare with. @throws Mistake for what is none of them */
export function expectedNumber(expected: unknown, where: string): IsExpected {
  if (typeof expected === 'number') return (actual) => actual !== undefined && isSame(actual, expected)
  if (typeof expected !== 'object' || expected === null) throw wrong(expected, where)
  if ('asymmetricMatch' in expected) return (actual) => isEqual(actual, expected)
  const { atLeast, atMost, ...unknown } = expected as { atLeast?: unknown; atMost?: unknown }
  if (Object.keys(unknown).length > 0 || (atLeast === undefined && atMost === undefined)) throw wrong(expected, where)
  const least = bound(atLeast, -Infinity, where)
  const most = bound(atMost, Infinity, where)
  if (least > most) throw new Mistake(`${where}: ${shown(expected)} is a range that holds nothing`)
  return (actual) => actual !== undefined && actual >= least && actual <= most
}

// A sum of fractions is not the fraction that a reader adds up: 9.999 and 10 make 19.999000000000002.
const isSame = (one: number, other: number): boolean =>
  one === other || Math.abs(one - other) <= 1e-12 * Math.max(Math.abs(one), Math.abs(other))

function bound(value: unknown, otherwise: number, where: string): number {
  if (value === undefined) return otherwise
  if (typeof value === 'number' && !Number.isNaN(value)) return value
  throw wrong(value, where)
}

/** `3`, `at least 3`, `from 3 to 5`. */
export function numberText(expected: unknown): string {
  if (typeof expected !== 'object' || expected === null || 'asymmetricMatch' in expected) return shown(expected)
  const { atLeast, atMost } = expected as { atLeast?: number; atMost?: number }
  if (atLeast === undefined) return `at most ${atMost}`
  return atMost === undefined ? `at least ${atLeast}` : `from ${atLeast} to ${atMost}`
}

const wrong = (value: unknown, where: string): Mistake =>
  new Mistake(`${where} is a number, { atLeast, atMost } or a matcher, and not ${shown(value)}`)
