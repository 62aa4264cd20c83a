// Target stage: what a caller may write, and what attributes then go with it.
import type { EmitOptions, Later } from '@proprio/api'

/** A name, a pattern of names, or a function that answers true for what is meant. */
export type Choice<Entry> = string | RegExp | ((entry: Entry) => boolean)

/** A value that decides itself whether it is met: `expect.any(Number)`. */
export interface AsymmetricMatcher {
  asymmetricMatch(actual: unknown): boolean
}

/** Attributes by their names on the wire; a value may be a matcher. */
export type WireAttributes = Readonly<Record<string, unknown>>

type OrMatcher<Values> = { readonly [Key in keyof Values]: Values[Key] | AsymmetricMatcher }

/** Attributes of an event type by its keys, and of its types; a value may be a matcher. */
export type Expected<A> = OrMatcher<Later<A>>

/** Attributes of an operation: its own by its keys, and why it failed. */
export type ExpectedOfOperation<A> = [keyof A] extends [never] ? Failed : Expected<A> & Failed
interface Failed {
  readonly 'error.type'?: string | AsymmetricMatcher
}

/** What emits a measure with dimensions of that kind. */
export type MeasureEmitter<D> =
  | { readonly add: (value: number, dimensions?: D) => void }
  | { readonly set: (value: number, dimensions?: D) => void }
  | { readonly record: (value: number, dimensions?: D) => void }

/** Dimensions of a measure by its keys. */
export type ExpectedDimensions<D> = OrMatcher<D>

/** What a catalogue's context takes. */
export type ContextOf<C> = C extends { within(context: infer Values, fn: () => unknown): unknown }
  ? OrMatcher<Partial<Values>>
  : never

/** What `catalogue()` makes, of whichever event types. */
export interface AnyCatalogue {
  within<R>(context: never, fn: () => R): R
}

/** An occurrence of a catalogue, of whichever attributes, required ones too. */
export type AnyOccurrence = (attributes: never, options?: EmitOptions) => void

/** An operation of a catalogue, of whichever attributes. Without its calls, so that a function beside it is typed. */
export interface AnyOperation {
  readonly attempts: unknown
  readonly stream: unknown
  readonly wrap: unknown
}
