// OTLP stage: reading the parts of OTLP/JSON. Its rules: ids are hex, 64-bit integers are texts or numbers, enums are
// numbers, unknown fields are ignored, and a text that protobuf calls empty is one that is not there.
import { StoreError } from '../errors.ts'
import { isMap } from '../event/json-value.ts'
import type { Attributes, AttributeValue } from '../record/attributes.ts'
import type { Instant } from '../record/instant.ts'

export type JsonObject = Readonly<Record<string, unknown>>

const DEEPEST = 64

export function badOtlp(path: string, problem: string): StoreError {
  return new StoreError('PROPRIO_STORE_BAD_OTLP', path, problem, 'Send OTLP/JSON as the OpenTelemetry protocol has it.')
}

export function objectOf(json: unknown, path: string): JsonObject {
  if (json === undefined || json === null) return {}
  if (isMap(json)) return json
  throw badOtlp(path, 'is no object')
}

export function listOf(json: unknown, path: string): readonly unknown[] {
  if (json === undefined || json === null) return []
  if (Array.isArray(json)) return json
  throw badOtlp(path, 'is no list')
}

/** Undefined for an empty or absent text. */
export function textOf(json: unknown, path: string): string | undefined {
  if (json === undefined || json === null || json === '') return undefined
  if (typeof json === 'string') return json
  throw badOtlp(path, 'is no text')
}

/** Undefined for an absent number. */
export function numberOf(json: unknown, path: string): number | undefined {
  if (json === undefined || json === null) return undefined
  const number = typeof json === 'string' ? Number(json) : json
  if (typeof number === 'number' && !Number.isNaN(number)) return number
  throw badOtlp(path, 'is no number')
}

/** Lower-case hex of this many digits, not all zero; undefined when absent. */
export function idOf(json: unknown, digits: 16 | 32, path: string): string | undefined {
  const text = textOf(json, path)?.toLowerCase()
  if (text === undefined || (text.length === digits && /^[0-9a-f]+$/.test(text) && !/^0+$/.test(text))) return text
  throw badOtlp(path, `is no id of ${digits} hex digits`)
}

/** Unix nanoseconds, as a text or a number; undefined when absent or 0. */
export function instantOf(json: unknown, path: string): Instant | undefined {
  if (json === undefined || json === null) return undefined
  const digits = typeof json === 'number' && json >= 0 ? BigInt(Math.trunc(json)).toString() : json
  if (typeof digits !== 'string' || !/^\d{1,20}$/.test(digits)) throw badOtlp(path, 'is no time in nanoseconds')
  const instant = [Number(digits.slice(0, -9)), Number(digits.slice(-9))] as const
  return instant[0] === 0 && instant[1] === 0 ? undefined : instant
}

/** A list of `{ key, value }`. */
export function attributesOf(json: unknown, path: string, depth = 0): Attributes {
  const pairs = listOf(json, path).map((pair, index) => {
    const { key, value } = objectOf(pair, `${path}[${index}]`)
    return [textOf(key, `${path}[${index}].key`) ?? '', valueOf(value, `${path}[${index}].value`, depth)] as const
  })
  return Object.fromEntries(pairs)
}

/** An AnyValue; one without a value is null. */
export function valueOf(json: unknown, path: string, depth = 0): AttributeValue {
  if (depth > DEEPEST) throw badOtlp(path, `is nested deeper than ${DEEPEST}`)
  const { stringValue, boolValue, intValue, doubleValue, bytesValue, arrayValue, kvlistValue } = objectOf(json, path)
  if (typeof stringValue === 'string') return stringValue
  if (typeof boolValue === 'boolean') return boolValue
  if (intValue !== undefined) return numberOf(intValue, path) ?? 0
  if (doubleValue !== undefined) return doubleOf(doubleValue, path)
  if (typeof bytesValue === 'string') return new Uint8Array(Buffer.from(bytesValue, 'base64'))
  if (arrayValue !== undefined) {
    return listOf(objectOf(arrayValue, path)['values'], path).map((inner) => valueOf(inner, path, depth + 1))
  }
  if (kvlistValue !== undefined) return attributesOf(objectOf(kvlistValue, path)['values'], path, depth + 1)
  return null
}

/** JSON has no NaN: protobuf writes it as a text, OpenTelemetry JS as null (and its infinities too). */
function doubleOf(json: unknown, path: string): number {
  if (json === null || json === 'NaN') return Number.NaN
  return numberOf(json, path) ?? 0
}
