// Recorder stage: whose a record is. That of the test one of whose spans is its parent: nobody says whose child something is by accident. Else by the context
// that it was made in; where that was lost (a pooled socket, a server, a queue), by its trace, when a span of the test is of that trace; by none of them, it
// is nobody's, and never another test's.
import { type Context, createContextKey, trace } from '@opentelemetry/api'
import { emittedOutsideOfTests } from '../coverage/emitted.ts'
import type { Observables } from './observables.ts'
import { Recording } from './recording.ts'

const key = createContextKey('proprio.testing.recording')

export class Claims {
  /** What could be claimed for nobody. */
  readonly unclaimed: Recording
  readonly #byTrace = new Map<string, WeakRef<Recording>>()
  readonly #ended = new FinalizationRegistry<string>((traceId) => {
    if (this.ofTrace(traceId) === undefined) this.#byTrace.delete(traceId)
  })

  constructor(observables: Observables) {
    this.unclaimed = new Recording(observables, emittedOutsideOfTests)
  }

  /** The recording of a record that was made in `context`, of that trace. */
  of(context: Context, traceId: string | undefined): Recording {
    const own = recordingOf(context)
    const tracing = this.ofTrace(traceId)
    if (own === undefined) return tracing ?? this.unclaimed
    if (tracing === own || traceId === undefined) return own
    // A worker that serves all tests runs in the context of whichever has woken it.
    if (tracing?.has(trace.getSpanContext(context)?.spanId)) return tracing
    // Tests may be given the same trace from outside, one after the other.
    if (tracing === undefined || tracing.isOver) this.#remember(traceId, own)
    return own
  }

  /** That of the test one of whose spans is of that trace. */
  ofTrace(traceId: string | undefined): Recording | undefined {
    return traceId === undefined ? undefined : this.#byTrace.get(traceId)?.deref()
  }

  #remember(traceId: string, recording: Recording): void {
    this.#byTrace.set(traceId, new WeakRef(recording))
    this.#ended.register(recording, traceId)
  }
}

/** The context in which everything is of that recording. */
export const claimedBy = (recording: Recording, context: Context): Context => context.setValue(key, recording)

export function recordingOf(context: Context): Recording | undefined {
  const value = context.getValue(key)
  return value instanceof Recording ? value : undefined
}
