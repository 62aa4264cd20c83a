// Coverage stage: what this process has emitted so far, noted as it comes. Later would be too late: a test clears its recording, and what it began ends
// after it. Plain data, since a worker's notes are sent to the process that reports.
import { BOOKKEEPING, type Attributes, type LogRecord, type Scope, type SpanRecord } from '@proprio/store'
import { scopeKey } from './scope.ts'

/** In which forms an event type was emitted. An operation that has failed is its failing form; nothing else has one. */
export interface Forms {
  succeeded?: true
  failed?: true
}

export interface EmittedOfScope {
  /** By event type. */
  readonly types: Record<string, Forms>
  /** Names of metrics: of a measure there is nothing else. */
  readonly metrics: Record<string, true>
}

/** By scope, `flow@3.0.0`. */
export type Emitted = Record<string, EmittedOfScope>

/** Notes what it is handed. */
export class EmittedNotes {
  readonly emitted: Emitted = {}
  // A scope is one object for all that is emitted in it: found by it, a span and its metric are noted in 40 ns, by its name and version in 240.
  readonly #known = new WeakMap<Scope, EmittedOfScope>()

  span({ scope, attributes, status, events }: SpanRecord): void {
    const failed = status.code === 'error' || attributes['error.type'] !== undefined
    this.#note(scope, attributes, failed ? 'failed' : 'succeeded')
    // Where only spans are sent, an occurrence is nothing but an event of one.
    for (const event of events) if (event.attributes) this.#note(scope, event.attributes, 'succeeded')
  }

  log({ scope, attributes }: LogRecord): void {
    this.#note(scope, attributes, 'succeeded')
  }

  metric({ scope, name }: { readonly scope: Scope; readonly name: string }): void {
    this.#of(scope).metrics[name] = true
  }

  #note(scope: Scope, attributes: Attributes, form: keyof Forms): void {
    const type = attributes[BOOKKEEPING.type]
    // What tells of an operation's failure or start is no event of its own.
    if (typeof type !== 'string' || attributes[BOOKKEEPING.part] !== undefined) return
    const { types } = this.#of(scope)
    ;(types[type] ??= {})[form] = true
  }

  #of(scope: Scope): EmittedOfScope {
    const known = this.#known.get(scope)
    if (known) return known
    const of = (this.emitted[scopeKey(scope)] ??= { types: {}, metrics: {} })
    this.#known.set(scope, of)
    return of
  }
}

/** By tests: what was claimed for one, and what programs sent that one has launched. */
export const emittedByTests = new EmittedNotes()

/** Claimed for no test: by what is set up for all of them, or where context and trace were lost. */
export const emittedOutsideOfTests = new EmittedNotes()
