// Who reads metrics: Prometheus by scrape, OTLP and the console at intervals, and readers of the application's own.
import {
  ConsoleMetricExporter,
  type IMetricReader,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics'
import type { Config } from '../config/index.ts'
import { type MetricDelivery, otlpMetrics, type Surroundings } from '../export/index.ts'
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
  const periodic = (exporter: PushMetricExporter): IMetricReader =>
    new PeriodicExportingMetricReader({
      exporter,
      exportIntervalMillis: metrics.intervalMs,
      exportTimeoutMillis: metrics.exportTimeoutMs,
    })
  const delivery = otlp.metrics ? otlpMetrics({ ...surroundings, endpoint: otlp.metrics }) : undefined
  const server = prometheus ? serveMetrics({ ...prometheus, warn: surroundings.warn }) : undefined
  return {
    readers: [
      ...(delivery ? [periodic(delivery.exporter)] : []),
      ...(console.metrics ? [periodic(new ConsoleMetricExporter())] : []),
      ...(server ? [server.reader] : []),
      ...exporters.metrics,
    ],
    deliveries: delivery ? [delivery] : [],
    prometheus: server,
  }
}
