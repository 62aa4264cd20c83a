// From what the caller gave to what goes on the wire: names, clean values, sensitive ones protected, bounded ones also as dimensions.
import type { Attributes, AttributeValue } from '@opentelemetry/api'
import { count } from '../bind/slot.ts'
import type { AttributeModel, InstrumentModel } from '../catalogue/model.ts'
import { cleanValue, read } from '../value/sanitise.ts'
import { protect } from '../value/sensitive.ts'

/** Values past a dimension's bound fold into this one. */
export const overflow = '_OTHER'

/** What one emission collects. */
export interface Collected {
  readonly attributes: Attributes
  readonly dimensions: Attributes
  /** Measures that were set, recorded when the dimensions are complete. */
  measured: Measured[] | undefined
}
export interface Measured {
  readonly instrument: InstrumentModel
  readonly value: number
}

/** How values of one event type are collected: typed by its catalogue, or open for ad-hoc ones. */
export interface AttributePlan {
  collect(values: unknown, into: Collected): void
}

type Collector = (value: unknown, into: Collected) => void

/** The plan of an event type of a catalogue. */
export function typedPlan(attributes: readonly AttributeModel[]): AttributePlan {
  const collectors = new Map<string, Collector>(attributes.map((model) => [model.key, collector(model)]))
  return {
    collect: (values, into) =>
      eachProperty(values, (key, value) => {
        const collectOne = collectors.get(key)
        if (collectOne) collectOne(value, into)
        else count('attribute_unknown')
      }),
  }
}

/** The plan of an ad-hoc event: every key is a name on the wire. */
export const openPlan: AttributePlan = {
  collect: (values, into) =>
    eachProperty(values, (key, value) => {
      const clean = cleanValue(value)
      if (clean !== undefined && key !== '') setOwn(into.attributes, key, clean)
    }),
}

function eachProperty(values: unknown, take: (key: string, value: unknown) => void): void {
  if (typeof values !== 'object' || values === null) return
  let keys: readonly string[]
  try {
    keys = Object.keys(values)
  } catch {
    count('attribute_invalid')
    return
  }
  for (const key of keys) {
    const value = read(values, key)
    if (value === '[unreadable]') count('attribute_invalid')
    take(key, value)
  }
}

// `__proto__` as a key would be lost by assignment.
function setOwn(target: Attributes, key: string, value: AttributeValue): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
  else target[key] = value
}

function collector(model: AttributeModel): Collector {
  const { name, sensitive } = model
  const typed = typeCheck(model)
  const dimension = model.dimension && boundedDimension(model)
  const measure = model.measure
  if (sensitive) {
    return (value, into) => {
      const clean = typed(value)
      if (clean === undefined) return
      const safe = protect(sensitive, clean)
      if (safe !== undefined) into.attributes[name] = safe
    }
  }
  return (value, into) => {
    const clean = typed(value)
    if (clean === undefined) return
    into.attributes[name] = clean
    if (dimension) into.dimensions[name] = dimension(clean)
    if (measure && typeof clean === 'number') (into.measured ??= []).push({ instrument: measure, value: clean })
  }
}

const primitiveOf = {
  text: 'string',
  id: 'string',
  choice: 'string',
  integer: 'number',
  number: 'number',
  flag: 'boolean',
  list: 'object',
} as const

// A value of the wrong kind is carried as text where text is meant, dropped where it would change the attribute's type, and counted.
function typeCheck({ kind }: AttributeModel): (value: unknown) => AttributeValue | undefined {
  const primitive = primitiveOf[kind]
  return (value) => {
    const clean = cleanValue(value)
    if (clean === undefined || typeof clean === primitive) return clean
    count('attribute_invalid')
    return primitive === 'string' ? String(clean) : undefined
  }
}

function boundedDimension({ name, values, dimension }: AttributeModel): (value: AttributeValue) => AttributeValue {
  if (values) {
    const known: ReadonlySet<unknown> = new Set(values)
    return (value) => (known.has(value) ? value : folded(name))
  }
  const atMost = dimension?.atMost ?? 0
  const seen = new Set<AttributeValue>()
  return (value) => {
    if (seen.has(value)) return value
    if (seen.size >= atMost) return folded(name)
    seen.add(value)
    return value
  }
}

function folded(name: string): string {
  count(`dimension_overflow:${name}`)
  return overflow
}
