// Who reads metrics: Prometheus by scrape, OTLP and the console at intervals, and readers of the application's own.
import {
  AggregationTemporality,
  ConsoleMetricExporter,
  type IMetricReader,
  InstrumentType,
} from '@opentelemetry/sdk-metrics'
import type { Config, Temporality } from '../config/index.ts'
import { type MetricDelivery, otlpMetrics, type Surroundings } from '../export/index.ts'
import { PeriodicReader } from './periodic-reader.ts'
import { type MetricsServer, serveMetrics } from '../prometheus/index.ts'

export interface MetricReaders {
  readonly readers: readonly IMetricReader[]
  readonly deliveries: readonly MetricDelivery[]
  readonly prometheus: MetricsServer | undefined
}

export function metricReaders(
  { otlp, console, exporters, metrics, prometheus }: Config,
  surroundings: Surroundings,
): MetricReaders {
  const delivery = otlp.metrics ? otlpMetrics({ ...surroundings, endpoint: otlp.metrics }) : undefined
  const periodic = {
    intervalMs: metrics.intervalMs,
    collectMs: metrics.exportTimeoutMs,
    temporality: temporalityOf[otlp.metrics ? otlp.metrics.temporality : 'cumulative'],
    warn: surroundings.warn,
  }
  const server = prometheus ? serveMetrics({ ...prometheus, warn: surroundings.warn }) : undefined
  return {
    readers: [
      ...(delivery ? [new PeriodicReader({ ...periodic, exporter: delivery.exporter })] : []),
      ...(console.metrics ? [new PeriodicReader({ ...periodic, exporter: new ConsoleMetricExporter() })] : []),
      ...(server ? [server.reader] : []),
      ...exporters.metrics,
    ],
    deliveries: delivery ? [delivery] : [],
    prometheus: server,
  }
}

const { CUMULATIVE, DELTA } = AggregationTemporality
const { COUNTER, GAUGE, HISTOGRAM, OBSERVABLE_COUNTER, OBSERVABLE_GAUGE } = InstrumentType

const since =
  (...delta: readonly InstrumentType[]) =>
  (type: InstrumentType): AggregationTemporality =>
    delta.includes(type) ? DELTA : CUMULATIVE

// Which instruments tell only what is new since the last time: as OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE is specified, gauges as in
// @opentelemetry/exporter-metrics-otlp-http 0.301.
const temporalityOf = {
  cumulative: since(),
  delta: since(COUNTER, OBSERVABLE_COUNTER, HISTOGRAM, GAUGE, OBSERVABLE_GAUGE),
  lowmemory: since(COUNTER, HISTOGRAM),
} as const satisfies Record<Temporality, (type: InstrumentType) => AggregationTemporality>
