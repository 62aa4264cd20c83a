// Filter stage: one row a field, exhaustive by type, in the order in which they are asked: what a store knows at once
// stands first, what has to be made from the record last.
import type { StoredEvent } from '../event/framework-event.ts'
import { isLevel, LEVELS, SEVERITY } from '../event/level.ts'
import type { Level } from '../event/level.ts'
import type { AttributeValue } from '../record/attributes.ts'
import { compileAttributes } from './attributes.ts'
import {
  badValue,
  checkFlag,
  checkKeys,
  checkNumber,
  checkObject,
  checkRange,
  checkText,
  checkTime,
  kindOf,
  many,
} from './check.ts'
import type { FilterFields } from './filter.ts'
import { compilePatterns } from './pattern.ts'
import type { StoredPredicate } from './predicate.ts'

/** Checks a field's value and compiles it to a test; throws a coded error that names `path`. */
type FieldCompiler = (value: unknown, path: string) => StoredPredicate

export const FIELDS = {
  afterId: (value, path) => {
    const id = checkNumber(value, path)
    return (event) => event.id > id
  },
  level: (value, path) => {
    const levels = checkLevels(value, path)
    return (event) => levels.has(event.level)
  },
  layer: (value, path) => {
    const matches = compilePatterns(many(value, path, checkText))
    return (event) => matches(event.layer)
  },
  type: (value, path) => {
    const matches = compilePatterns(many(value, path, checkText))
    return (event) => matches(event.type)
  },
  traceId: (value, path) => oneOfIds(value, path, (event) => event.traceId),
  spanId: (value, path) => oneOfIds(value, path, (event) => event.spanId),
  time: (value, path) => {
    const bounds = checkObject(value, path)
    checkKeys(bounds, ['from', 'to'], path)
    const from = bounds['from'] === undefined ? -Infinity : checkTime(bounds['from'], `${path}.from`)
    const to = bounds['to'] === undefined ? Infinity : checkTime(bounds['to'], `${path}.to`)
    return ({ time }) => time >= from && time < to
  },
  durationMs: (value, path) => {
    const inRange = checkRange(value, path)
    return ({ durationMs }) => durationMs !== undefined && inRange(durationMs)
  },
  slow: (value, path) => {
    const wanted = checkFlag(value, path)
    return (event) => (event.slow !== undefined) === wanted
  },
  failed: (value, path) => {
    const wanted = checkFlag(value, path)
    return (event) => (event.error !== undefined) === wanted
  },
  attributes: compileAttributes,
  text: (value, path) => {
    const words = many(value, path, checkText).map((word) => word.toLowerCase())
    return (event) => says(event, (text) => words.some((word) => text.toLowerCase().includes(word)))
  },
} as const satisfies Record<keyof FilterFields, FieldCompiler>

function checkLevels(value: unknown, path: string): ReadonlySet<Level> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Set(many(value, path, checkLevel))
  checkKeys(value, ['atLeast', 'atMost'], path)
  const { atLeast = 'debug', atMost = 'critical' } = value as Record<string, unknown>
  const low = SEVERITY[checkLevel(atLeast, `${path}.atLeast`)]
  const high = SEVERITY[checkLevel(atMost, `${path}.atMost`)]
  return new Set(LEVELS.filter((level) => SEVERITY[level] >= low && SEVERITY[level] <= high))
}

function checkLevel(value: unknown, path: string): Level {
  if (isLevel(value)) return value
  const said = typeof value === 'string' ? `'${value.slice(0, 64)}'` : kindOf(value)
  throw badValue(path, `is ${said}`, `Give one of ${LEVELS.join(', ')}, or { atLeast, atMost }.`)
}

function oneOfIds(value: unknown, path: string, idOf: (event: StoredEvent) => string | undefined): StoredPredicate {
  const ids = new Set<string | undefined>(many(value, path, checkText).map((id) => id.toLowerCase()))
  return (event) => ids.has(idOf(event))
}

function says(event: StoredEvent, has: (text: string) => boolean): boolean {
  const { error } = event
  if (has(event.message) || has(event.type)) return true
  if (error !== undefined && (has(error.type) || has(error.message))) return true
  return Object.values(event.attributes).some((value) => valueSays(value, has))
}

function valueSays(value: AttributeValue | undefined, has: (text: string) => boolean): boolean {
  if (typeof value === 'string') return has(value)
  return Array.isArray(value) && value.some((inner) => typeof inner === 'string' && has(inner))
}
