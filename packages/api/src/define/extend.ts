// Extending a definition, foreign or built in, with attributes of one's own.
import { ProprioError } from '../errors.ts'
import type {
  EventKind,
  MeasureDefinition,
  MeasureKind,
  OccurrenceDefinition,
  OperationDefinition,
} from './event-type.ts'
import type { Attributes } from './values.ts'

interface Extended {
  readonly event: EventKind
  readonly summary: string
  readonly attributes: Attributes
}
type Added<A, B> = B & { readonly [K in keyof A & keyof B]: { error: 'an extension adds, it does not redefine' } }

/** A copy of `base` with more attributes. Its names, kind, metric and buckets stay; an attribute that `base` has cannot be redefined. */
export function extend<A extends Attributes, const B extends Attributes>(
  base: OperationDefinition<A>,
  more: { readonly attributes: Added<A, B> },
): OperationDefinition<A & B>
export function extend<A extends Attributes, const B extends Attributes>(
  base: OccurrenceDefinition<A>,
  more: { readonly attributes: Added<A, B> },
): OccurrenceDefinition<A & B>
export function extend<K extends MeasureKind, A extends Attributes, const B extends Attributes>(
  base: MeasureDefinition<K, A>,
  more: { readonly attributes: Added<A, B> },
): MeasureDefinition<K, A & B>
export function extend(base: Extended, more: { readonly attributes: Attributes }): unknown {
  for (const key of Object.keys(more.attributes)) {
    if (Object.hasOwn(base.attributes, key))
      throw new ProprioError(
        'PROPRIO_API_REDEFINED',
        `extension of ${base.event} '${base.summary}' attribute ${key}`,
        'the extended definition has it already',
        'Choose another key.',
      )
  }
  return { ...base, attributes: { ...base.attributes, ...more.attributes } }
}
