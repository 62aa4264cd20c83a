// From a catalogue's definitions to its emitters.
import type { Attributes as WireAttributes } from '@opentelemetry/api'
import { gateOf } from '../bind/gate.ts'
import { Scope } from '../bind/scope.ts'
import { count, type Gate, slot } from '../bind/slot.ts'
import { withFrame } from '../context/frame.ts'
import type { MeasureDefinition, MeasureKind, OccurrenceDefinition, OperationDefinition } from '../define/event-type.ts'
import type { Attributes, Later } from '../define/values.ts'
import { typedPlan } from '../emit/attributes.ts'
import { call } from '../emit/host-function.ts'
import { type Measures, measureEmitter } from '../emit/measure.ts'
import { type Occurrence, occurrenceEmitter, occurrencePlan } from '../emit/occurrence.ts'
import { type Operation, operationEmitter } from '../emit/operation.ts'
import { operationPlan, scopeKeyOf } from '../emit/operation-plan.ts'
import type { EventKind } from '../define/event-type.ts'
import { checkCatalogue } from './check.ts'
import { type CatalogueDescription, describeCatalogue } from './describe.ts'
import { describedAs } from './described-emitter.ts'
import type { CatalogueModel, EventTypeModel } from './model.ts'
import { type CatalogueOptions, type Layers, resolveCatalogue } from './resolve.ts'

export type Emitter<D> =
  D extends OperationDefinition<infer A>
    ? Operation<A>
    : D extends OccurrenceDefinition<infer A>
      ? Occurrence<A>
      : D extends MeasureDefinition<infer K extends MeasureKind, infer A>
        ? Measures<A>[K]
        : never

/** What `catalogue()` makes: an emitter for each event type, under its layer, and `within`. */
export type Catalogue<L, C = {}> = {
  readonly [K in keyof L]: { readonly [E in keyof L[K]]: Emitter<L[K][E]> }
} & {
  /** Runs `fn` with context said once: on every span and log record inside, and where bounded on metrics. */
  within<R>(context: Later<C>, fn: () => R): R
}

const models = new WeakMap<object, CatalogueModel>()

/**
 * Makes the emitters of a framework's events.
 * @param name lower-case name of the framework: the instrumentation scope's name, and the first word of all its names on the wire
 * @param layers event types by layer; see {@link operation}, {@link occurrence}, {@link counter}, {@link gauge}
 * @throws ProprioError where names clash, break OpenTelemetry's rules, or an entry is no event type
 */
export function catalogue<const L extends Layers, const C extends Attributes = {}>(
  name: string,
  options: CatalogueOptions<C>,
  layers: L,
): Catalogue<L, C> {
  const model = resolveCatalogue(name, options, layers)
  checkCatalogue(model)
  const scope = new Scope(model.name, model.version, model.schemaUrl)
  const byLayer = Map.groupBy(model.eventTypes, ({ layer }) => layer)
  const emitters = [...byLayer].map(([layer, events]) => {
    const gate = gateOf(layer)
    return [
      layer,
      Object.fromEntries(
        events.map((event) => [keyOf(event), describedAs(emitterOf(event, scope, gate), event, model)]),
      ),
    ] as const
  })
  const made = { ...Object.fromEntries(emitters), within: within(model, scope) }
  models.set(made, model)
  announce(model)
  return made as unknown as Catalogue<L, C>
}

const keyOf = ({ type, layer }: EventTypeModel): string => type.slice(layer.length + 1)
const emitterOf = (event: EventTypeModel, scope: Scope, gate: Gate): object => makers[event.kind](event, scope, gate)

const makers = {
  operation: (event, scope, gate) => operationEmitter({ plan: operationPlan(event, scope), gate }),
  occurrence: (event, scope, gate) => occurrenceEmitter(occurrencePlan(event, scope, gate)),
  counter: (event, scope, gate) => measureEmitter('counter', event, scope, gate),
  upDownCounter: (event, scope, gate) => measureEmitter('upDownCounter', event, scope, gate),
  gauge: (event, scope, gate) => measureEmitter('gauge', event, scope, gate),
  histogram: (event, scope, gate) => measureEmitter('histogram', event, scope, gate),
} satisfies Record<EventKind, (event: EventTypeModel, scope: Scope, gate: Gate) => object>

function within(model: CatalogueModel, scope: Scope) {
  const plan = typedPlan(model.context)
  return <R>(values: unknown, fn: () => R): R => {
    const attributes: WireAttributes = {}
    const dimensions: WireAttributes = {}
    try {
      plan.collect(values, { attributes, dimensions, measured: undefined })
    } catch {
      count('internal_error')
    }
    return withFrame(attributes, scopeKeyOf(scope), dimensions, () => call(fn))
  }
}

function announce(model: CatalogueModel): void {
  slot.catalogues.set(`${model.name}@${model.version}`, model)
  for (const hear of slot.announced) {
    try {
      hear(model)
    } catch {
      count('internal_error')
    }
  }
}

/**
 * A catalogue as plain JSON: every event type with its names, kind, units, attributes, dimensions, buckets, level, limits and summary.
 * Its form is published as `@proprio/api/description.schema.json`.
 * @throws TypeError when `of` was not made by `catalogue()`
 */
export function describe(of: object): CatalogueDescription {
  const model = models.get(of)
  if (!model) throw new TypeError('describe() takes what catalogue() returned')
  return describeCatalogue(model)
}
