// Contract stage: whether the file may be written, which is for a person to decide and not for CI.

/** `all`: the contract is recorded anew. `new`: what breaks nothing is. `none`: nothing is written. Vitest's own words for its snapshots. */
export type Update = 'all' | 'new' | 'none'

/** For messages: how to get `all`. */
export const recordAnew = 'run the tests with `vitest -u`, or with PROPRIO_UPDATE_CONTRACTS=1'

/** What the environment says. A variable that is empty, `0` or `false` says nothing. */
export function updateOf(environment: Readonly<Record<string, string | undefined>> = process.env): Update {
  if (isOn(environment['PROPRIO_UPDATE_CONTRACTS'])) return 'all'
  return isOn(environment['CI']) ? 'none' : 'new'
}

const isOn = (value: string | undefined): boolean => !['', '0', 'false'].includes(value ?? '')
