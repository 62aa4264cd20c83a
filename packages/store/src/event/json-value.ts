// Event stage: attribute values as JSON and back, without loss. What JSON has no word for is an object with one key that
// begins with `$`. A map that has such a key itself is written as its entries, so that nothing can be mistaken; so is one
// with a key that JSON must escape, since V8 reads such keys wrong once it has met the key `\` (nodejs/node#63785).
import type { AttributeValue } from '../record/attributes.ts'
import { StoreError } from '../errors.ts'

/** A number that JSON can hold, or the name of one it cannot. */
export type JsonNumber = number | { readonly $number: 'NaN' | 'Infinity' | '-Infinity' | '-0' }

/** An attribute's value in JSON: a plain value, `$number`, `$bytes` (base64), or a map. */
export type JsonValue =
  | string
  | JsonNumber
  | boolean
  | null
  | { readonly $bytes: string }
  | readonly JsonValue[]
  | JsonMap

/** A map, or its entries when a key begins with `$` or has a character that JSON escapes. */
export type JsonMap =
  | { readonly [key: string]: JsonValue }
  | { readonly $entries: readonly (readonly [string, JsonValue])[] }

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
  return mapToJson(value)
}

export function mapToJson(map: { readonly [key: string]: AttributeValue | undefined }): JsonMap {
  const entries = Object.entries(map).map(([key, inner]) => [key, valueToJson(inner)] as const)
  const plain = entries.every(([key]) => !ESCAPED_OR_SPECIAL.test(key) && key.isWellFormed())
  return plain ? Object.fromEntries(entries) : { $entries: entries }
}

// oxlint-disable-next-line no-control-regex
const ESCAPED_OR_SPECIAL = /^\$|["\\\u0000-\u001f]/

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
  return mapFromJson(json, path)
}

/** Keys are defined, never assigned: `__proto__` is an attribute like any other. */
export function mapFromJson(json: Readonly<Record<string, unknown>>, path: string): Record<string, AttributeValue> {
  const entries = isList(json['$entries']) ? json['$entries'].map(entryOf) : Object.entries(json)
  return Object.fromEntries(entries.map(([key, inner]) => [key, valueFromJson(inner, `${path}.${key}`)]))
}

function entryOf(json: unknown): [string, unknown] {
  const [key, inner]: readonly unknown[] = isList(json) ? json : []
  return [String(key), inner]
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isList<Item>(value: unknown | readonly Item[]): value is readonly Item[] {
  return Array.isArray(value)
}
