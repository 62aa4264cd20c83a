// Recorder stage: whose a record is. By the context that it was made in; where that was lost (a pooled socket, a server, a queue), by its trace, when a
// span of the test is of that trace; by neither, it is nobody's, and never another test's.
import { type Context, createContextKey } from '@opentelemetry/api'
import type { Observables } from './observables.ts'
import { Recording } from './recording.ts'

const key = createContextKey('proprio.testing.recording')

export class Claims {
  /** What could be claimed for nobody. */
  readonly unclaimed: Recording
  readonly #byTrace = new Map<string, WeakRef<Recording>>()
  readonly #ended = new FinalizationRegistry<string>((traceId) => this.#byTrace.delete(traceId))

  constructor(observables: Observables) {
    this.unclaimed = new Recording(observables)
  }

  /** The recording of a record that was made in `context`, of that trace. */
  of(context: Context, traceId: string | undefined): Recording {
    const own = recordingOf(context)
    if (own) {
      if (traceId !== undefined) this.#remember(traceId, own)
      return own
    }
    return (traceId !== undefined && this.#byTrace.get(traceId)?.deref()) || this.unclaimed
  }

  #remember(traceId: string, recording: Recording): void {
    if (this.#byTrace.has(traceId)) return
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
