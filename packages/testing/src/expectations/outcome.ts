// Expectations stage: what came of looking, in the form that vitest's matchers and the plain assertions share.
export interface Outcome {
  readonly pass: boolean
  /** Why: what was looked for, what came nearest, and what there is. Made only when somebody reads it. */
  readonly message: () => string
  /** For a diff, where there is one to show. */
  readonly actual?: unknown
  readonly expected?: unknown
}
