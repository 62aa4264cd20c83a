// The one table of coded errors of this package. Readers reject with them; nothing on the writing side ever throws.
export const errorCodes = {
  PROPRIO_STORE_UNKNOWN_FIELD: 'a filter has a field that does not exist',
  PROPRIO_STORE_BAD_VALUE: 'a field of a filter, a page or an aggregate has a value it cannot have',
  PROPRIO_STORE_BAD_CURSOR: 'a cursor is not one of this store, or belongs to another filter or order',
  PROPRIO_STORE_BAD_EVENT: 'a JSON value is not a framework event',
  PROPRIO_STORE_BAD_OTLP: 'a JSON value is not OTLP',
} as const

export type ErrorCode = keyof typeof errorCodes

/** What a wrong question or a wrong input throws: `code` from the table above, `path` to the place, a message that ends with the mend. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: ErrorCode
  readonly path: string

  constructor(code: ErrorCode, path: string, problem: string, mend: string) {
    super(`${path}: ${problem}. ${mend} [${code}]`)
    this.code = code
    this.path = path
  }
}
