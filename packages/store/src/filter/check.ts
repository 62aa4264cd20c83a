// Filter stage: what a value must be before it is compiled. Filters come over the network, so shapes and sizes are checked,
// and each mistake names its place and the mend.
import { StoreError } from '../errors.ts'
import type { OneOrMany } from './filter.ts'
import { nearest } from './nearest.ts'

/** Limits of one filter; together they bound what evaluating it can cost. */
export const FILTER_LIMITS = { values: 1_000, textLength: 1_024, attributes: 64 } as const

export function badValue(path: string, problem: string, mend: string): StoreError {
  return new StoreError('PROPRIO_STORE_BAD_VALUE', path, problem, mend)
}

/** Rejects keys that are not `known`, listing those that are. */
export function checkKeys(value: object, known: readonly string[], path: string): void {
  const unknown = Object.keys(value).find((key) => !known.includes(key))
  if (unknown === undefined) return
  const meant = nearest(unknown, known)
  const hint = meant === undefined ? '' : `Did you mean '${meant}'? `
  const mend = `${hint}Known are ${known.join(', ')}.`
  throw new StoreError('PROPRIO_STORE_UNKNOWN_FIELD', `${path}.${unknown.slice(0, 64)}`, 'is no field of it', mend)
}

/** One value or several, as several; each has passed `check`. */
export function many<T>(
  value: OneOrMany<unknown>,
  path: string,
  check: (one: unknown, path: string) => T,
): readonly T[] {
  if (!Array.isArray(value)) return [check(value, path)]
  if (value.length > FILTER_LIMITS.values) {
    throw badValue(path, `has ${value.length} values`, `Give at most ${FILTER_LIMITS.values}.`)
  }
  return value.map((one, index) => check(one, `${path}[${index}]`))
}

export function checkText(value: unknown, path: string): string {
  if (typeof value !== 'string') throw badValue(path, `is ${kindOf(value)}`, 'Give a text.')
  if (value.length > FILTER_LIMITS.textLength) {
    throw badValue(path, `is ${value.length} characters long`, `Give at most ${FILTER_LIMITS.textLength}.`)
  }
  return value
}

export function checkNumber(value: unknown, path: string): number {
  if (typeof value === 'number' && !Number.isNaN(value)) return value
  throw badValue(path, `is ${kindOf(value)}`, 'Give a number.')
}

export function checkFlag(value: unknown, path: string): boolean {
  if (typeof value === 'boolean') return value
  throw badValue(path, `is ${kindOf(value)}`, 'Give true or false.')
}

export function checkObject(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw badValue(path, `is ${kindOf(value)}`, 'Give an object.')
}

/** Unix milliseconds of a number, an ISO 8601 text or a Date. */
export function checkTime(value: unknown, path: string): number {
  const time = value instanceof Date ? value.getTime() : typeof value === 'string' ? Date.parse(value) : value
  if (typeof time === 'number' && !Number.isNaN(time)) return time
  throw badValue(path, 'is no time', 'Give Unix milliseconds, an ISO 8601 text or a Date.')
}

/** A test of `{ atLeast, atMost }`, both inclusive. */
export function checkRange(value: unknown, path: string): (number: number) => boolean {
  const range = checkObject(value, path)
  checkKeys(range, ['atLeast', 'atMost'], path)
  const low = range['atLeast'] === undefined ? -Infinity : checkNumber(range['atLeast'], `${path}.atLeast`)
  const high = range['atMost'] === undefined ? Infinity : checkNumber(range['atMost'], `${path}.atMost`)
  return (number) => number >= low && number <= high
}

export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Number.isNaN(value)) return 'NaN'
  return Array.isArray(value) ? 'a list' : `of type ${typeof value}`
}
