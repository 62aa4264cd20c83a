// Decode stage: reading the parts of a metrics request in OTLP/JSON. As everywhere in it, 64-bit integers are texts or numbers, and what is not there is
// null or absent.
export type JsonObject = Readonly<Record<string, unknown>>

export function objectOf(json: unknown, path: string): JsonObject {
  if (json === undefined || json === null) return {}
  if (typeof json === 'object' && !Array.isArray(json)) return json as JsonObject
  throw new TypeError(`${path} is no object`)
}

export function listOf(json: unknown, path: string): readonly unknown[] {
  if (json === undefined || json === null) return []
  if (Array.isArray(json)) return json
  throw new TypeError(`${path} is no list`)
}

export function textOf(json: unknown, path: string): string {
  if (json === undefined || json === null) return ''
  if (typeof json === 'string') return json
  throw new TypeError(`${path} is no text`)
}

/** Undefined when absent. */
export function numberOf(json: unknown, path: string): number | undefined {
  if (json === undefined || json === null) return undefined
  const number = typeof json === 'string' && json.trim() !== '' ? Number(json) : json
  if (typeof number === 'number' && (json === 'NaN' || !Number.isNaN(number))) return number
  throw new TypeError(`${path} is no number`)
}

/** How many; 0 when absent. */
export function countOf(json: unknown, path: string): number {
  const count = numberOf(json, path) ?? 0
  if (Number.isInteger(count) && count >= 0) return count
  throw new TypeError(`${path} is no count`)
}

/** Unix nanoseconds; 0 when absent. */
export function timeOf(json: unknown, path: string): bigint {
  if (json === undefined || json === null) return 0n
  if (typeof json === 'string' && /^\d{1,20}$/.test(json)) return BigInt(json)
  if (typeof json === 'number' && Number.isInteger(json) && json >= 0) return BigInt(json)
  throw new TypeError(`${path} is no time in nanoseconds`)
}
