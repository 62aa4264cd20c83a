// Event type definitions: plain data until a catalogue turns them into emitters.
import type { Level } from '../levels.ts'
import type { Attributes, BoundedKeys } from './values.ts'
import type { DurationText } from './duration.ts'
import type { Holes, MessageCheck, SpanNames } from './template.ts'

export type EventKind = 'operation' | 'occurrence' | 'counter' | 'upDownCounter' | 'gauge' | 'histogram'
export type SpanKindName = 'internal' | 'client' | 'server' | 'producer' | 'consumer'

interface Described {
  /** One sentence: what it is. Shown in dashboards, reference docs and the catalogue's description. */
  readonly summary: string
  readonly deprecated?: { readonly renamedTo: string }
}

interface OperationOptions extends Described {
  /** OpenTelemetry span kind. Default: internal. */
  readonly kind?: SpanKindName
  /** Name of the duration histogram, for an existing convention. Default: `<catalogue>.<type>.duration`. */
  readonly metric?: string
  /** Bucket boundaries of the duration histogram, in seconds. Default: 5 ms to 300 s. */
  readonly buckets?: readonly number[]
  /** Durations past which the operation is slow. */
  readonly slow?: { readonly warn?: DurationText; readonly error?: DurationText }
  /** The level of a failure. Default: error; `warn` where failing is an expected outcome. */
  readonly level?: Level
  /** How long a store should keep it. Default: the store's own choice. */
  readonly keep?: 'hot' | 'cold'
  /** Also emit a `<type>.started` log record. Default: no. */
  readonly announce?: boolean
}

/** An event type with a duration: one span and one duration histogram. */
export interface OperationDefinition<A = Attributes> extends OperationOptions {
  readonly event: 'operation'
  readonly span: string | readonly string[]
  readonly attributes: A
}

/** An event type without a duration: one log record with an event name, and one counter. */
export interface OccurrenceDefinition<A = Attributes> extends Described {
  readonly event: 'occurrence'
  readonly level: Level
  readonly attributes: A
  /** Template of the display message. Default: the event name. */
  readonly message?: string
  readonly keep?: 'hot' | 'cold'
  /** False: not added to the active span. Default: it is. */
  readonly onSpan?: false
}

interface MeasureOptions extends Described {
  /** UCUM unit: `By`, `s`, `{run}`, `1`. */
  readonly unit: string
  /** Name on the wire, for an existing convention. Default: `<catalogue>.<type>`. */
  readonly metric?: string
}

/** An event type that is only an instrument. Its attributes are its dimensions. */
export interface MeasureDefinition<K extends MeasureKind = MeasureKind, A = Attributes> extends MeasureOptions {
  readonly event: K
  readonly attributes: A
  readonly buckets?: readonly number[]
}
export type MeasureKind = 'counter' | 'upDownCounter' | 'gauge' | 'histogram'

export type Definition = OperationDefinition | OccurrenceDefinition | MeasureDefinition

type OnlyBounded<A> = {
  [K in Exclude<keyof A, BoundedKeys<A>>]: {
    error: 'a dimension of a measure must be a choice, a flag, or state atMost'
  }
}

/** Defines an operation. `span` is its span's name, or a list of which the first whose attributes are there is taken; only bounded attributes may stand in it. */
export function operation<const A extends Attributes, const S extends string | readonly string[]>(
  options: OperationOptions & { readonly span: S & SpanNames<A, S>; readonly attributes: A },
): OperationDefinition<A> {
  return { ...options, event: 'operation' }
}

/** Defines an occurrence. `message` is a template over its attributes: `retry {attempt} in {delay} s`. */
export function occurrence<const A extends Attributes, const M extends string = string>(
  options: Omit<OccurrenceDefinition<A>, 'event' | 'message'> & { readonly message?: M & MessageCheck<A, Holes<M>> },
): OccurrenceDefinition<A> {
  return { ...(options as Omit<OccurrenceDefinition<A>, 'event'>), event: 'occurrence' }
}

type Measure<A> = MeasureOptions & { readonly attributes?: A & OnlyBounded<A> }

const measure = <K extends MeasureKind, A>(event: K, options: Measure<A>): MeasureDefinition<K, A> => ({
  ...options,
  event,
  attributes: options.attributes ?? ({} as A),
})

/** Defines a sum that only grows: `add(n)`. */
export function counter<const A extends Attributes = {}>(
  options: Measure<A>,
): MeasureDefinition<'counter', NoInfer<A>> {
  return measure('counter', options)
}
/** Defines a sum that grows and shrinks: `add(±n)`. */
export function upDownCounter<const A extends Attributes = {}>(
  options: Measure<A>,
): MeasureDefinition<'upDownCounter', NoInfer<A>> {
  return measure('upDownCounter', options)
}
/** Defines a value that is what it is now: `set(n)`. */
export function gauge<const A extends Attributes = {}>(options: Measure<A>): MeasureDefinition<'gauge', NoInfer<A>> {
  return measure('gauge', options)
}
/** Defines a distribution: `record(n)`, in buckets of its unit. */
export function histogram<const A extends Attributes = {}>(
  options: Measure<A> & { readonly buckets?: readonly number[] },
): MeasureDefinition<'histogram', NoInfer<A>> {
  return measure('histogram', options)
}
