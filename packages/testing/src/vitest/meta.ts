// vitest: what a worker has to tell: of a file which event types there are and which were emitted so far, of a test that has failed its trace. Of a test that
// has passed there is nothing.
import { witness } from '../coverage/coverage.ts'
import type { Recording } from '../recorder/index.ts'
import { failureTrace } from './failure-trace.ts'
import type { Told } from './told.ts'

interface Task {
  readonly meta: { proprio?: Told }
  readonly result?: { readonly state: string } | undefined
}

/** For the end of each attempt at a test. */
export function tellOf(test: Task & { readonly file: Task }, recording: Recording): void {
  test.file.meta.proprio ??= { coverage: witness }
  if (test.result?.state === 'fail') test.meta.proprio = { trace: failureTrace(recording) }
}
