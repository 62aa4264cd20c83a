// Attribute values from anywhere become values that OpenTelemetry can carry. Nothing here throws, whatever it is handed.
import type { AttributeValue } from '@opentelemetry/api'
import { invalid } from './invalid.ts'
import { plainText, wholeNumber } from './plain.ts'
import { unreadable } from './read.ts'
import { cleanText } from './text.ts'

/** Items of one list; further ones are cut. */
const itemLimit = 1000

/** Any value as an attribute value; undefined for what is not there (undefined, null). Objects become JSON text. What is cut or unreadable is counted. */
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
        invalid()
        return unreadable
      }
  }
}

function unusual(value: unknown): AttributeValue {
  if (typeof value === 'bigint') return wholeNumber(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  const simple = Array.isArray(value) ? simpleList(value) : undefined
  return simple ?? plainText(value)
}

// OpenTelemetry's lists are of one primitive kind.
function simpleList(values: readonly unknown[]): AttributeValue | undefined {
  const taken: (string | number | boolean | null)[] = []
  let kind = 'undefined'
  const length = Math.min(values.length, itemLimit)
  for (let index = 0; index < length; index++) {
    const value = values[index] ?? null
    if (value === null) {
      taken.push(null)
      continue
    }
    if (kind === 'undefined') kind = typeof value
    if (typeof value !== kind) return undefined
    if (typeof value === 'string') taken.push(cleanText(value))
    else if (typeof value === 'number' || typeof value === 'boolean') taken.push(value)
    else return undefined
  }
  if (length < values.length) invalid()
  return taken as AttributeValue
}
