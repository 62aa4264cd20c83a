// The sink of stock exporters, and of a user's own: whatever an exporter does (throws, calls back twice, never, after a
// minute), each batch is answered for once, and the queue goes on.
import { ExportResultCode } from '@opentelemetry/core'
import type { ExportResult } from '@opentelemetry/core'
import type { Resource } from '@opentelemetry/resources'
import { DropReason } from '../../account/index.ts'
import type { RecordBatch } from '../queue/record-queue.ts'
import { settled } from './otlp-sink.ts'
import { allDropped, allExported } from './sink.ts'
import type { Outcome, Sink } from './sink.ts'

/** What span and log record exporters have in common. */
export interface StockExporter<Entry> {
  export(entries: Entry[], done: (result: ExportResult) => void): void
  forceFlush?(): Promise<void>
  shutdown(): Promise<void>
}

export function stockSink<Entry extends { readonly resource: Resource }>(
  exporter: StockExporter<Entry>,
  timeoutMs: number,
): Sink<RecordBatch<Entry>> {
  return {
    // The SDK specification: an exporter is never called again before it has called back.
    lanes: 1,
    async send({ entries, records }, stop) {
      const pending = new Set(entries.map(({ resource }) => resource).filter((own) => own.asyncAttributesPending))
      if (pending.size > 0) await settled(pending, timeoutMs)
      return exported(exporter, entries, records, timeoutMs, stop)
    },
    async hurry() {
      await attempt(() => exporter.forceFlush?.())
    },
    async close() {
      await attempt(() => exporter.shutdown())
    },
  }
}

function exported<Entry>(
  exporter: StockExporter<Entry>,
  entries: Entry[],
  records: number,
  timeoutMs: number,
  stop: AbortSignal,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const finish = (outcome: Outcome): void => {
      clearTimeout(timer)
      stop.removeEventListener('abort', onAbort)
      resolve(outcome)
    }
    const onAbort = (): void => finish(allDropped(DropReason.shutdownDeadline, records))
    const onTimeout = (): void =>
      finish(allDropped(DropReason.exportTimeout, records, `no callback in ${timeoutMs} ms`))
    const timer = setTimeout(onTimeout, timeoutMs).unref()
    stop.addEventListener('abort', onAbort)
    try {
      exporter.export(entries, ({ code, error }) => {
        const succeeded = code === ExportResultCode.SUCCESS
        finish(succeeded ? allExported(records) : allDropped(DropReason.exporterError, records, error?.message))
      })
    } catch (error) {
      finish(allDropped(DropReason.exporterError, records, String(error)))
    }
  })
}

async function attempt(call: () => Promise<void> | undefined): Promise<void> {
  try {
    await call()
  } catch {
    // Told by its export, or nobody's loss.
  }
}
