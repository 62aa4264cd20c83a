// From definitions to the model: names, units, dimensions and limits.
import type { Attribute } from '../define/attribute.ts'
import type { Definition, OccurrenceDefinition, OperationDefinition } from '../define/event-type.ts'
import type { Attributes, ContextCheck } from '../define/values.ts'
import { ProprioError } from '../errors.ts'
import { levelOr, severityOf } from '../levels.ts'
import {
  expectBuckets,
  expectCatalogue,
  expectKey,
  expectObject,
  expectOneOf,
  expectSummary,
  isKind,
  limit,
  templateOf,
} from './expect.ts'
import { durationBuckets, signals, spanKinds } from './mapping.ts'
import type { AttributeModel, CatalogueModel, EventTypeModel, InstrumentModel } from './model.ts'
import { snakeCase } from './naming.ts'

export type Layers = Readonly<Record<string, Readonly<Record<string, Definition>>>>
export interface CatalogueOptions<C extends Attributes = Attributes> {
  /** Version of the catalogue: the instrumentation scope's version on everything it emits. */
  readonly version: string
  readonly schemaUrl?: string
  /** Attributes that are said once, with `within()`, for everything emitted inside. They take no `measure`, `default` or `required`. */
  readonly context?: C & ContextCheck<C>
}

export function resolveCatalogue(name: string, options: CatalogueOptions, layers: Layers): CatalogueModel {
  expectCatalogue(name, options, layers)
  const eventTypes = Object.entries(layers).flatMap(([layer, events]) => {
    const path = `${name}.${layer}`
    expectKey(path, layer)
    expectObject('PROPRIO_API_BAD_EVENT_TYPE', path, 'this layer', events, 'Give an object of event types.')
    return Object.entries(events).map(([key, definition]) => resolveEventType(name, layer, key, definition))
  })
  const given: Attributes = options.context ?? {}
  const context = Object.entries(given).map(([key, attribute]) =>
    resolveAttribute(`${name} context ${key}`, contextName(name, key, attribute, layers), name, key, attribute),
  )
  return {
    name,
    version: options.version,
    ...(options.schemaUrl !== undefined && { schemaUrl: options.schemaUrl }),
    context,
    eventTypes,
  }
}

// `flow.workflow` cannot be an attribute where `flow.workflow.` is the namespace of a layer: it is `flow.workflow.name` then, or `.id`.
function contextName(catalogue: string, key: string, attribute: Attribute<unknown>, layers: Layers): string {
  const name = `${catalogue}.${snakeCase(key)}`
  if (!Object.hasOwn(layers, key)) return name
  return attribute.attribute === 'id' ? `${name}.id` : `${name}.name`
}

function resolveEventType(catalogue: string, layer: string, key: string, definition: Definition): EventTypeModel {
  const type = `${layer}.${key}`
  const path = `${catalogue}.${type}`
  expectKey(path, key)
  if (typeof definition !== 'object' || definition === null || !Object.hasOwn(signals, definition.event)) {
    throw new ProprioError(
      'PROPRIO_API_BAD_EVENT_TYPE',
      path,
      'this is no event type',
      'Make it with operation(), occurrence(), counter(), upDownCounter(), gauge(), histogram() or extend().',
    )
  }
  expectSummary('PROPRIO_API_BAD_EVENT_TYPE', path, definition.summary)
  if ('buckets' in definition) expectBuckets(path, definition.buckets)
  const name = `${catalogue}.${snakeCase(layer)}.${snakeCase(key)}`
  const prefix = `${catalogue}.${snakeCase(layer)}`
  const attributes = Object.entries(definition.attributes ?? {}).map(([attributeKey, attribute]) => {
    const place = `${path} attribute ${attributeKey}`
    const model = resolveAttribute(place, `${prefix}.${snakeCase(attributeKey)}`, name, attributeKey, attribute)
    return isMeasure(definition) ? asDimension(model) : model
  })
  return {
    type,
    layer,
    kind: definition.event,
    name,
    summary: definition.summary,
    attributes,
    instrument: resolveInstrument(name, definition),
    ...(definition.deprecated && { deprecated: definition.deprecated }),
    ...(definition.event === 'operation' ? resolveOperation(path, definition) : resolveOther(path, definition)),
  }
}

