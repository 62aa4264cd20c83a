// Which OpenTelemetry providers stand behind the API just now. Compared by identity on every call: an SDK may start, or be replaced, at any time.
import * as otel from '@opentelemetry/api'

/** The part of a log record that is emitted, in this package's own words: `@opentelemetry/api` 1.9 has no logs. */
export interface EmittedRecord {
  readonly eventName: string
  readonly severityNumber: number
  readonly timestamp: number
  readonly body: string
  readonly attributes: otel.Attributes
  readonly context: otel.Context
}
export interface EmittingLogger {
  emit(record: EmittedRecord): void
  enabled?(options?: { severityNumber?: number; context?: otel.Context }): boolean
}
interface LoggerProvider {
  getLogger(name: string, version?: string, options?: { schemaUrl?: string }): EmittingLogger
}
interface LogsApi {
  getLoggerProvider(): LoggerProvider
}

interface Delegating {
  getDelegate?(): otel.TracerProvider
}

export interface Providers {
  readonly traces: otel.TracerProvider
  readonly metrics: otel.MeterProvider
  readonly logs: LoggerProvider | undefined
  /** Grows with every change. */
  readonly generation: number
}

const logsApi = (otel as { logs?: LogsApi }).logs

let current: Providers = { ...read(), generation: 1 }

function read(): Omit<Providers, 'generation'> {
  return { traces: tracerProvider(), metrics: otel.metrics.getMeterProvider(), logs: logsApi?.getLoggerProvider() }
}

// The API's own proxy keeps its identity when an SDK registers, what it delegates to does not.
function tracerProvider(): otel.TracerProvider {
  const provider: otel.TracerProvider & Delegating = otel.trace.getTracerProvider()
  return provider.getDelegate === undefined ? provider : provider.getDelegate()
}

export function providers(): Providers {
  if (
    current.metrics !== otel.metrics.getMeterProvider() ||
    current.traces !== tracerProvider() ||
    current.logs !== logsApi?.getLoggerProvider()
  ) {
    current = { ...read(), generation: current.generation + 1 }
  }
  return current
}
