// The words that options and variables choose from: one list each, from which the type, the check and the reading are made.
export const detectorNames = ['service', 'host', 'process', 'command'] as const
/** service: `service.instance.id`. host: `host.name`, `host.arch`, `os.*`. process: `process.pid`, `process.runtime.*`. command: command line, executable and owner, which may hold secrets and are never taken by `'auto'`. */
export type DetectorName = (typeof detectorNames)[number]

export const samplerNames = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const
export type SamplerName = (typeof samplerNames)[number]

export const propagatorNames = ['tracecontext', 'baggage'] as const
export type PropagatorName = (typeof propagatorNames)[number]

export const otlpProtocols = ['http/protobuf', 'http/json'] as const
export type OtlpProtocol = (typeof otlpProtocols)[number]

export const compressions = ['none', 'gzip'] as const
export type Compression = (typeof compressions)[number]

export const temporalities = ['cumulative', 'delta', 'lowmemory'] as const
export type Temporality = (typeof temporalities)[number]

export const eventsModes = ['log', 'span', 'both'] as const
export type EventsMode = (typeof eventsModes)[number]

export const logLevels = ['none', 'error', 'warn', 'info', 'debug', 'verbose', 'all'] as const
export type LogLevel = (typeof logLevels)[number]
