// Event stage: attribute values as JSON and back, without loss. What JSON has no word for is an object with one key that
// begins with `$`; an attribute that is itself an object with such a key is wrapped, so that nothing can be mistaken.
import type { AttributeValue } from '../record/attributes.ts'
import { StoreError } from '../errors.ts'

/** A number that JSON can hold, or the name of one it cannot. */
export type JsonNumber = number | { readonly $number: 'NaN' | 'Infinity' | '-Infinity' | '-0' }

/** An attribute's value in JSON: a plain value, `$number`, `$bytes` (base64), or `$map` around an object whose keys begin with `$`. */
export type JsonValue =
  | string
  | JsonNumber
  | boolean
  | null
  | { readonly $bytes: string }
  | { readonly $map: { readonly [key: string]: JsonValue } }
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }

export function numberToJson(value: number): JsonNumber {
  if (Object.is(value, -0)) return { $number: '-0' }
  if (Number.isFinite(value)) return value
  return { $number: Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity' }
}

/** Undefined inside a list or a map has no JSON and becomes null, as it does on the wire. */
export function valueToJson(value: AttributeValue | undefined): JsonValue {
  if (value === undefined || value === null) return null
  if (typeof value === 'number') return numberToJson(value)
  if (typeof value !== 'object') return value
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') }
  if (isList(value)) return Array.from(value, valueToJson)
  const entries = Object.entries(value).map(([key, inner]) => [key, valueToJson(inner)] as const)
  const map: { readonly [key: string]: JsonValue } = Object.fromEntries(entries)
  return entries.some(([key]) => key.startsWith('$')) ? { $map: map } : map
}

const NUMBERS: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': -Infinity, '-0': -0 }

export function numberFromJson(json: unknown, path: string): number {
  if (typeof json === 'number') return json
  const name = isMap(json) ? json['$number'] : undefined
  if (typeof name === 'string' && Object.hasOwn(NUMBERS, name)) return NUMBERS[name] as number
  throw new StoreError('PROPRIO_STORE_BAD_EVENT', path, 'is no number', 'Give a number or { $number: "NaN" }.')
}

export function valueFromJson(json: unknown, path: string): AttributeValue {
  if (json === null || typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean') return json
  if (isList(json)) return json.map((inner, index) => valueFromJson(inner, `${path}[${index}]`))
  if (!isMap(json)) {
    throw new StoreError('PROPRIO_STORE_BAD_EVENT', path, `cannot be ${typeof json}`, 'Give a JSON value.')
  }
  if ('$number' in json) return numberFromJson(json, path)
  if (typeof json['$bytes'] === 'string') return new Uint8Array(Buffer.from(json['$bytes'], 'base64'))
  return mapFromJson(isMap(json['$map']) ? json['$map'] : json, path)
}

/** Keys are defined, never assigned: `__proto__` is an attribute like any other. */
export function mapFromJson(json: Readonly<Record<string, unknown>>, path: string): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(json).map(([key, inner]) => [key, valueFromJson(inner, `${path}.${key}`)]))
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isList<Item>(value: unknown | readonly Item[]): value is readonly Item[] {
  return Array.isArray(value)
}
