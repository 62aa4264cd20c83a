// The in-memory span exporter, and whatever store is beside it: everything recorded is written when it ends, so that the next query shows it.
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs'
import type { ReadableSpan, Span } from '@opentelemetry/sdk-trace'
import { logRecord, spanRecord, type Writer } from '@proprio/store'

type LogRecord = Parameters<LogRecordProcessor['onEmit']>[0]

export interface Written {
  readonly spansStarted: number
  readonly spans: number
  readonly logs: number
}

export interface Stored {
  started(span: Span): void
  ended(span: ReadableSpan): void
  log(record: LogRecord): void
  written(): Written
}

export function writeTo(writers: readonly Writer[]): Stored {
  let spansStarted = 0
  let spans = 0
  let logs = 0
  return {
    started(span) {
      spansStarted++
      const record = spanRecord(span)
      for (const writer of writers) writer.started(record)
    },
    ended(span) {
      spans++
      const record = spanRecord(span)
      for (const writer of writers) writer.span(record)
    },
    log(log) {
      logs++
      const record = logRecord(log)
      for (const writer of writers) writer.log(record)
    },
    written: () => ({ spansStarted, spans, logs }),
  }
}
