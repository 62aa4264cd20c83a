// The types that carry an event type's attributes to its call sites: what must be given, what may be, and what is bounded.
import type { Attribute, AttributeOptions } from './attribute.ts'

export type Attributes = Readonly<Record<string, Attribute<unknown>>>
type OptionsOf<A> = A extends Attribute<unknown, infer O extends AttributeOptions> ? O : never
export type ValueOf<A> = A extends Attribute<infer V> ? V : never
export type RequiredKeys<A> = { [K in keyof A]: OptionsOf<A[K]> extends { required: true } ? K : never }[keyof A]
export type BoundedKeys<A> = {
  [K in keyof A]: OptionsOf<A[K]> extends { bounded: true } | { dimension: object } ? K : never
}[keyof A]

// `{}` would take any object.
type Nothing = Readonly<Record<string, never>>

/** What a call that emits takes: required attributes must be there, others may be, unknown ones do not compile. */
export type Start<A> = [keyof A] extends [never] ? Nothing : Given<A>
type Given<A> = { [K in RequiredKeys<A>]: ValueOf<A[K]> } & {
  [K in Exclude<keyof A, RequiredKeys<A>>]?: ValueOf<A[K]> | undefined
}
/** What `op.set()` takes: any part of the attributes. */
export type Later<A> = [keyof A] extends [never] ? Nothing : Part<A>
type Part<A> = { [K in keyof A]?: ValueOf<A[K]> | undefined }
