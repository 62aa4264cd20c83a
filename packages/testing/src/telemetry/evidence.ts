// Telemetry stage: from what a test holds in its hand back to the recording that it came from, so that a failure about one span can show its whole trace.
import type { LogRecord, SpanRecord } from '@proprio/store'
import type { Recording } from '../recorder/index.ts'

const recordings = new WeakMap<object, Recording>()

/** Notes that `held` (a telemetry, a span, a log record) is of that recording. */
export function isOf(recording: Recording, held: object): void {
  recordings.set(held, recording)
}

export const recordingBehind = (held: unknown): Recording | undefined =>
  typeof held === 'object' && held !== null ? recordings.get(held) : undefined

export type Held = SpanRecord | LogRecord
