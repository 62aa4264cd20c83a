// Contract stage: one difference between two descriptions of a catalogue, and whether it lets anybody down.

/** One difference between the committed description of a catalogue and what it is now. */
export interface ContractChange {
  readonly kind: 'added' | 'removed' | 'renamed' | 'changed' | 'deprecated'
  /** Something that a dashboard, an alert rule, a query, a test or a caller may rely on is there no more, or means something else. */
  readonly breaking: boolean
  /** `catalogue`, `workflow.run`, `workflow.run attribute trigger`, `context user` or `metric flow.workflow.run.duration`. */
  readonly at: string
  /** What has changed. */
  readonly text: string
  /** What to do about it. */
  readonly mend: string
}

/** A change, before it is said where. */
export type Found = Omit<ContractChange, 'at'>
type Kind = ContractChange['kind']

export const breaks = (kind: Kind, text: string, mend: string): Found => ({ kind, breaking: true, text, mend })
export const fits = (kind: Kind, text: string): Found => ({
  kind,
  breaking: false,
  text,
  mend: 'Record the contract anew.',
})

export const foundAt = (at: string, finds: readonly Found[]): ContractChange[] =>
  finds.map((found) => ({ ...found, at }))

/** What is there in both descriptions; `leaving` where the committed one has announced that it goes. */
export interface Pair<Part> {
  readonly was: Part
  readonly now: Part
  readonly leaving: boolean
}

/** As a text shows a value. Two values are the same where this is, for this is how the file holds them. */
export const shown = (value: unknown): string => (value === undefined ? 'none' : JSON.stringify(value))
export const differ = (was: unknown, now: unknown): boolean => shown(was) !== shown(now)
export const fromTo = (was: unknown, now: unknown): string => `changed from ${shown(was)} to ${shown(now)}`
