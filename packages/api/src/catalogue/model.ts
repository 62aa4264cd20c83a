// The resolved catalogue: every name, unit, dimension and limit worked out once. Checks, description and emitters all read this and nothing else.
import type { AttributeKind, Sensitive } from '../define/attribute.ts'
import type { EventKind, SpanKindName } from '../define/event-type.ts'
import type { Template } from '../define/template.ts'
import type { Level } from '../levels.ts'
import type { InstrumentKind } from './mapping.ts'

export interface AttributeModel {
  readonly key: string
  readonly name: string
  readonly kind: AttributeKind
  readonly summary: string
  readonly required: boolean
  readonly unit?: string
  readonly values?: readonly string[]
  readonly of?: AttributeKind
  /** On metrics; `atMost` is Infinity for kinds that are bounded by themselves. */
  readonly dimension?: { readonly atMost: number }
  readonly sensitive?: Sensitive
  readonly measure?: InstrumentModel
  readonly default?: string
  readonly deprecated?: { readonly renamedTo: string }
}

export interface InstrumentModel {
  readonly name: string
  readonly instrument: InstrumentKind
  readonly unit: string
  readonly summary: string
  readonly buckets?: readonly number[]
}

export interface EventTypeModel {
  /** Path in the catalogue: `workflow.run`. */
  readonly type: string
  readonly layer: string
  readonly kind: EventKind
  /** Name on the wire: `flow.workflow.run`. */
  readonly name: string
  readonly summary: string
  readonly level: Level
  readonly attributes: readonly AttributeModel[]
  /** The duration histogram, the counter, or the measure itself. */
  readonly instrument: InstrumentModel
  readonly spanNames: readonly Template[]
  readonly spanKind: SpanKindName
  readonly message?: Template
  readonly slow?: { readonly warn?: number; readonly error?: number }
  readonly keep?: 'hot' | 'cold'
  readonly onSpan: boolean
  readonly announce: boolean
  readonly deprecated?: { readonly renamedTo: string }
}

export interface CatalogueModel {
  readonly name: string
  readonly version: string
  readonly schemaUrl?: string
  readonly context: readonly AttributeModel[]
  readonly eventTypes: readonly EventTypeModel[]
}
