// The types that carry an event type's attributes to its call sites: what must be given, what may be, and what is bounded.
import type { Attribute, AttributeOptions } from './attribute.ts'

export type Attributes = Readonly<Record<string, Attribute<unknown>>>
type OptionsOf<A> = A extends Attribute<unknown, infer O extends AttributeOptions> ? O : never
export type ValueOf<A> = A extends Attribute<infer V> ? V : never
export type RequiredKeys<A> = { [K in keyof A]: OptionsOf<A[K]> extends { required: true } ? K : never }[keyof A]
export type BoundedKeys<A> = {
  [K in keyof A]: OptionsOf<A[K]> extends { bounded: true } | { dimension: object } ? K : never
}[keyof A]

/** What the context of a catalogue cannot take: it is said for many event types at once, and where it is not said there is none. */
export type ContextCheck<C> = {
  [
    K in keyof C as OptionsOf<C[K]> extends { measure: string } | { default: string } | { required: true } ? K : never
  ]: {
    error: 'an attribute of the context takes no measure, default or required'
  }
}

// `{}` would take any object.
type Nothing = Readonly<Record<string, never>>

/** What a call that emits takes: required attributes must be there, others may be, unknown ones do not compile. */
export type Start<A> = [keyof A] extends [never] ? Nothing : Given<A>
type Given<A> = { [K in RequiredKeys<A>]: ValueOf<A[K]> } & {
  [K in Exclude<keyof A, RequiredKeys<A>>]?: ValueOf<A[K]> | undefined
}
/** Where a function gives the attributes, TypeScript looks for no unknown ones: this does. */
export type Known<A, V> = { [K in Exclude<keyof V, keyof A>]: { error: 'no such attribute' } }
/** What `op.set()` takes: any part of the attributes. */
export type Later<A> = [keyof A] extends [never] ? Nothing : Part<A>
type Part<A> = { [K in keyof A]?: ValueOf<A[K]> | undefined }
