// vitest: what a worker tells the main process, on the meta of files and tests. Types alone: a reporter is to load nothing of what a worker needs.
import type { Witness } from '../coverage/witness.ts'

export interface Told {
  /** Of a file: what its process has seen, by the time that it is sent. */
  readonly coverage?: Witness
  /** Of a test that has failed. */
  readonly trace?: string
}

declare module 'vitest' {
  interface TaskMeta {
    proprio?: Told
  }
}
