// The stages of each signal, composed: processor -> queue -> drain -> sink, all behind one hop of the account.
import type { LogRecordExporter, LogRecordProcessor, ReadableLogRecord } from '@opentelemetry/sdk-logs'
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics'
import type { ReadableSpan, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace'
import type { Held } from '../account/index.ts'
import type { Delivery, UnsentRequest } from './delivery.ts'
import { drain } from './drain.ts'
import type { Intake } from './drain.ts'
import { encodings } from './encode/index.ts'
import type { Encoding, RecordSignal, Writer } from './encode/index.ts'
import { metricExport } from './metrics.ts'
import { queueDefaults, retryDefaults } from './options.ts'
import type { EndpointOptions, QueueOptions, RetryOptions, Surroundings } from './options.ts'
import { logProcessor, spanProcessor } from './processors.ts'
import type { EncodedBatch } from './queue/encoded-batch.ts'
import { encodedQueue } from './queue/encoded-queue.ts'
import type { Originated } from './queue/open-batch.ts'
import { estimateBytes, recordQueue } from './queue/record-queue.ts'
import { otlpSink } from './sinks/otlp-sink.ts'
import { stockSink } from './sinks/stock-sink.ts'
import type { StockExporter } from './sinks/stock-sink.ts'
import { unsentRequest } from './unsent.ts'

export interface OtlpOptions extends Surroundings {
  readonly endpoint: EndpointOptions
  /** Default `queueDefaults` of the signal. */
  readonly queue?: Partial<QueueOptions>
  /** Default `retryDefaults`. */
  readonly retry?: Partial<RetryOptions>
}

export interface MetricOptions extends Surroundings {
  readonly endpoint: EndpointOptions
  /** Default `retryDefaults`, but given up after 30 s: the next collection brings newer values. */
  readonly retry?: Partial<RetryOptions>
}

export interface StockOptions extends Surroundings {
  /** Default `queueDefaults` of the signal. Bytes are estimated. */
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

/** Component types of the conventions (`otel.component.type`). */
const exporterTypes = {
  spans: { 'http/protobuf': 'otlp_http_span_exporter', 'http/json': 'otlp_http_json_span_exporter' },
  logs: { 'http/protobuf': 'otlp_http_log_exporter', 'http/json': 'otlp_http_json_log_exporter' },
  metrics: { 'http/protobuf': 'otlp_http_metric_exporter', 'http/json': 'otlp_http_json_metric_exporter' },
} as const satisfies Record<string, Record<EndpointOptions['protocol'], string>>
const processorTypes = { spans: 'batching_span_processor', logs: 'batching_log_processor' } as const

/** Sends sampled spans over OTLP. Nothing is connected, and no HTTP client loaded, before the first batch leaves. */
export function otlpSpans(options: OtlpOptions): SpanDelivery {
  return otlp<ReadableSpan, SpanProcessor>('spans', options, (encoding) => encoding.span, spanProcessor)
}

/** Sends log records over OTLP, those of unsampled traces too. */
export function otlpLogs(options: OtlpOptions): LogDelivery {
  return otlp<ReadableLogRecord, LogRecordProcessor>('logs', options, (encoding) => encoding.log, logProcessor)
}

/** Sends what a metric reader collects over OTLP. */
export function otlpMetrics({ account, clock, endpoint, retry, warn }: MetricOptions): MetricDelivery {
  const encoding = encodings[endpoint.protocol]
  const exporter = exporterTypes.metrics[endpoint.protocol]
  return metricExport({
    encoding,
    now: clock.now,
    hop: (held) =>
      account.hop('metrics', {
        processor: 'periodic_metric_reader',
        exporter,
        held: () => ({ queued: 0, bytes: 0, maxBytes: Infinity, maxRecords: Infinity, ...held() }),
      }),
    async open() {
      const [{ openTransport }, { JsonMetricsSerializer, ProtobufMetricsSerializer }] = await Promise.all([
        import('./transport/index.ts'),
        import('@opentelemetry/otlp-transformer'),
      ])
      return {
        transport: await openTransport({
          endpoint,
          contentType: encoding.contentType,
          retry: { ...retryDefaults, ageMs: 30_000, ...retry },
          clock,
          warn,
        }),
        serializer: endpoint.protocol === 'http/json' ? JsonMetricsSerializer : ProtobufMetricsSerializer,
      }
    },
  })
}

/** Runs a stock or a user's own span exporter behind the same account and a bounded queue. */
export function stockSpans(exporter: SpanExporter, options: StockOptions): SpanDelivery {
  return stock<ReadableSpan, SpanProcessor>('spans', exporter, options, spanBytes, spanProcessor)
}

/** Runs a stock or a user's own log record exporter behind the same account and a bounded queue. */
export function stockLogs(exporter: LogRecordExporter, options: StockOptions): LogDelivery {
  return stock<ReadableLogRecord, LogRecordProcessor>('logs', exporter, options, logBytes, logProcessor)
}

function otlp<Entry extends Originated, Processor>(
  signal: RecordSignal,
  options: OtlpOptions,
  encoder: (encoding: Encoding) => (out: Writer, entry: Entry) => void,
  makeProcessor: (to: Intake<Entry>) => Processor,
): Delivery & { readonly processor: Processor } {
  const { account, clock, endpoint, warn } = options
  const limits = limitsOf(signal, options.queue)
  const encoding = encodings[endpoint.protocol]
  const drained = drain<Entry, EncodedBatch>({
    ...limits,
    queue: encodedQueue<Entry>({ ...limits, encoding, encode: encoder(encoding), now: clock.now }),
    sink: otlpSink({
      signal,
      encoding,
      timeoutMs: endpoint.timeoutMs,
      async open() {
        const { openTransport } = await import('./transport/index.ts')
        const retry = { ...retryDefaults, ...options.retry }
        return openTransport({ endpoint, contentType: encoding.contentType, retry, clock, warn })
      },
    }),
    hop: (held) => openHop(account, signal, exporterTypes[signal][endpoint.protocol], held),
  })
  return {
    processor: makeProcessor(drained),
    flush: drained.flush,
    shutdown: drained.shutdown,
    unsent: (): readonly UnsentRequest[] =>
      drained.handOver().map(({ batch, settle }) => unsentRequest({ signal, encoding, endpoint, batch, settle })),
  }
}

function stock<Entry extends Originated, Processor>(
  signal: RecordSignal,
  exporter: StockExporter<Entry>,
  { account, queue }: StockOptions,
  estimate: (entry: Entry) => number,
  makeProcessor: (to: Intake<Entry>) => Processor,
): Delivery & { readonly processor: Processor } {
  const limits = limitsOf(signal, queue)
  const name = exporter.constructor?.name || 'exporter'
  const drained = drain({
    ...limits,
    queue: recordQueue<Entry>({ ...limits, estimate }),
    sink: stockSink(exporter, limits.exportTimeoutMs),
    hop: (held) => openHop(account, signal, name, held),
  })
  return {
    processor: makeProcessor(drained),
    flush: drained.flush,
    shutdown: drained.shutdown,
    unsent: () => [],
  }
}

/** A batch larger than the queue would never be full. */
function limitsOf(signal: RecordSignal, given: Partial<QueueOptions> = {}): Required<QueueOptions> {
  const limits = { maxRecords: Infinity, ...queueDefaults[signal], ...given }
  return { ...limits, batchRecords: Math.min(limits.batchRecords, limits.maxRecords) }
}

function spanBytes({ name, attributes, events, links }: ReadableSpan): number {
  return estimateBytes([name, attributes, events, links])
}

function logBytes({ body, attributes }: ReadableLogRecord): number {
  return estimateBytes([body, attributes])
}

function openHop(account: Surroundings['account'], signal: RecordSignal, exporter: string, held: () => Held) {
  return account.hop(signal, { processor: processorTypes[signal], exporter, held })
}
