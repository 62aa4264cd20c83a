// The stages of each signal, composed: processor -> queue -> drain -> sink, all behind one hop of the account.
import type { LogRecordExporter, LogRecordProcessor } from '@opentelemetry/sdk-logs'
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics'
import type { SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace'
import type { Delivery } from './delivery.ts'
import type { EndpointOptions, QueueOptions, RetryOptions, Surroundings } from './options.ts'

export interface OtlpOptions extends Surroundings {
  readonly endpoint: EndpointOptions
  /** Default `queueDefaults` of the signal. */
  readonly queue?: Partial<QueueOptions>
  /** Default `retryDefaults`. */
  readonly retry?: Partial<RetryOptions>
}

export interface MetricOptions extends Surroundings {
  readonly endpoint: EndpointOptions
  readonly retry?: Partial<RetryOptions>
}

export interface StockOptions extends Surroundings {
  readonly queue?: Partial<QueueOptions>
}

/** Add `processor` to the tracer provider, last in its list. */
export interface SpanDelivery extends Delivery {
  readonly processor: SpanProcessor
}

/** Add `processor` to the logger provider, last in its list. */
export interface LogDelivery extends Delivery {
  readonly processor: LogRecordProcessor
}

/** Give `exporter` to a PeriodicExportingMetricReader. */
export interface MetricDelivery extends Delivery {
  readonly exporter: PushMetricExporter
}

export declare function otlpSpans(options: OtlpOptions): SpanDelivery
export declare function otlpLogs(options: OtlpOptions): LogDelivery
export declare function otlpMetrics(options: MetricOptions): MetricDelivery
/** Runs a stock or a user's own exporter behind the same account and a bounded queue of records. */
export declare function stockSpans(exporter: SpanExporter, options: StockOptions): SpanDelivery
export declare function stockLogs(exporter: LogRecordExporter, options: StockOptions): LogDelivery
