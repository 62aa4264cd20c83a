// What every execution of one operation type shares, worked out once.
import type { Attributes, Context, Histogram, SpanKind } from '@opentelemetry/api'
import type { Bound, Scope } from '../bind/scope.ts'
import { spanKinds } from '../catalogue/mapping.ts'
import type { AttributeModel, EventTypeModel, InstrumentModel } from '../catalogue/model.ts'
import { frameOf } from '../context/frame.ts'
import { fillTemplate } from '../define/template.ts'
import type { Level } from '../levels.ts'
import { boundOf, errorTypeBound } from './bound.ts'
import { type AttributePlan, type Collected, type Measured, typedPlan } from './attributes.ts'

export interface OperationPlan {
  readonly scope: Scope
  readonly type: string
  readonly layer: string
  readonly name: string
  /** The level of a failure. */
  readonly level: Level
  readonly kind: SpanKind
  readonly announce: boolean
  /** Limits in seconds. */
  readonly slow: EventTypeModel['slow'] | undefined
  readonly attributes: AttributePlan
  readonly errorTypes: { fold(errorType: string): string }
  begin(context: Context): Collected
  spanName(collected: Collected): string
  /** The duration histogram; an execution records to the SDK that it began with. */
  histogram(bound: Bound): Histogram
  measure(measured: Measured, dimensions: Attributes, context: Context): void
}

export function operationPlan(model: EventTypeModel, scope: Scope): OperationPlan {
  return {
    scope,
    type: model.type,
    layer: model.layer,
    name: model.name,
    level: model.level,
    kind: spanKinds[model.spanKind],
    announce: model.announce,
    slow: model.slow,
    attributes: typedPlan(model.attributes),
    errorTypes: errorTypeBound(model.name),
    begin: beginning(model, scope),
    spanName: spanNaming(model),
    histogram: durationHistogram(scope, model.instrument),
    measure: (measured, dimensions, context) => recordMeasured(scope, measured, dimensions, context),
  }
}

export function durationHistogram(scope: Scope, model: InstrumentModel): (bound: Bound) => Histogram {
  let madeFor: Bound | undefined
  let made: Histogram | undefined
  return (bound) => {
    if (made === undefined || madeFor !== bound) {
      made = scope.instrument('histogram', model)
      madeFor = bound
    }
    return made
  }
}

/** Attributes and dimensions that an emission begins with: the event type's own, and those of the blocks it is in. */
export function beginning(
  { type, layer, keep, attributes = [] }: Pick<EventTypeModel, 'type' | 'layer' | 'keep'> & Partial<EventTypeModel>,
  scope: Scope,
): (context: Context) => Collected {
  const own: Attributes = { 'proprio.type': type, 'proprio.layer': layer, ...(keep && { 'proprio.keep': keep }) }
  const ownDimensions: Attributes = {}
  for (const { name, default: value, dimension } of attributes) {
    if (value === undefined) continue
    own[name] = value
    if (dimension) ownDimensions[name] = value
  }
  const scopeKey = scopeKeyOf(scope)
  return (context) => {
    const frame = frameOf(context)
    return {
      attributes: frame ? { ...frame.attributes, ...own } : { ...own },
      dimensions: frame ? { ...ownDimensions, ...frame.dimensions[scopeKey] } : { ...ownDimensions },
      measured: undefined,
    }
  }
}

export const scopeKeyOf = ({ name, version }: Scope): string => `${name}@${version}`

// The first template whose attributes are there; the last one needs required ones only, and falls back to the type where a caller left them out.
function spanNaming({ spanNames, attributes, type }: EventTypeModel): (collected: Collected) => string {
  const [only] = spanNames
  if (only && spanNames.length === 1 && only.holes.length === 0) return () => only.texts[0] ?? type
  const holes = new Map(attributes.map((attribute) => [attribute.key, holeOf(attribute)]))
  return (collected) => {
    for (const template of spanNames) {
      const name = fillTemplate(template, (hole) => holes.get(hole)?.(collected))
      if (name !== undefined) return name
    }
    return type
  }
}

// A dimension is folded already; a choice that is none is folded here: names of spans are as bounded as dimensions.
function holeOf(attribute: AttributeModel): (collected: Collected) => unknown {
  const { name, dimension } = attribute
  if (dimension) return ({ dimensions }) => dimensions[name]
  const bound = boundOf(attribute)
  return ({ attributes }) => {
    const value = attributes[name]
    return value === undefined ? undefined : bound(value)
  }
}

function recordMeasured(scope: Scope, { instrument, value }: Measured, dimensions: Attributes, context: Context): void {
  if (instrument.instrument === 'counter')
    scope.instrument('counter', instrument).add(value, { ...dimensions }, context)
  else scope.instrument('histogram', instrument).record(value, { ...dimensions }, context)
}
