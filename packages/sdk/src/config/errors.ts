// The one table of coded errors of the sdk. They are thrown by register() at start-up, never afterwards.
export const errorCodes = {
  PROPRIO_SDK_UNKNOWN_OPTION: 'an option that register() does not know',
  PROPRIO_SDK_BAD_OPTION: 'an option whose value cannot be used',
  PROPRIO_SDK_NOT_REGISTERED: 'telemetry() was called before register()',
} as const

export type ErrorCode = keyof typeof errorCodes

/** What a wrong option throws: `code` from the table above, `path` of the option, and a message that ends with the mend. */
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
