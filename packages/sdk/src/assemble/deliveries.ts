// Where finished spans and log records go: OTLP, the console, and exporters of the application's own, each behind the account.
import type { Config } from '../config/index.ts'
import {
  type LogDelivery,
  otlpLogs,
  otlpSpans,
  type SpanDelivery,
  stockLogs,
  stockSpans,
  type Surroundings,
} from '../export/index.ts'
import { ConsoleLogRecordExporter } from '@opentelemetry/sdk-logs'
import { ConsoleSpanExporter } from '@opentelemetry/sdk-trace'

export interface Deliveries {
  readonly spans: readonly SpanDelivery[]
  readonly logs: readonly LogDelivery[]
}

export function deliveries({ otlp, console, exporters, spans, logs }: Config, surroundings: Surroundings): Deliveries {
  const spanExporters = [...exporters.spans, ...(console.traces ? [new ConsoleSpanExporter()] : [])]
  const logExporters = [...exporters.logs, ...(console.logs ? [new ConsoleLogRecordExporter()] : [])]
  return {
    spans: [
      ...(otlp.traces ? [otlpSpans({ ...surroundings, endpoint: otlp.traces, queue: spans })] : []),
      ...spanExporters.map((exporter) => stockSpans(exporter, { ...surroundings, queue: spans })),
    ],
    logs: [
      ...(otlp.logs ? [otlpLogs({ ...surroundings, endpoint: otlp.logs, queue: logs })] : []),
      ...logExporters.map((exporter) => stockLogs(exporter, { ...surroundings, queue: logs })),
    ],
  }
}
