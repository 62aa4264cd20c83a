// Templates, `node {node}`, and the types that say at compile time which attributes may stand in them.
import type { Attributes, BoundedKeys, RequiredKeys } from './values.ts'

export type Holes<T extends string> = T extends `${string}{${infer Hole}}${infer Rest}` ? Hole | Holes<Rest> : never
type Unbounded<A extends Attributes, T extends string> = Exclude<Holes<T>, BoundedKeys<A>>
type Listed<S> = S extends readonly string[] ? S : S extends string ? readonly [S] : never
type Last<T> = T extends readonly [...string[], infer L extends string] ? L : never
type Bounded<A extends Attributes, S> = S extends string
  ? [Unbounded<A, S>] extends [never]
    ? S
    : { error: `{${Unbounded<A, S>}} is not bounded` }
  : { [I in keyof S]: S[I] extends string ? Bounded<A, S[I]> : never }

/** Every hole bounded; the last name may hold required attributes only, so that there always is a name. */
export type SpanNames<A extends Attributes, S> = Bounded<A, S> &
  ([Exclude<Holes<Last<Listed<S>>>, RequiredKeys<A>>] extends [never]
    ? unknown
    : { error: `the last span name needs {${Exclude<Holes<Last<Listed<S>>>, RequiredKeys<A>>}} to be required` })

/** Every hole an attribute. */
export type MessageCheck<A, H> = [Exclude<H, keyof A>] extends [never]
  ? unknown
  : { error: `{${Exclude<H, keyof A> & string}} is no attribute` }

/** A parsed template: literal text around holes, `texts.length === holes.length + 1`. */
export interface Template {
  readonly texts: readonly string[]
  readonly holes: readonly string[]
}

export function parseTemplate(source: string): Template {
  const parts = source.split(/\{(\w+)\}/)
  return { texts: parts.filter((_, index) => index % 2 === 0), holes: parts.filter((_, index) => index % 2 === 1) }
}

/** The filled template, or undefined when a hole has no value. */
export function fillTemplate(template: Template, valueOf: (hole: string) => unknown): string | undefined {
  let filled = template.texts[0] ?? ''
  for (const [index, hole] of template.holes.entries()) {
    const value = valueOf(hole)
    if (value === undefined) return undefined
    filled += String(value) + (template.texts[index + 1] ?? '')
  }
  return filled
}
