// What an application may say to register(): the one documented interface of the sdk. Every field is optional.
// `undefined` = from the environment, then the default; `false` = off; `'auto'` = the default list; a block is `boolean | options`.
// Precedence: options, then environment, then defaults (defaults.ts). Variables are listed in variables.ts by the paths of this interface.
import type { Attributes, Context, DiagLogger, ObservableCallback, TextMapPropagator } from '@opentelemetry/api'
import type { Instrumentation } from '@opentelemetry/instrumentation'
import type { HttpInstrumentationConfig } from '@opentelemetry/instrumentation-http'
import type { ResourceDetector } from '@opentelemetry/resources'
import type { LogRecordExporter, LogRecordProcessor } from '@opentelemetry/sdk-logs'
import type { IMetricReader, ViewOptions } from '@opentelemetry/sdk-metrics'
import type { IdGenerator, Sampler, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace'
import type { Level, Store } from '@proprio/store'
import type {
  Compression,
  DetectorName,
  EventsMode,
  LogLevel,
  OtlpProtocol,
  PropagatorName,
  SamplerName,
  Temporality,
} from './names.ts'

export interface RegisterOptions {
  /** Who emits: its name, or name, version and namespace. `OTEL_SERVICE_NAME`; default the name and version in the main script's package.json, else `unknown_service:node`. */
  service?: string | ServiceOptions | undefined
  /** Attributes of the resource, on everything that is emitted. Added to `OTEL_RESOURCE_ATTRIBUTES` key by key; default none. */
  resource?: Attributes | undefined
  /** What the resource says about the host and process beyond `service` and `resource`. `OTEL_NODE_RESOURCE_DETECTORS`; default `'auto'` = service, host, process. */
  detectors?: 'auto' | false | readonly (DetectorName | ResourceDetector)[] | undefined
  /** True: nothing is recorded or sent, context is still propagated. `OTEL_SDK_DISABLED`; default false. */
  disabled?: boolean | undefined
  /** Which spans are exported; all of them are recorded all the same. `OTEL_TRACES_SAMPLER`, `OTEL_TRACES_SAMPLER_ARG`; default parentbased_always_on. */
  sampler?: SamplerName | SamplerOptions | Sampler | undefined
  /** How context crosses process borders; `false` = not. `OTEL_PROPAGATORS`; default `'auto'` = tracecontext, baggage. */
  propagators?: 'auto' | false | readonly (PropagatorName | TextMapPropagator)[] | undefined
  /** Sends to an OTLP/HTTP receiver. `OTEL_{TRACES,METRICS,LOGS}_EXPORTER`, `OTEL_EXPORTER_OTLP_*`; default: on when an endpoint is given, else off. */
  otlp?: boolean | OtlpOptions | undefined
  /** Exporters and readers of your own, besides whatever else is on. Default none. */
  exporters?: ExporterOptions | undefined
  /** OpenTelemetry processors of your own. They are told of all that is recorded, sampled or not; what they add to a span at its start or in `onEnding` is kept and sent, and what has ended is redacted. Those of a later `register()` join those of the first. Default none. */
  processors?: ProcessorOptions | undefined
  /** Prints to standard output, for looking. `OTEL_{TRACES,METRICS,LOGS}_EXPORTER=console`; default false. */
  console?: boolean | SignalChoice | undefined
  /** Serves `/metrics` for Prometheus to scrape. `OTEL_METRICS_EXPORTER=prometheus`; default false. In workers and forked children only when `port` is given here. */
  prometheus?: boolean | PrometheusOptions | undefined
  /** The queue of finished spans on their way out. `OTEL_BSP_*`. */
  spans?: QueueOptions | undefined
  /** The queue of log records on their way out. `OTEL_BLRP_*`. */
  logs?: QueueOptions | undefined
  /** When metrics are sent. `OTEL_METRIC_EXPORT_*`. */
  metrics?: MetricsOptions | undefined
  /** How much one span or log record may hold. `OTEL_*_LIMIT`. */
  limits?: LimitOptions | undefined
  /** Where telemetry is kept for queries: the memory store, a store of your own, or several (the first answers queries); `false` = nowhere. `PROPRIO_STORE`; default the memory store. */
  store?: boolean | 'memory' | MemoryOptions | Store | readonly ('memory' | MemoryOptions | Store)[] | undefined
  /** Whether an occurrence leaves as a log record, as an event on the active span, or both. `PROPRIO_EVENTS`, `OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN`; default `'both'`. */
  events?: EventsMode | undefined
  /** Layers that are off (`false`) or start at a level: `{ api: false, codegen: 'warn' }`. `PROPRIO_LAYERS=api=off,codegen=warn`; default all on. */
  layers?: Readonly<Record<string, boolean | Level>> | undefined
  /** Spans for incoming and outgoing `node:http`. Default true; options go to `@opentelemetry/instrumentation-http`. */
  http?: boolean | HttpInstrumentationConfig | undefined
  /** Context on outgoing `fetch`, and a span for each. Default true. */
  fetch?: boolean | undefined
  /** Requests, incoming and outgoing, by `node:http` and by `fetch`, that make neither span nor metric: answers true for those. Default none. */
  ignore?: Ignore | undefined
  /** Further OpenTelemetry instrumentations, nested lists too. Where one of them is for HTTP or undici, ours for that stays off. Default none. */
  instrumentations?: readonly (Instrumentation | readonly Instrumentation[])[] | undefined
  /** Masks known shapes of secrets before anything is queued or stored; patterns and keys of your own come on top. `PROPRIO_REDACT`; default true. */
  redact?: boolean | RedactOptions | undefined
  /** Key of the hash for attributes declared `sensitive: 'hash'`, at least 16 characters. `PROPRIO_HASH_KEY`; default random for the process. */
  hashKey?: string | undefined
  /** On `process.exit()` and crashes, send what is queued before the process ends (blocks for about 50 ms, and 2 s at most where nobody answers). `PROPRIO_FLUSH_ON_EXIT`; default false. */
  flushOnExit?: boolean | undefined
  /** Signals on which to flush; `false` = none. Default `['SIGTERM', 'SIGINT']`. */
  signals?: boolean | readonly NodeJS.Signals[] | undefined
  /** Longest time a shutdown takes, in milliseconds. Default 5,000. */
  shutdownTimeoutMs?: number | undefined
  /** True: join an OpenTelemetry set-up that exists already, as far as it lets us. Default false. */
  attach?: boolean | undefined
  /** Where our own diagnostics and OpenTelemetry's go. Default the console. */
  logger?: DiagLogger | undefined
  /** The least severe diagnostics to print. `OTEL_LOG_LEVEL`; default `'warn'`. */
  logLevel?: LogLevel | undefined
  /** OpenTelemetry metric views. Default none. */
  views?: readonly ViewOptions[] | undefined
  /** Makes trace and span ids. Default random. */
  idGenerator?: IdGenerator | undefined
  /** Time and chance, as one value; our emitters follow it, OpenTelemetry's own spans do not. Default the system's. */
  clock?: Clock | undefined
}

export interface ServiceOptions {
  /** `service.name`. */
  name?: string | undefined
  /** `service.version`. */
  version?: string | undefined
  /** `service.namespace`. */
  namespace?: string | undefined
}

export interface SamplerOptions {
  name?: SamplerName | undefined
  /** Share of traces, 0 to 1, for the two ratio samplers. Default 1. */
  ratio?: number | undefined
}

export interface OtlpConnection {
  /** Header names and values; merged over those of the environment. `OTEL_EXPORTER_OTLP_[signal_]HEADERS`; default none. */
  headers?: Readonly<Record<string, string>> | undefined
  /** `OTEL_EXPORTER_OTLP_[signal_]PROTOCOL`; default http/protobuf. */
  protocol?: OtlpProtocol | undefined
  /** `OTEL_EXPORTER_OTLP_[signal_]COMPRESSION`; default none. */
  compression?: Compression | undefined
  /** Longest time for one request, in milliseconds. `OTEL_EXPORTER_OTLP_[signal_]TIMEOUT`; default 10,000. */
  timeoutMs?: number | undefined
  /** PEM text: the authority to trust, and the client's certificate and key. The variables `OTEL_EXPORTER_OTLP_[signal_]{CERTIFICATE,CLIENT_CERTIFICATE,CLIENT_KEY}` name files. Default the system's authorities, no client certificate. */
  certificates?: CertificateOptions | undefined
}

export interface OtlpOptions extends OtlpConnection {
  /** URL of the receiver; `v1/traces`, `v1/metrics`, `v1/logs` are appended. `OTEL_EXPORTER_OTLP_ENDPOINT`; default http://localhost:4318. */
  endpoint?: string | undefined
  /** What differs for traces; `false` = not sent, `true` = sent though the environment says otherwise. */
  traces?: boolean | OtlpSignalOptions | undefined
  /** What differs for metrics. */
  metrics?: boolean | OtlpMetricsOptions | undefined
  /** What differs for logs. */
  logs?: boolean | OtlpSignalOptions | undefined
}

export interface OtlpSignalOptions extends OtlpConnection {
  /** URL taken as it is, nothing appended. `OTEL_EXPORTER_OTLP_<signal>_ENDPOINT`. */
  endpoint?: string | undefined
}

export interface OtlpMetricsOptions extends OtlpSignalOptions {
  /** `OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE`; default cumulative. */
  temporality?: Temporality | undefined
}

export interface CertificateOptions {
  ca?: string | undefined
  cert?: string | undefined
  key?: string | undefined
}

export interface ExporterOptions {
  spans?: readonly SpanExporter[] | undefined
  logs?: readonly LogRecordExporter[] | undefined
  metrics?: readonly IMetricReader[] | undefined
}

export interface ProcessorOptions {
  spans?: readonly SpanProcessor[] | undefined
  logs?: readonly LogRecordProcessor[] | undefined
  /** OpenTelemetry has none of these yet: each is told of every measurement, in its context, before it is aggregated. */
  measurements?: readonly MeasurementProcessor[] | undefined
}

/** What a measurement was made with. */
export interface MeasuringInstrument {
  readonly name: string
  readonly kind: 'counter' | 'upDownCounter' | 'gauge' | 'histogram'
  readonly unit: string
  readonly description: string
  /** Told by a callback when metrics are read. */
  readonly observable: boolean
  readonly scope: { readonly name: string; readonly version?: string; readonly schemaUrl?: string }
}

/** Told of measurements as a SpanProcessor is of spans: before views, limits of cardinality and aggregation. */
export interface MeasurementProcessor {
  /** One measurement, in the context in which it was made. */
  onMeasurement(instrument: MeasuringInstrument, value: number, attributes: Attributes, context: Context): void
  /** A callback that will be asked for the values of an observable instrument, in the context in which it was added. */
  onCallback?(instrument: MeasuringInstrument, callback: ObservableCallback, context: Context): void
  /** A callback that is asked no more. */
  onCallbackRemoved?(instrument: MeasuringInstrument, callback: ObservableCallback): void
}

export interface SignalChoice {
  traces?: boolean | undefined
  metrics?: boolean | undefined
  logs?: boolean | undefined
}

export interface PrometheusOptions {
  /** Address to listen on. `OTEL_EXPORTER_PROMETHEUS_HOST`; default 127.0.0.1. */
  host?: string | undefined
  /** 0 = any free port; `'auto'` = 9464 or the next free one. `OTEL_EXPORTER_PROMETHEUS_PORT`; default 9464. */
  port?: number | 'auto' | undefined
}

export interface QueueOptions {
  /** Records that may wait. `OTEL_{BSP,BLRP}_MAX_QUEUE_SIZE`; default 65,536. */
  maxRecords?: number | undefined
  /** Bytes that may wait. Default 32 MiB. */
  maxBytes?: number | undefined
  /** Records in one request. `OTEL_{BSP,BLRP}_MAX_EXPORT_BATCH_SIZE`; default 512. */
  batchRecords?: number | undefined
  /** Bytes in one request. Default 1 MiB. */
  batchBytes?: number | undefined
  /** Longest a record waits for its request to fill, in milliseconds. `OTEL_{BSP,BLRP}_SCHEDULE_DELAY`; default 5,000 for spans, 1,000 for logs. */
  delayMs?: number | undefined
  /** Longest time for one batch, in milliseconds. `OTEL_{BSP,BLRP}_EXPORT_TIMEOUT`; default 30,000. */
  exportTimeoutMs?: number | undefined
}

export interface MetricsOptions {
  /** Milliseconds between collections. `OTEL_METRIC_EXPORT_INTERVAL`; default 60,000. */
  intervalMs?: number | undefined
  /** Longest time for one collection to be sent, in milliseconds, at most the interval. `OTEL_METRIC_EXPORT_TIMEOUT`; default 30,000. */
  exportTimeoutMs?: number | undefined
}

export interface AttributeLimits {
  /** Attributes of one record. `OTEL_[SPAN_,LOGRECORD_]ATTRIBUTE_COUNT_LIMIT`; default 128. */
  attributeCount?: number | undefined
  /** Characters of one text value. `OTEL_[SPAN_,LOGRECORD_]ATTRIBUTE_VALUE_LENGTH_LIMIT`; default 8,192. */
  valueLength?: number | undefined
}

export interface LimitOptions extends AttributeLimits {
  /** Events of one span. `OTEL_SPAN_EVENT_COUNT_LIMIT`; default 128. */
  events?: number | undefined
  /** Links of one span. `OTEL_SPAN_LINK_COUNT_LIMIT`; default 128. */
  links?: number | undefined
  /** Attributes of one span event. `OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT`; default 128. */
  eventAttributeCount?: number | undefined
  /** Attributes of one link. `OTEL_LINK_ATTRIBUTE_COUNT_LIMIT`; default 128. */
  linkAttributeCount?: number | undefined
  /** What differs for spans. */
  spans?: AttributeLimits | undefined
  /** What differs for log records. */
  logs?: AttributeLimits | undefined
}

export interface MemoryOptions {
  /** Framework events kept. Default 10,000. */
  maxEvents?: number | undefined
  /** Bytes kept. Default 64 MiB. */
  maxBytes?: number | undefined
}

export interface RedactOptions {
  /** What to mask in any text value, besides the built-in shapes. Run over every text of up to 262,144 characters: no nested quantifiers. */
  patterns?: readonly RegExp[] | undefined
  /** Attribute keys whose value is always masked, besides the built-in ones. */
  keys?: readonly string[] | undefined
}

/** A request as `ignore` sees it. */
export interface HttpRequest {
  readonly direction: 'incoming' | 'outgoing'
  /** As sent, usually in capitals. */
  readonly method: string
  /** Incoming: path and query, as in `request.url`. Outgoing: the whole URL, credentials included. */
  readonly url: string
}

/** Answers true for a request that makes neither span nor metric. When it throws, the request is not ignored. */
export type Ignore = (request: HttpRequest) => boolean

/** Time and chance, as one value. */
export interface Clock {
  /** Unix time in milliseconds, with fractions. */
  now(): number
  /** At least 0, below 1; spreads retries. Default Math.random. */
  random?(): number
}
