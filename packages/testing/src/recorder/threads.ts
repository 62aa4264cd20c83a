// Recorder stage: threads that code under test has started. A thread has globals of its own, and no test's context reaches it; a trace does. So what happens
// there is told over a channel of this process, and claimed by its trace.
import { BroadcastChannel, isMainThread } from 'node:worker_threads'
import type { LogRecord, SpanRecord, StartedSpan } from '@proprio/store'
import type { Claims } from './claims.ts'
import type { Measurement } from './measured.ts'

/** What a thread tells of. */
export type ThreadMessage =
  | { readonly started: StartedSpan; readonly traceId: string }
  | { readonly ended: SpanRecord; readonly traceId: string }
  | { readonly log: LogRecord; readonly traceId: string | undefined }
  | { readonly measurement: Measurement; readonly traceId: string | undefined }

const channelName = `proprio.testing.${process.pid}`
const recorded = Symbol.for('proprio.testing.recorded')

/** Whether this thread runs tests itself, and has nothing to tell others. */
export const runsTests = (): boolean => Reflect.get(globalThis, recorded) === true

/** Hears what other threads of the process tell. It keeps nothing alive. */
export function hearThreads(claims: Claims): void {
  Reflect.set(globalThis, recorded, true)
  const channel = new BroadcastChannel(channelName)
  channel.addEventListener('message', (message) => {
    const told = (message as Event & { readonly data: ThreadMessage }).data
    // Beside the main thread others may run tests, and what none of this one's has caused may be theirs.
    const recording = claims.ofTrace(told.traceId) ?? (isMainThread ? claims.unclaimed : undefined)
    if (recording === undefined) return
    if ('started' in told) recording.started(told.started)
    else if ('ended' in told) recording.ended(told.ended)
    else if ('log' in told) recording.log(told.log)
    else recording.measurement(told.measurement)
  })
  channel.unref()
}

/** Tells the threads of the process that run tests. */
export function tellingThreads(): (told: ThreadMessage) => void {
  const channel = new BroadcastChannel(channelName)
  channel.unref()
  return (told) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- of windows, and this is a thread
    if (!runsTests()) channel.postMessage(told)
  }
}
