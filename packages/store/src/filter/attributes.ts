// Filter stage: conditions on attributes.
import type { AttributeValue } from '../record/attributes.ts'
import {
  badValue,
  checkFlag,
  checkKeys,
  checkObject,
  checkRange,
  checkText,
  FILTER_LIMITS,
  kindOf,
  many,
} from './check.ts'
import type { FilteredEvent, StoredPredicate } from './predicate.ts'
import { compilePatterns } from './pattern.ts'

/** Compiles `{ name: condition, … }`; all of them must hold. */
export function compileAttributes(value: unknown, path: string): StoredPredicate {
  const conditions = Object.entries(checkObject(value, path))
  if (conditions.length > FILTER_LIMITS.attributes) {
    throw badValue(path, `names ${conditions.length} attributes`, `Give at most ${FILTER_LIMITS.attributes}.`)
  }
  const tests = conditions.map(([name, condition]) => ({ name, holds: compileCondition(condition, `${path}.${name}`) }))
  return (event) => tests.every(({ name, holds }) => holds(attributeOf(event, name)))
}

/** The event's attribute of that name, and nothing that its object inherits. */
export function attributeOf(event: FilteredEvent, name: string): AttributeValue | undefined {
  if (event.attribute !== undefined) return event.attribute(name)
  return Object.hasOwn(event.attributes, name) ? event.attributes[name] : undefined
}

function compileCondition(condition: unknown, path: string): (value: AttributeValue | undefined) => boolean {
  if (typeof condition === 'object' && condition !== null && !Array.isArray(condition)) {
    if (!('exists' in condition)) {
      const inRange = checkRange(condition, path)
      return anyOf((value) => typeof value === 'number' && inRange(value))
    }
    checkKeys(condition, ['exists'], path)
    const wanted = checkFlag(condition.exists, `${path}.exists`)
    return (value) => (value !== undefined) === wanted
  }
  const values = many(condition, path, checkScalar)
  const exact = new Set<AttributeValue | undefined>(values.filter((value) => typeof value !== 'string'))
  const texts = compilePatterns(values.filter((value) => typeof value === 'string'))
  return anyOf((value) => (typeof value === 'string' ? texts(value) : exact.has(value)))
}

/** A list matches when one of its elements does. */
function anyOf(test: (value: AttributeValue | undefined) => boolean): (value: AttributeValue | undefined) => boolean {
  return (value) => (Array.isArray(value) ? value.some(test) : test(value))
}

function checkScalar(value: unknown, path: string): string | number | boolean {
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value === 'string') return checkText(value, path)
  throw badValue(path, `is ${kindOf(value)}`, 'Give a text, a number, a flag, a list of these, a range or { exists }.')
}
