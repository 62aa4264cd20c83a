// Attribute values from anywhere become values that OpenTelemetry can carry. Nothing here throws, whatever it is handed.
import type { AttributeValue } from '@opentelemetry/api'
import { count } from '../bind/slot.ts'

/** Characters of one string value; longer ones are cut. */
export const textLimit = 8192
const depthLimit = 64
const nodeLimit = 1000

/** A string that may be carried as it is: not too long, no lone surrogate. */
export function cleanText(text: string): string {
  if (text.length > textLimit) return cutText(text)
  return text.isWellFormed() ? text : text.toWellFormed()
}

function cutText(text: string): string {
  count('attribute_invalid')
  const last = text.charCodeAt(textLimit - 1)
  const splitsPair = last >= 0xd800 && last <= 0xdbff
  return text.slice(0, splitsPair ? textLimit - 1 : textLimit).toWellFormed()
}

/** Any value as an attribute value; undefined for what is not there (undefined, null). Objects become JSON text. */
export function cleanValue(value: unknown): AttributeValue | undefined {
  switch (typeof value) {
    case 'string':
      return cleanText(value)
    case 'number':
    case 'boolean':
      return value
    case 'undefined':
      return undefined
    default:
      if (value === null) return undefined
      try {
        return unusual(value)
      } catch {
        count('attribute_invalid')
        return '[unreadable]'
      }
  }
}

function unusual(value: unknown): AttributeValue {
  if (typeof value === 'bigint') return wholeNumber(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (Array.isArray(value)) {
    const simple = simpleList(value)
    if (simple) return simple
  }
  count('attribute_invalid')
  if (typeof value !== 'object') return tagOf(value)
  return cleanText(JSON.stringify(plain(value, 0, { left: nodeLimit, path: new Set() })))
}

const wholeNumber = (value: bigint): number | string => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : cleanText(value.toString())
}

// OpenTelemetry's lists are of one primitive kind.
function simpleList(values: readonly unknown[]): AttributeValue | undefined {
  const kind = typeof values.find((value) => value !== null && value !== undefined)
  if (kind !== 'string' && kind !== 'number' && kind !== 'boolean' && kind !== 'undefined') return undefined
  const taken = values.slice(0, nodeLimit)
  if (!taken.every((value) => value === null || value === undefined || typeof value === kind)) return undefined
  if (taken.length < values.length) count('attribute_invalid')
  return taken.map((value) => (typeof value === 'string' ? cleanText(value) : (value ?? null))) as AttributeValue
}

const tagOf = (value: unknown): string => {
  if (typeof value === 'function') return '[function]'
  if (typeof value === 'symbol') return '[symbol]'
  return Object.prototype.toString.call(value)
}

interface Walk {
  left: number
  readonly path: Set<object>
}

// A copy that JSON can take: bounded in depth and size, cycles named, getters that throw named.
function plain(value: unknown, depth: number, walk: Walk): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (value === null || typeof value === 'boolean' || typeof value === 'undefined') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'bigint') return wholeNumber(value)
  if (typeof value !== 'object') return tagOf(value)
  if (walk.path.has(value)) return '[circular]'
  if (depth >= depthLimit || walk.left <= 0) return Array.isArray(value) ? [] : {}
  walk.path.add(value)
  try {
    return container(value, depth, walk)
  } catch {
    return '[unreadable]'
  } finally {
    walk.path.delete(value)
  }
}

function container(value: object, depth: number, walk: Walk): unknown {
  if (value instanceof Date) return cleanValue(value)
  if (Array.isArray(value)) return items(value, depth, walk)
  if (value instanceof Set) return items(value.values().take(nodeLimit), depth, walk)
  if (value instanceof Map) return properties(value.entries().take(nodeLimit), depth, walk)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return tagOf(value)
  return properties(readable(value), depth, walk)
}

function items(values: Iterable<unknown>, depth: number, walk: Walk): unknown[] {
  const copy: unknown[] = []
  for (const value of values) {
    if (walk.left-- <= 0) break
    copy.push(plain(value, depth + 1, walk))
  }
  return copy
}

function properties(entries: Iterable<[unknown, unknown]>, depth: number, walk: Walk): object {
  const copy: Record<string, unknown> = Object.create(null)
  for (const [key, value] of entries) {
    if (walk.left-- <= 0) break
    copy[typeof key === 'string' ? cleanText(key) : tagOf(key)] = plain(value, depth + 1, walk)
  }
  return copy
}

function* readable(value: object): Generator<[string, unknown]> {
  for (const key of Object.keys(value)) yield [key, read(value, key)]
}

/** A property, or `[unreadable]` when reading it throws. */
export function read(from: unknown, key: PropertyKey): unknown {
  try {
    return (from as Record<PropertyKey, unknown>)[key]
  } catch {
    return '[unreadable]'
  }
}
