// Classification stage: the attributes by which our own records say what they are. They are read here, and left out of
// the framework event, whose fields they have become.
import type { Attributes, AttributeValue } from '../record/attributes.ts'

export const BOOKKEEPING = {
  type: 'proprio.type',
  layer: 'proprio.layer',
  level: 'proprio.level',
  slowThreshold: 'proprio.slow.threshold',
  part: 'proprio.part',
  causes: 'proprio.exception.causes',
  keep: 'proprio.keep',
  /** Of an occurrence that had to become a span, where there is no SDK for logs. */
  message: 'proprio.message',
} as const

const BOOKKEEPING_NAMES: ReadonlySet<string> = new Set(Object.values(BOOKKEEPING))

/** The attributes of a record as a framework event carries them: without bookkeeping, and null where a value is undefined. */
export function eventAttributes(attributes: Attributes): Record<string, AttributeValue> {
  const kept: Record<string, AttributeValue> = {}
  for (const name of Object.keys(attributes)) {
    if (BOOKKEEPING_NAMES.has(name)) continue
    const value = settled(attributes[name])
    if (name === '__proto__') Object.defineProperty(kept, name, { value, enumerable: true })
    else kept[name] = value
  }
  return kept
}

/** One attribute of a record, as its framework event carries it. */
export function eventAttribute(attributes: Attributes, name: string): AttributeValue | undefined {
  return Object.hasOwn(attributes, name) && !BOOKKEEPING_NAMES.has(name) ? settled(attributes[name]) : undefined
}

/** Undefined becomes null, as it does on the wire, so that what the process saw is what OTLP brings back. */
function settled(value: AttributeValue | undefined): AttributeValue {
  if (value === undefined) return null
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  if (Array.isArray(value)) return value.map(settled)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, settled(inner)]))
}

export function textOf(attributes: Attributes, name: string): string | undefined {
  const value = attributes[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
