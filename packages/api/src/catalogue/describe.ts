// A catalogue as plain JSON: what dashboards, rules, reference docs and matchers are generated from.
import type { EventKind, SpanKindName } from '../define/event-type.ts'
import type { Template } from '../define/template.ts'
import type { Level } from '../levels.ts'
import { instrumentsOf } from './check-instruments.ts'
import { signals } from './mapping.ts'
import type { AttributeModel, CatalogueModel, EventTypeModel } from './model.ts'

/** The version of the description's form. */
export const descriptionVersion = 1

export interface AttributeDescription {
  readonly key: string
  readonly name: string
  readonly kind: AttributeModel['kind']
  readonly summary: string
  readonly required: boolean
  readonly unit?: string
  readonly values?: readonly string[]
  readonly of?: AttributeModel['kind']
  /** On the event type's metrics; `atMost` where the number of values is bounded by declaration. */
  readonly dimension?: { readonly atMost?: number }
  readonly sensitive?: 'drop' | 'hash' | 'mask'
  readonly default?: string
  readonly deprecated?: { readonly renamedTo: string }
}

export interface MetricDescription {
  readonly name: string
  readonly instrument: 'counter' | 'upDownCounter' | 'gauge' | 'histogram'
  readonly unit: string
  readonly summary: string
  readonly buckets?: readonly number[]
  /** Names on the wire; `error.type` is there for durations. */
  readonly dimensions: readonly string[]
}

export interface EventTypeDescription {
  readonly type: string
  readonly layer: string
  readonly kind: EventKind
  /** Name on the wire: the log record's event name, and the stem of the metric's. */
  readonly name: string
  readonly summary: string
  /** An occurrence's level; the level of an operation's failure. */
  readonly level: Level
  readonly span?: { readonly kind: SpanKindName; readonly names: readonly string[] }
  readonly message?: string
  readonly onSpan?: boolean
  readonly announce?: boolean
  readonly keep?: 'hot' | 'cold'
  /** Limits in seconds. */
  readonly slow?: { readonly warn?: number; readonly error?: number }
  readonly attributes: readonly AttributeDescription[]
  readonly metrics: readonly MetricDescription[]
  readonly deprecated?: { readonly renamedTo: string }
}

export interface CatalogueDescription {
  readonly description: typeof descriptionVersion
  readonly name: string
  readonly version: string
  readonly schemaUrl?: string
  readonly context: readonly AttributeDescription[]
  readonly eventTypes: readonly EventTypeDescription[]
}

export function describeCatalogue(model: CatalogueModel): CatalogueDescription {
  return {
    description: descriptionVersion,
    name: model.name,
    version: model.version,
    ...(model.schemaUrl !== undefined && { schemaUrl: model.schemaUrl }),
    context: model.context.map(describeAttribute),
    eventTypes: model.eventTypes.map((event) => describeEventType(model, event)),
  }
}

export function describeEventType(catalogue: CatalogueModel, event: EventTypeModel): EventTypeDescription {
  const row = signals[event.kind]
  return {
    type: event.type,
    layer: event.layer,
    kind: event.kind,
    name: event.name,
    summary: event.summary,
    level: event.level,
    ...(row.span && {
      span: { kind: event.spanKind, names: event.spanNames.map(templateText) },
      announce: event.announce,
    }),
    ...(row.record && { onSpan: event.onSpan }),
    ...(event.message && { message: templateText(event.message) }),
    ...(event.keep && { keep: event.keep }),
    ...(event.slow && { slow: event.slow }),
    attributes: event.attributes.map(describeAttribute),
    metrics: describeMetrics(catalogue, event),
    ...(event.deprecated && { deprecated: event.deprecated }),
  }
}

function describeMetrics(catalogue: CatalogueModel, event: EventTypeModel): MetricDescription[] {
  const dimensions = [...catalogue.context, ...event.attributes].flatMap(({ dimension, name }) =>
    dimension ? [name] : [],
  )
  return instrumentsOf(event).map((instrument) => ({
    ...instrument,
    dimensions:
      instrument === event.instrument && signals[event.kind].span ? [...dimensions, 'error.type'] : dimensions,
  }))
}

function describeAttribute({ measure: _measure, dimension, ...attribute }: AttributeModel): AttributeDescription {
  return { ...attribute, ...(dimension && { dimension: Number.isFinite(dimension.atMost) ? dimension : {} }) }
}

const templateText = ({ texts, holes }: Template): string =>
  texts.map((text, index) => text + (index < holes.length ? `{${holes[index]}}` : '')).join('')
