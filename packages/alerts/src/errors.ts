// The one table of coded errors of this package. Only what is handed over as a rule, a sink or a silence is refused; nothing that evaluates ever throws.
export const errorCodes = {
  PROPRIO_ALERTS_BAD_RULE: 'a rule cannot work as it is written',
  PROPRIO_ALERTS_BAD_STATE: 'a JSON value is not the state of an engine',
} as const

export type ErrorCode = keyof typeof errorCodes

/** What a wrong rule throws: `code` from the table above, `path` to the field, a message that ends with the mend. */
export class AlertsError extends Error {
  override readonly name = 'AlertsError'
  readonly code: ErrorCode
  readonly path: string

  constructor(code: ErrorCode, path: string, problem: string, mend: string) {
    super(`${path}: ${problem}. ${mend} [${code}]`)
    this.code = code
    this.path = path
  }
}
