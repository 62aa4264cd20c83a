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

/** One attribute, and what is done with its values; data and not closures, since every attribute of every operation passes here. */
interface AttributeStep {
  readonly name: string
  readonly check: (value: unknown) => AttributeValue | undefined
  readonly protect: ((value: AttributeValue) => AttributeValue | undefined) | undefined
  readonly dimension: ((value: AttributeValue) => AttributeValue) | undefined
  readonly measure: InstrumentModel | undefined
}

/** The plan of an event type of a catalogue. */
export function typedPlan(attributes: readonly AttributeModel[]): AttributePlan {
  const steps = new Map(attributes.map((model) => [model.key, stepOf(model)]))
  return {
    collect(values, into) {
      for (const key of keysOf(values)) {
        const step = steps.get(key)
        if (step) take(step, valueOf(values, key), into)
        else count('attribute_unknown')
      }
    },
  }
}

function stepOf(model: AttributeModel): AttributeStep {
  const { name, sensitive, dimension, measure } = model
  return {
    name,
    check: typeCheck(model),
    protect: sensitive && ((value) => protect(sensitive, value)),
    dimension: sensitive ? undefined : dimension && boundOf(model),
    measure: sensitive ? undefined : measure,
  }
}

function take({ name, check, protect, dimension, measure }: AttributeStep, value: unknown, into: Collected): void {
  const before = invalidSoFar()
  const clean = check(value)
  const safe = clean === undefined || protect === undefined ? clean : protect(clean)
  if (safe !== undefined) {
    into.attributes[name] = safe
    if (dimension) into.dimensions[name] = dimension(safe)
    if (measure && typeof safe === 'number') addMeasured(into, measure, safe)
  }
  if (invalidSoFar() !== before) count(`attribute_invalid:${name}`)
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
