// From what the caller gave to what goes on the wire: names, clean values, sensitive ones protected, bounded ones also as dimensions.
import type { Attributes, AttributeValue } from '@opentelemetry/api'
import { count } from '../bind/slot.ts'
import type { AttributeModel, InstrumentModel } from '../catalogue/model.ts'
import { primitiveOf } from '../define/attribute.ts'
import { invalid, invalidSoFar } from '../value/invalid.ts'
import { keysOf, valueOf } from '../value/properties.ts'
import { cleanValue } from '../value/sanitise.ts'
import { protect } from '../value/sensitive.ts'
import { boundOf } from './bound.ts'

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
  const names = new Map(attributes.map(({ key, name }) => [key, name]))
  return {
    collect(values, into) {
      for (const key of keysOf(values)) {
        const collectOne = collectors.get(key)
        if (!collectOne) {
          count('attribute_unknown')
          continue
        }
        const before = invalidSoFar()
        collectOne(valueOf(values, key), into)
        if (invalidSoFar() !== before) count(`attribute_invalid:${names.get(key) ?? key}`)
      }
    },
  }
}

function collector(model: AttributeModel): Collector {
  const { name, sensitive } = model
  const typed = typeCheck(model)
  const dimension = model.dimension && boundOf(model)
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
    if (measure && typeof clean === 'number') addMeasured(into, measure, clean)
  }
}

// A sum that has taken NaN once is NaN for ever, and a counter's never falls.
function addMeasured(into: Collected, instrument: InstrumentModel, value: number): void {
  if (Number.isFinite(value) && (value >= 0 || instrument.instrument !== 'counter'))
    (into.measured ??= []).push({ instrument, value })
  else invalid()
}

// A value of the wrong kind is carried as text where text is meant, dropped where it would change the attribute's type, and counted.
function typeCheck({ kind, of }: AttributeModel): (value: unknown) => AttributeValue | undefined {
  const primitive = primitiveOf[kind]
  const fits = (kind === 'list' && listFits(of)) || (kind === 'integer' && wholeOnly)
  return (value) => {
    const clean = cleanValue(value)
    if (clean === undefined) return undefined
    if (typeof clean === primitive) return fits ? fits(clean) : clean
    invalid()
    return primitive === 'string' ? String(clean) : undefined
  }
}

// A fraction would make the attribute a double on some records and an integer on others.
function wholeOnly(value: AttributeValue): AttributeValue | undefined {
  if (Number.isInteger(value)) return value
  invalid()
  return Number.isFinite(value) ? Math.round(value as number) : undefined
}

const listFits = (of: AttributeModel['kind'] | undefined) => (values: AttributeValue) => {
  const primitive = of && primitiveOf[of]
  const item = (values as readonly unknown[]).find((one) => one !== null)
  if (item === undefined || primitive === undefined || typeof item === primitive) return values
  invalid()
  return primitive === 'string' ? (values as readonly unknown[]).map((one) => one ?? '').map(String) : undefined
}
