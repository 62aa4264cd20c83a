// Contract stage: whether the file may be written, which is for a person to decide and not for CI.

/** `all`: the contract is recorded anew. `new`: what breaks nothing is. `none`: nothing is written. Vitest's own words for its snapshots. */
export type Update = 'all' | 'new' | 'none'

/** For messages: how to get `all`. */
export const recordAnew = 'run the tests with `vitest -u`, or with PROPRIO_UPDATE_CONTRACTS=1'

/** What the environment says: PROPRIO_UPDATE_CONTRACTS by one of these words, or as a switch for `all`. A variable that is empty, `0` or `false` says nothing. */
export function updateOf(environment: Readonly<Record<string, string | undefined>> = process.env): Update {
  const { PROPRIO_UPDATE_CONTRACTS: wanted } = environment
  if (isUpdate(wanted)) return wanted
  if (isOn(wanted)) return 'all'
  return isOn(environment['CI']) ? 'none' : 'new'
}

/** Whether the environment says it by itself, whatever a runner is told. */
export const isSaid = (environment: Readonly<Record<string, string | undefined>> = process.env): boolean =>
  isOn(environment['PROPRIO_UPDATE_CONTRACTS'])

export const isUpdate = (value: unknown): value is Update => value === 'all' || value === 'new' || value === 'none'

const isOn = (value: string | undefined): boolean => !['', '0', 'false'].includes(value ?? '')
