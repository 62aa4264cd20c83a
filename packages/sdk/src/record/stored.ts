// The in-memory span exporter, and whatever store is beside it: everything recorded is written when it ends, so that the next query shows it.
// It keeps its own account, as the destinations outside do: started = live + written + lost.
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs'
import type { ReadableSpan, Span } from '@opentelemetry/sdk-trace'
import { logRecord, spanRecord, type StartedSpan, startedSpan, type Writer } from '@proprio/store'
import type { Redactor } from './redact.ts'

type LogRecord = Parameters<LogRecordProcessor['onEmit']>[0]

/** The store's account of one signal. What the store then evicted by its bounds is in `query.stats()`. */
export interface Kept {
  readonly started: number
  /** Begun and not ended. */
  readonly live: number
  readonly written: number
  /** Not taken by a store, which threw. */
  readonly lost: number
}

export interface StoreAccount {
  readonly spans: Kept
  readonly logs: Kept
}

export interface Stored {
  started(span: Span): void
  ended(span: ReadableSpan): void
  log(record: LogRecord): void
  account(): StoreAccount
}

export interface StoredOptions {
  readonly writers: readonly Writer[]
  readonly redactor: Redactor | undefined
  /** Told what a store threw. */
  failed(error: unknown): void
}

export function writeTo({ writers, redactor, failed }: StoredOptions): Stored {
  const writer = together(writers)
  const spans = { started: 0, ended: 0, written: 0, lost: 0 }
  const logs = { started: 0, ended: 0, written: 0, lost: 0 }
  return {
    started(span) {
      spans.started++
      const begun = startedSpan(span)
      const shown = redactor ? new RedactedSpan(begun, redactor) : begun
      writer.started(shown)
    },
    ended(span) {
      spans.ended++
      try {
        const record = spanRecord(span)
        writer.span(record)
        spans.written++
      } catch (error) {
        spans.lost++
        failed(error)
      }
    },
    log(log) {
      logs.started++
      logs.ended++
      try {
        const record = logRecord(log)
        writer.log(record)
        logs.written++
      } catch (error) {
        logs.lost++
        failed(error)
      }
    },
    account: () => ({ spans: keptOf(spans), logs: keptOf(logs) }),
  }
}

type Taking = Pick<Writer, 'started' | 'span' | 'log'>

// One store that throws must not cost the others the record: by the contract none does, but a store may be the application's own.
function together(writers: readonly Writer[]): Taking {
  const [only] = writers
  if (only !== undefined && writers.length === 1) return only
  const each = (write: (writer: Writer) => void): void => {
    const errors = writers.flatMap((writer) => {
      try {
        write(writer)
        return []
      } catch (error) {
        return [error]
      }
    })
    if (errors.length > 0) throw errors[0]
  }
  return {
    started: (span) => each((writer) => writer.started(span)),
    span: (record) => each((writer) => writer.span(record)),
    log: (record) => each((writer) => writer.log(record)),
  }
}

// Redacted when somebody looks: a running span is written to until it ends, and hardly ever looked at.
class RedactedSpan implements StartedSpan {
  readonly #span: StartedSpan
  readonly #redactor: Redactor
  readonly spanId: string

  constructor(span: StartedSpan, redactor: Redactor) {
    this.#span = span
    this.#redactor = redactor
    this.spanId = span.spanId
  }
  get traceId(): string {
    return this.#span.traceId
  }
  get parentSpanId(): string | undefined {
    return this.#span.parentSpanId
  }
  get kind(): StartedSpan['kind'] {
    return this.#span.kind
  }
  get start(): StartedSpan['start'] {
    return this.#span.start
  }
  get scope(): StartedSpan['scope'] {
    return this.#span.scope
  }
  get name(): string {
    return this.#redactor.text(this.#span.name)
  }
  get attributes(): StartedSpan['attributes'] {
    return this.#redactor.shown(this.#span.attributes)
  }
  get resource(): StartedSpan['resource'] {
    return this.#span.resource
  }
}

function keptOf({ started, ended, written, lost }: Record<'started' | 'ended' | 'written' | 'lost', number>): Kept {
  return { started, live: started - ended, written, lost }
}

/** By how many records the store's account is off: 0, or it is a fault of ours. */
export function storeBalance({ spans, logs }: StoreAccount): number {
  return [spans, logs].reduce((sum, kept) => sum + Math.abs(kept.started - kept.live - kept.written - kept.lost), 0)
}
