// The one table of coded errors of this package. They are thrown while a catalogue is being defined, at module load, and never afterwards.
export const errorCodes = {
  PROPRIO_API_BAD_CATALOGUE: 'a catalogue lacks its version, its layers, or its context is none',
  PROPRIO_API_BAD_NAME: 'a name breaks OpenTelemetry naming rules',
  PROPRIO_API_RESERVED_NAME: 'a name is taken by OpenTelemetry or by the catalogue itself',
  PROPRIO_API_DUPLICATE_NAME: 'two event types or attributes share one name on the wire',
  PROPRIO_API_NAMESPACE_CLASH: 'an attribute is also a namespace',
  PROPRIO_API_BAD_EVENT_TYPE: 'an entry of a catalogue is no event type',
  PROPRIO_API_BAD_ATTRIBUTE:
    'an attribute is not one that text(), id(), integer(), number(), flag(), choice() or list() made',
  PROPRIO_API_BAD_DIMENSION: 'an attribute cannot be a metric dimension',
  PROPRIO_API_BAD_TEMPLATE: 'a span name or message template cannot be filled',
  PROPRIO_API_BAD_LIMIT: 'a limit or a list of buckets is not one',
  PROPRIO_API_BAD_DEPRECATION: 'what is deprecated names no successor',
  PROPRIO_API_REDEFINED: 'an extension redefines what it extends',
} as const

export type ErrorCode = keyof typeof errorCodes

/** What a wrong definition throws: `code` from the table above, `path` to the place in the catalogue, and a message that ends with the mend. */
export class ProprioError extends Error {
  override readonly name = 'ProprioError'
  readonly code: ErrorCode
  readonly path: string

  constructor(code: ErrorCode, path: string, problem: string, mend: string) {
    super(`${path}: ${problem}. ${mend} [${code}]`)
    this.code = code
    this.path = path
  }
}
