// Receiver stage: what may be sent to which path, and where it goes from there.
import { type Decoded, logsFromOtlp, spansFromOtlp } from '@proprio/store'
import type { Message } from './decode/encoding.ts'
import { pointsFromOtlp } from './decode/metrics.ts'
import { SeriesTable } from './series/index.ts'
import type { Sink } from './sink.ts'

export interface Signal {
  readonly request: Message
  readonly response: Message
  /** The field of the response that says how many records were rejected. */
  readonly rejected: string
  /** Hands over what can be read. Throws when the request cannot. */
  take(request: unknown): Pick<Decoded<unknown>, 'rejected' | 'problem'>
}

/** By the path of the request. */
export type Signals = ReadonlyMap<string, Signal>

export function signalsInto(sink: Sink): Signals {
  const table = new SeriesTable()
  const traces: Signal = {
    request: 'ExportTraceServiceRequest',
    response: 'ExportTraceServiceResponse',
    rejected: 'rejectedSpans',
    take(request) {
      const decoded = spansFromOtlp(request)
      for (const span of decoded.records) sink.ended(span)
      return decoded
    },
  }
  const logs: Signal = {
    request: 'ExportLogsServiceRequest',
    response: 'ExportLogsServiceResponse',
    rejected: 'rejectedLogRecords',
    take(request) {
      const decoded = logsFromOtlp(request)
      for (const record of decoded.records) sink.log(record)
      return decoded
    },
  }
  const metrics: Signal = {
    request: 'ExportMetricsServiceRequest',
    response: 'ExportMetricsServiceResponse',
    rejected: 'rejectedDataPoints',
    take(request) {
      const decoded = pointsFromOtlp(request)
      for (const point of decoded.records) table.add(point)
      sink.measured(table.all())
      return decoded
    },
  }
  return new Map([
    ['/v1/traces', traces],
    ['/v1/logs', logs],
    ['/v1/metrics', metrics],
  ])
}
