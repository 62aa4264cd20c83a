// The one edge at which options and environment are read (config stage). resolve() runs once, and later stages get only its Config.
export { defaults } from './defaults.ts'
export { ProprioError, errorCodes } from './errors.ts'
export { isProcessors } from './option-checks.ts'
export { readProcess } from './process.ts'
export { createPropagator } from './propagator.ts'
export { resolve } from './resolve.ts'
export { createResource } from './resource.ts'
export { createSampler } from './sampler.ts'
export { variables } from './variables.ts'
export { VERSION } from './version.ts'
export type {
  Config,
  ExportersConfig,
  LimitsConfig,
  MetricsConfig,
  OtlpConfig,
  OtlpMetricsTarget,
  OtlpTarget,
  ProcessorsConfig,
  PrometheusConfig,
  QueueConfig,
  RedactConfig,
  Resolved,
  ResourceConfig,
  SamplerConfig,
  SignalName,
  StoreConfig,
  Warning,
} from './config.ts'
export type { Environment } from './environment.ts'
export type { ErrorCode } from './errors.ts'
export type {
  Compression,
  DetectorName,
  EventsMode,
  LogLevel,
  OtlpProtocol,
  PropagatorName,
  SamplerName,
  Temporality,
} from './names.ts'
export type {
  AttributeLimits,
  CertificateOptions,
  Clock,
  ExporterOptions,
  HttpRequest,
  Ignore,
  LimitOptions,
  MeasurementProcessor,
  MeasuringInstrument,
  MemoryOptions,
  MetricsOptions,
  OtlpConnection,
  OtlpMetricsOptions,
  OtlpOptions,
  OtlpSignalOptions,
  ProcessorOptions,
  PrometheusOptions,
  QueueOptions,
  RedactOptions,
  RegisterOptions,
  SamplerOptions,
  ServiceOptions,
  SignalChoice,
} from './options.ts'
export type { ThisProcess } from './process.ts'
export type { Values, Variable } from './variables.ts'
