// vitest: what a worker tells the main process, for the reporters there: on a file's meta which event types there are and which were emitted so far, on that
// of a test that has failed its trace. Of a test that has passed there is nothing to tell.
import { witness } from '../coverage/coverage.ts'
import type { Witness } from '../coverage/witness.ts'
import type { Recording } from '../recorder/index.ts'
import { treeLines } from '../telemetry/index.ts'

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

interface Task {
  readonly meta: { proprio?: Told }
  readonly result?: { readonly state: string } | undefined
}

/** For the end of each attempt at a test. */
export function tellOf(test: Task & { readonly file: Task }, recording: Recording): void {
  test.file.meta.proprio ??= { coverage: witness }
  if (test.result?.state === 'fail') test.meta.proprio = { trace: traceText(recording) }
}

/** Lines of one test's trace. */
const linesAtMost = 100

function traceText(recording: Recording): string {
  const lines = treeLines(recording, { durations: true, stacks: true }).map(({ text }) => text)
  const left = lines.length - linesAtMost
  return [...lines.slice(0, linesAtMost), ...(left > 0 ? [`… ${left} more`] : [])].join('\n')
}
