// vitest: a contract's file as vitest has its snapshots: beside the test unless its path is absolute, and recorded anew with `vitest -u`.
import { dirname, resolve } from 'node:path'
import { isSaid, isUpdate, type KeepOptions } from '../contract/index.ts'

/** The part of vitest's state of a matcher that is read here. Its snapshots' mode has a name of its own in each major. */
export interface RunnerState {
  readonly testPath?: string | undefined
  readonly snapshotState?: { readonly snapshotUpdateState?: unknown; readonly _updateSnapshot?: unknown }
}

export function contractArguments(
  { testPath, snapshotState }: RunnerState,
  [file]: readonly unknown[],
): readonly unknown[] {
  const path =
    typeof file === 'string' && file !== '' && testPath !== undefined ? resolve(dirname(testPath), file) : file
  const update = snapshotState?.snapshotUpdateState ?? snapshotState?._updateSnapshot
  const options: KeepOptions = isUpdate(update) && !isSaid() ? { update } : {}
  return [path, options]
}
