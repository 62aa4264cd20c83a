// Record stage: what an attribute may hold. These are OpenTelemetry's AnyValue types, written out, because the API's own
// type is `unknown` and a store has to know what it filters, measures and writes down.

/** A value of an attribute or a log body. Numbers include NaN, infinities and -0; there is no bigint. */
export type AttributeValue =
  | string
  | number
  | boolean
  | null
  | Uint8Array
  | readonly (AttributeValue | undefined)[]
  | { readonly [key: string]: AttributeValue | undefined }

/** Attributes by their full wire name. */
export interface Attributes {
  readonly [name: string]: AttributeValue | undefined
}