const isMeasure = ({ event }: Definition): boolean => event !== 'operation' && event !== 'occurrence'

// All that a measure has is an instrument: its attributes are dimensions, and one that cannot be is refused by the checks.
const asDimension = (attribute: AttributeModel): AttributeModel => ({
  ...attribute,
  dimension: attribute.dimension ?? { atMost: Infinity },
})

type Shape = Pick<
  EventTypeModel,
  'level' | 'spanNames' | 'spanKind' | 'onSpan' | 'announce' | 'message' | 'slow' | 'keep'
>

function resolveOperation(path: string, definition: OperationDefinition): Shape {
  const given: unknown = definition.span
  const names: readonly unknown[] = Array.isArray(given) ? given : [given]
  const { slow } = definition
  expectOneOf(path, 'kind', definition.kind, Object.keys(spanKinds))
  expectLevelAndKeep(path, definition)
  return {
    level: levelOr(definition.level, 'error'),
    spanNames: names.map((template) => templateOf(path, 'span name', template)),
    spanKind: definition.kind ?? 'internal',
    onSpan: true,
    announce: definition.announce === true,
    ...(slow && { slow: { ...limit(path, 'warn', slow.warn), ...limit(path, 'error', slow.error) } }),
    ...(definition.keep && { keep: definition.keep }),
  }
}

function resolveOther(path: string, definition: Exclude<Definition, OperationDefinition>): Shape {
  const shared = { spanNames: [], spanKind: 'internal', announce: false } as const
  if (definition.event !== 'occurrence') return { ...shared, level: 'info', onSpan: false }
  const { message, keep, onSpan }: OccurrenceDefinition = definition
  expectLevelAndKeep(path, definition)
  return {
    ...shared,
    level: levelOr(definition.level, 'info'),
    onSpan: onSpan !== false,
    ...(message !== undefined && { message: templateOf(path, 'message', message) }),
    ...(keep && { keep }),
  }
}

function expectLevelAndKeep(path: string, { level, keep }: OperationDefinition | OccurrenceDefinition): void {
  expectOneOf(path, 'level', level, Object.keys(severityOf))
  expectOneOf(path, 'keep', keep, ['hot', 'cold'])
}

function resolveInstrument(name: string, definition: Definition): InstrumentModel {
  const row = signals[definition.event]
  const own = 'metric' in definition ? definition.metric : undefined
  const unit = row.unit ?? ('unit' in definition ? definition.unit : '')
  const buckets = 'buckets' in definition ? definition.buckets : undefined
  return {
    name: own ?? name + row.suffix,
    instrument: row.instrument,
    unit,
    summary: definition.summary,
    ...(row.span ? { buckets: buckets ?? durationBuckets } : buckets && { buckets }),
  }
}

function resolveAttribute(
  path: string,
  name: string,
  owner: string,
  key: string,
  attribute: Attribute<unknown>,
): AttributeModel {
  expectKey(path, key)
  if (typeof attribute !== 'object' || attribute === null || !isKind(attribute.attribute)) {
    throw new ProprioError(
      'PROPRIO_API_BAD_ATTRIBUTE',
      path,
      'this is no attribute',
      'Make it with text(), id(), integer(), number(), flag(), choice() or list().',
    )
  }
  const { options, summary, values, of } = attribute
  expectSummary('PROPRIO_API_BAD_ATTRIBUTE', path, summary)
  const wire = options.name ?? name
  return {
    key,
    name: wire,
    kind: attribute.attribute,
    summary,
    required: options.required === true,
    ...(options.unit !== undefined && { unit: options.unit }),
    ...(values && { values }),
    ...(of && { of: of.attribute }),
    ...(options.dimension !== undefined && {
      dimension: { atMost: options.dimension === true ? Infinity : options.dimension.atMost },
    }),
    ...(options.sensitive && { sensitive: options.sensitive }),
    // Never the attribute's own name: a metric of a convention has a definition of its own, and a namespace of OpenTelemetry's is not extended.
    ...(options.measure && {
      measure: {
        name: `${owner}.${snakeCase(key)}`,
        instrument: options.measure,
        unit: options.unit ?? '1',
        summary,
      },
    }),
    ...(options.default !== undefined && { default: options.default }),
    ...(options.deprecated && { deprecated: options.deprecated }),
  }
}
