// Structured values as JSON text: bounded in depth, in nodes and in length; cycles, getters that throw and things that are no data are named.
import { invalid } from './invalid.ts'
import { optional, read, unreadable } from './read.ts'
import { cleanText, cutText, textLimit } from './text.ts'

const depthLimit = 64
const nodeLimit = 1000

/** A number where it stays exact, else its digits. */
export const wholeNumber = (value: bigint): number | string => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : cleanText(value.toString())
}

interface Walk {
  nodes: number
  /** Characters that may still be taken. */
  room: number
  /** Something was cut, or could not be read. */
  mended: boolean
  readonly path: Set<object>
}

/** JSON text, or for what is no data its type in brackets. Counted only when something of it is missing. */
export function plainText(value: unknown): string {
  const walk: Walk = { nodes: nodeLimit, room: textLimit, mended: false, path: new Set() }
  const copy = plain(value, 0, walk)
  if (walk.mended) invalid()
  return cleanText(typeof copy === 'string' ? copy : JSON.stringify(copy))
}

function plain(value: unknown, depth: number, walk: Walk): unknown {
  if (typeof value === 'string') return text(value, walk)
  if (value === null || typeof value === 'boolean' || typeof value === 'undefined') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'bigint') return wholeNumber(value)
  if (typeof value !== 'object') return mend(walk, `[${typeof value}]`)
  if (walk.path.has(value)) return mend(walk, '[circular]')
  if (depth >= depthLimit) return mend(walk, Array.isArray(value) ? [] : {})
  walk.path.add(value)
  try {
    return container(value, depth, walk)
  } catch {
    return mend(walk, unreadable)
  } finally {
    walk.path.delete(value)
  }
}

function mend<T>(walk: Walk, substitute: T): T {
  walk.mended = true
  return substitute
}

function text(value: string, walk: Walk): string {
  const taken = value.length > walk.room ? mend(walk, cutText(value, Math.max(1, walk.room))) : value.toWellFormed()
  walk.room -= taken.length
  return taken
}

function container(value: object, depth: number, walk: Walk): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (Array.isArray(value)) return items(value, depth, walk)
  if (value instanceof Set) return items(value, depth, walk)
  if (value instanceof Map) return properties(value, depth, walk)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return mend(walk, typeTag(value))
  return properties(own(value, walk), depth, walk)
}

function typeTag(value: object): string {
  const name = optional(read(value, 'constructor'), 'name')
  return typeof name === 'string' && name !== '' ? `[${cutText(name, 100)}]` : '[object]'
}

const full = (walk: Walk): boolean => walk.nodes-- <= 0 || walk.room <= 0

function items(values: Iterable<unknown>, depth: number, walk: Walk): unknown[] {
  const copy: unknown[] = []
  for (const value of values) {
    if (full(walk)) {
      walk.mended = true
      break
    }
    copy.push(plain(value, depth + 1, walk))
  }
  return copy
}

function properties(entries: Iterable<[unknown, unknown]>, depth: number, walk: Walk): object {
  const copy: Record<string, unknown> = Object.create(null)
  for (const [key, value] of entries) {
    if (full(walk)) {
      walk.mended = true
      break
    }
    copy[typeof key === 'string' ? text(key, walk) : keyText(key)] = plain(value, depth + 1, walk)
  }
  return copy
}

const keyText = (key: unknown): string =>
  typeof key === 'number' || typeof key === 'boolean' || key === null ? String(key) : `[${typeof key}]`

function* own(value: object, walk: Walk): Generator<[string, unknown]> {
  for (const key of Object.keys(value)) {
    const one = read(value, key)
    if (one === unreadable) walk.mended = true
    yield [key, one]
  }
}
