// Export: each record becomes bytes when it ends, waits in a bounded queue, and leaves over OTLP/HTTP.
export type { Delivery, ShutdownResult, UnsentRequest } from './delivery.ts'
export { queueDefaults, retryDefaults } from './options.ts'
export type { Certificates, Clock, EndpointOptions, QueueOptions, RetryOptions, Surroundings } from './options.ts'
export { exportAgent, isExportAgent } from './marker.ts'
export { otlpLogs, otlpMetrics, otlpSpans, stockLogs, stockSpans } from './signals.ts'
export type { LogDelivery, MetricDelivery, MetricOptions, OtlpOptions, SpanDelivery, StockOptions } from './signals.ts'
