// Attribute definitions: plain data. The types carry what may be a dimension, what is required and what is sensitive to the call site.

/** How a sensitive value leaves the process: not at all, as a keyed hash (equal values stay equal), or as `***`. */
export type Sensitive = 'drop' | 'hash' | 'mask'
export type Dimension = true | { readonly atMost: number }
export type AttributeKind = 'text' | 'id' | 'integer' | 'number' | 'flag' | 'choice' | 'list'

/** What `typeof` says of a kind's values; a list is an array of its own kind's. */
export const primitiveOf = {
  text: 'string',
  id: 'string',
  choice: 'string',
  integer: 'number',
  number: 'number',
  flag: 'boolean',
  list: 'object',
} as const satisfies Record<AttributeKind, string>

/** Every option that some kind of attribute takes; each kind's own type allows a part of them. */
export interface AttributeOptions {
  /** Full name on the wire, for an attribute of an existing convention. Default: `<catalogue>.<layer>.<snake_case key>`. */
  readonly name?: string
  /** UCUM unit, `s`, `By`, `{finding}`, for documentation and for the metric that `measure` makes. */
  readonly unit?: string
  /** Also a metric dimension. Text and numbers say how many values there may be; further ones fold into `_OTHER`. Default: not on metrics. */
  readonly dimension?: Dimension
  /** Must be given when the event is emitted. Default: optional. */
  readonly required?: true
  /** Also recorded as a metric of this instrument, `<catalogue>.<type>.<snake_case key>`, whenever it is set. */
  readonly measure?: 'counter' | 'histogram'
  /** Never leaves in clear. */
  readonly sensitive?: Sensitive
  /** On its way out; `renamedTo` names the key that replaces it. */
  readonly deprecated?: { readonly renamedTo: string }
  /** The value where none is given. */
  readonly default?: string
  readonly bounded?: true
  readonly id?: true
}

/** One attribute of an event type: made by {@link text}, {@link id}, {@link integer}, {@link number}, {@link flag}, {@link choice} or {@link list}. */
export interface Attribute<Value, Options extends AttributeOptions = AttributeOptions> {
  readonly attribute: AttributeKind
  readonly summary: string
  readonly options: Options
  /** The values of a choice. */
  readonly values?: readonly string[]
  /** What a list is of. */
  readonly of?: Attribute<unknown>
  /** For the type checker only; never there at run time. */
  readonly value?: Value
}

type Shared = Pick<AttributeOptions, 'name' | 'unit' | 'required' | 'deprecated'>
type TextOptions = Shared &
  (
    | { readonly sensitive?: never; readonly dimension?: { readonly atMost: number } }
    | { readonly sensitive: Sensitive; readonly dimension?: never }
  )
type IdOptions = Pick<AttributeOptions, 'name' | 'required' | 'deprecated' | 'sensitive'>
type NumberOptions = Shared & {
  readonly measure?: 'counter' | 'histogram'
  readonly dimension?: { readonly atMost: number }
}
type BoundedOptions = Pick<AttributeOptions, 'name' | 'required' | 'deprecated'> & { readonly dimension?: true }
type ListOptions = Pick<AttributeOptions, 'name' | 'required' | 'deprecated' | 'sensitive'>

/** A string of any content. A dimension only with a bound, and never when it is sensitive. */
export function text<const O extends TextOptions = {}>(summary: string, options?: O): Attribute<string, O> {
  return { attribute: 'text', summary, options: (options ?? {}) as O }
}

/** A string that names one of unboundedly many things: on spans and log records, never on metrics. */
export function id<const O extends IdOptions = {}>(summary: string, options?: O): Attribute<string, O & { id: true }> {
  return { attribute: 'id', summary, options: { ...options, id: true } as O & { id: true } }
}

/** A whole number. */
export function integer<const O extends NumberOptions = {}>(summary: string, options?: O): Attribute<number, O> {
  return { attribute: 'integer', summary, options: (options ?? {}) as O }
}

/** A number with a fraction. */
export function number<const O extends NumberOptions = {}>(summary: string, options?: O): Attribute<number, O> {
  return { attribute: 'number', summary, options: (options ?? {}) as O }
}

/** True or false. */
export function flag<const O extends BoundedOptions = {}>(
  summary: string,
  options?: O,
): Attribute<boolean, O & { bounded: true }> {
  return { attribute: 'flag', summary, options: { ...options, bounded: true } as O & { bounded: true } }
}

/** One of the given strings. */
export function choice<const V extends string, const O extends BoundedOptions & { readonly default?: NoInfer<V> } = {}>(
  values: readonly V[],
  summary: string,
  options?: O,
): Attribute<V, O & { bounded: true }> {
  return { attribute: 'choice', summary, values, options: { ...options, bounded: true } as O & { bounded: true } }
}

/** A list of values of one kind. A list of sensitive values is sensitive in the same way. */
export function list<Value, const O extends ListOptions = {}>(
  of: Attribute<Value>,
  summary: string,
  options?: O,
): Attribute<readonly Value[], O> {
  const sensitive = options?.sensitive ?? of.options.sensitive
  return { attribute: 'list', summary, of, options: { ...options, ...(sensitive && { sensitive }) } as unknown as O }
}
