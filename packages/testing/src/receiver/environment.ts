// Receiver stage: what is set for a program that shall send here, in the variables that every OpenTelemetry SDK reads.
// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/

// Milliseconds. Short, so that a test of a program that does not end need not wait for the usual 5 seconds, or the minute of metrics.
const RECORDS_DELAY = '100'
const METRICS_INTERVAL = '500'

export const environmentFor = (url: string): Readonly<Record<string, string>> =>
  Object.freeze({
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_METRICS_EXPORTER: 'otlp',
    OTEL_LOGS_EXPORTER: 'otlp',
    OTEL_BSP_SCHEDULE_DELAY: RECORDS_DELAY,
    OTEL_BLRP_SCHEDULE_DELAY: RECORDS_DELAY,
    OTEL_METRIC_EXPORT_INTERVAL: METRICS_INTERVAL,
    // Longer than the interval it may not be, and by default would be.
    OTEL_METRIC_EXPORT_TIMEOUT: METRICS_INTERVAL,
  })

/** `environment` without what would send elsewhere, or otherwise: an endpoint for one signal comes before the one for all. */
export const withoutExporter = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('OTEL_EXPORTER_OTLP_')))
