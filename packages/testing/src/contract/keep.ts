// Contract stage: the one way in. A catalogue is compared with its committed description, which is written where that is allowed and breaks nothing.
import { fileURLToPath } from 'node:url'
import { type CatalogueDescription, describe } from '@proprio/api'
import type { Outcome } from '../expectations/outcome.ts'
import { compareContracts } from './compare.ts'
import { readContract, writeContract } from './file.ts'
import { problemOf } from './form.ts'
import { tellBroken, tellGrown, tellKept, tellMissing } from './tell.ts'
import { isUpdate, type Update, updateOf } from './update.ts'

export interface KeepOptions {
  /** Default: `all` where the environment says PROPRIO_UPDATE_CONTRACTS=1, `none` in CI, else `new`. */
  readonly update?: Update | undefined
}

/**
 * Whether a catalogue keeps the contract in `file`.
 * @param subject what `catalogue()` made, or its description
 * @param file path or `file:` URL of JSON that belongs into version control
 * @throws TypeError for another subject, file or option; Error where the file holds no description that can be read
 */
export function keepContract(subject: unknown, file: string | URL, { update = updateOf() }: KeepOptions = {}): Outcome {
  const now = descriptionOf(subject)
  const path = pathOf(file)
  if (!isUpdate(update)) throw new TypeError(`update is ${String(update as unknown)}. Choose 'all', 'new' or 'none'`)
  const kept = (done: string): Outcome => ({ pass: true, message: () => tellKept(path, now, done) })
  const write = (done: string): Outcome => {
    writeContract(path, now)
    return kept(done)
  }
  // Not even read, so that it also mends a file that cannot be.
  if (update === 'all') return write('it was recorded anew')
  const committed = readContract(path)
  if (!committed)
    return update === 'new'
      ? write('it was recorded for the first time')
      : { pass: false, message: () => tellMissing(path, now) }
  const changes = compareContracts(committed, now)
  const compared = { path, committed, now, changes }
  if (changes.some(({ breaking }) => breaking)) return { pass: false, message: () => tellBroken(compared) }
  if (changes.length === 0) return kept('nothing has changed')
  return update === 'new'
    ? write('what has changed breaks nothing, and was recorded')
    : { pass: false, message: () => tellGrown(compared) }
}

function descriptionOf(subject: unknown): CatalogueDescription {
  if (problemOf(subject) === undefined) return subject as CatalogueDescription
  try {
    return describe(subject as object)
  } catch (cause) {
    throw new TypeError(
      'a contract is kept by a catalogue. Give what catalogue() of the same copy of @proprio/api made, or what describe() said of it',
      { cause },
    )
  }
}

function pathOf(file: unknown): string {
  if (file instanceof URL) return fileURLToPath(file)
  if (typeof file === 'string' && file !== '') return file
  throw new TypeError(
    "a contract is kept in a file. Give its path or URL: new URL('flow.contract.json', import.meta.url)",
  )
}
