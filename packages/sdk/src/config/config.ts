// What resolve() makes of options, environment and defaults: plain frozen data and the caller's own objects. Later stages get only this.
import type { Attributes, DiagLogger, TextMapPropagator } from '@opentelemetry/api'
import type { Instrumentation } from '@opentelemetry/instrumentation'
import type { HttpInstrumentationConfig } from '@opentelemetry/instrumentation-http'
import type { ResourceDetector } from '@opentelemetry/resources'
import type { LogRecordExporter, LogRecordProcessor, LogRecordLimits } from '@opentelemetry/sdk-logs'
import type { IMetricReader, ViewOptions } from '@opentelemetry/sdk-metrics'
import type { IdGenerator, Sampler, SpanExporter, SpanProcessor, SpanLimits } from '@opentelemetry/sdk-trace'
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
import type { Clock, Ignore, MeasurementProcessor } from './options.ts'

export interface Config {
  readonly disabled: boolean
  readonly resource: ResourceConfig
  readonly sampler: SamplerConfig | Sampler
  /** In order; empty = context does not cross the process's border. */
  readonly propagators: readonly (PropagatorName | TextMapPropagator)[]
  readonly otlp: OtlpConfig
  readonly exporters: ExportersConfig
  readonly processors: ProcessorsConfig
  readonly console: Readonly<Record<SignalName, boolean>>
  readonly prometheus: false | PrometheusConfig
  readonly spans: QueueConfig
  readonly logs: QueueConfig
  readonly metrics: MetricsConfig
  readonly limits: LimitsConfig
  /** In order, the first answers queries; empty = nothing is kept. */
  readonly stores: readonly StoreConfig[]
  readonly events: EventsMode
  /** Only the layers that were named: false = off, true = on, a level = from that level on. */
  readonly layers: Readonly<Record<string, boolean | Level>>
  readonly http: false | HttpInstrumentationConfig
  readonly fetch: boolean
  readonly ignore: Ignore | undefined
  /** Flat. */
  readonly instrumentations: readonly Instrumentation[]
  readonly redact: false | RedactConfig
  /** Undefined = a random one for the process. Never print it. */
  readonly hashKey: string | undefined
  readonly flushOnExit: boolean
  /** Empty = no signal is listened to. */
  readonly signals: readonly NodeJS.Signals[]
  readonly shutdownTimeoutMs: number
  readonly attach: boolean
  /** Undefined = the console. */
  readonly logger: DiagLogger | undefined
  readonly logLevel: LogLevel
  /** Whether anybody has asked for diagnostics, by logger, level or environment: then OpenTelemetry's own are told too. */
  readonly diagnosticsAsked: boolean
  readonly views: readonly ViewOptions[]
  /** Undefined = random ids. */
  readonly idGenerator: IdGenerator | undefined
  readonly clock: Required<Clock>
  /** Whether the application brought the clock. */
  readonly clockGiven: boolean
}

/** The three signals by OpenTelemetry's names, as in `OTEL_TRACES_EXPORTER`. */
export type SignalName = 'traces' | 'metrics' | 'logs'

export interface ResourceConfig {
  /** Said by options and environment, `service.*` included; without `service.name` when nobody said it (createResource finds one). */
  readonly attributes: Readonly<Attributes>
  readonly detectors: readonly (DetectorName | ResourceDetector)[]
}

export interface SamplerConfig {
  readonly name: SamplerName
  readonly ratio: number
}

export interface OtlpConfig {
  /** False = this signal is not sent by OTLP. */
  readonly traces: false | OtlpTarget
  readonly metrics: false | OtlpMetricsTarget
  readonly logs: false | OtlpTarget
}

export interface OtlpTarget {
  /** Whole URL, path included. */
  readonly url: string
  /** Names in lower case. Values may be secrets: never print them. */
  readonly headers: Readonly<Record<string, string>>
  readonly protocol: OtlpProtocol
  readonly compression: Compression
  readonly timeoutMs: number
  /** PEM text. The key is a secret: never print it. */
  readonly certificates: { readonly ca?: string; readonly cert?: string; readonly key?: string }
}

export interface OtlpMetricsTarget extends OtlpTarget {
  readonly temporality: Temporality
}

export interface ExportersConfig {
  readonly spans: readonly SpanExporter[]
  readonly logs: readonly LogRecordExporter[]
  readonly metrics: readonly IMetricReader[]
}

export interface ProcessorsConfig {
  readonly spans: readonly SpanProcessor[]
  readonly logs: readonly LogRecordProcessor[]
  readonly measurements: readonly MeasurementProcessor[]
}

export interface PrometheusConfig {
  readonly host: string
  readonly port: number | 'auto'
}

export interface QueueConfig {
  readonly maxRecords: number
  readonly maxBytes: number
  /** At most maxRecords. */
  readonly batchRecords: number
  readonly batchBytes: number
  readonly delayMs: number
  readonly exportTimeoutMs: number
}

export interface MetricsConfig {
  readonly intervalMs: number
  /** At most intervalMs. */
  readonly exportTimeoutMs: number
}

/** In the shape the providers take. */
export interface LimitsConfig {
  readonly spans: Readonly<Required<SpanLimits>>
  readonly logs: Readonly<Required<LogRecordLimits>>
}

export type StoreConfig =
  | { readonly kind: 'memory'; readonly maxEvents: number; readonly maxBytes: number }
  | { readonly kind: 'own'; readonly store: Store }

export interface RedactConfig {
  /** Besides the built-in ones. */
  readonly patterns: readonly RegExp[]
  readonly keys: readonly string[]
}

/** Something in the environment that could not be taken as it stands. Listed in health; never holds a secret. */
export interface Warning {
  /** The environment variable, or the option, it is about. */
  readonly about: string
  /** What it said, shortened; `***` where it may be a secret. */
  readonly value: string
  /** What would have been understood. */
  readonly expected: string
  /** What is used instead. */
  readonly taken: string
  /** All of it as one sentence. */
  readonly message: string
}

export interface Resolved {
  readonly config: Config
  readonly warnings: readonly Warning[]
}
