// Receiver stage: who is handed what was received.
import type { LogRecord, SpanRecord } from '@proprio/store'
import type { MetricSeries } from '../telemetry/series.ts'

export interface Sink {
  ended(span: SpanRecord): void
  log(record: LogRecord): void
  /** Told after each request with metrics: all series that there are by then. */
  measured(series: readonly MetricSeries[]): void
}
