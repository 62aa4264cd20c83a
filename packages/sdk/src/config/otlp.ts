// Where each signal is sent by OTLP, and whether: options, environment and defaults laid over one another, with the path rules of
// the specification: the general endpoint gets the signal's path appended, a signal's own is taken as it is.
import type { OtlpConfig, OtlpMetricsTarget, OtlpTarget, SignalName, Warning } from './config.ts'
import { defaults } from './defaults.ts'
import { warning } from './environment.ts'
import type { OtlpMetricsOptions, OtlpOptions, OtlpSignalOptions, RegisterOptions } from './options.ts'
import { withoutSecrets } from './reading.ts'
import type { Values } from './variables.ts'

export function resolveOtlp(said: RegisterOptions['otlp'], values: Values): OtlpConfig {
  return Object.freeze({
    traces: wanted('traces', said, values) && target('traces', said, values),
    metrics: wanted('metrics', said, values) && metricsTarget(said, values),
    logs: wanted('logs', said, values) && target('logs', said, values),
  })
}

// The nearest word decides: the signal's option, the whole option, the signal's list of exporters, and at last whether there is an endpoint.
function wanted(signal: SignalName, said: RegisterOptions['otlp'], values: Values): boolean {
  const general = blockOf(said)
  const own = said === false ? false : general[signal]
  if (typeof own === 'boolean') return own
  if (own?.endpoint !== undefined) return true
  if (typeof said === 'boolean') return said
  const exporters = values[`otlp.${signal}`]
  if (exporters !== undefined) return exporters.some((name) => name === 'otlp')
  return [general.endpoint, values[`otlp.${signal}.endpoint`], values['otlp.endpoint']].some((url) => url !== undefined)
}

function target(signal: SignalName, said: RegisterOptions['otlp'], values: Values): OtlpTarget {
  const general = blockOf(said)
  const own: OtlpSignalOptions = ownBlock(general, signal)
  const { url, credentials } = address(endpoint(signal, own, general, values))
  return Object.freeze({
    url,
    headers: headers(
      credentials,
      values['otlp.headers'],
      values[`otlp.${signal}.headers`],
      general.headers,
      own.headers,
    ),
    protocol:
      own.protocol ??
      general.protocol ??
      values[`otlp.${signal}.protocol`] ??
      values['otlp.protocol'] ??
      defaults.otlp.protocol,
    compression:
      own.compression ??
      general.compression ??
      values[`otlp.${signal}.compression`] ??
      values['otlp.compression'] ??
      defaults.otlp.compression,
    timeoutMs:
      own.timeoutMs ??
      general.timeoutMs ??
      values[`otlp.${signal}.timeoutMs`] ??
      values['otlp.timeoutMs'] ??
      defaults.otlp.timeoutMs,
    certificates: Object.freeze({
      ...one('ca', signal, own, general, values),
      ...one('cert', signal, own, general, values),
      ...one('key', signal, own, general, values),
    }),
  })
}

function metricsTarget(said: RegisterOptions['otlp'], values: Values): OtlpMetricsTarget {
  const own: OtlpMetricsOptions = ownBlock(blockOf(said), 'metrics')
  const temporality = own.temporality ?? values['otlp.metrics.temporality'] ?? defaults.otlp.metrics.temporality
  return Object.freeze({ ...target('metrics', said, values), temporality })
}

function endpoint(signal: SignalName, own: OtlpSignalOptions, general: OtlpOptions, values: Values): string {
  if (own.endpoint !== undefined) return own.endpoint
  if (general.endpoint !== undefined) return appended(general.endpoint, signal)
  const ownValue = values[`otlp.${signal}.endpoint`]
  if (ownValue !== undefined) return ownValue
  return appended(values['otlp.endpoint'] ?? defaults.otlp.endpoint, signal)
}

function appended(endpoint: string, signal: SignalName): string {
  const whole = new URL(endpoint)
  whole.pathname = `${whole.pathname.replace(/\/$/, '')}/v1/${signal}`
  return whole.href
}

/** A general endpoint that has a signal's path already gets it twice, by the specification, and what is sent there is refused. */
export function checkGeneralEndpoint(
  said: RegisterOptions['otlp'],
  values: Values,
  warn: (warning: Warning) => void,
): void {
  const option = blockOf(said).endpoint
  const url = option ?? values['otlp.endpoint']
  if (url === undefined || !signalPath.test(new URL(url).pathname)) return
  warn(
    warning({
      about: option === undefined ? 'OTEL_EXPORTER_OTLP_ENDPOINT' : 'otlp.endpoint',
      value: withoutSecrets(url),
      expected: "the receiver's address alone, since the path of each signal is appended",
      taken: withoutSecrets(appended(url, 'traces')),
    }),
  )
}

const signalPath = /\/v1\/(?:traces|metrics|logs)\/?$/

/** A user and password in a URL become the header they mean, so that the URL may be shown. */
function address(endpoint: string): { url: string; credentials?: { authorization: string } } {
  const url = new URL(endpoint)
  if (url.username === '' && url.password === '') return { url: url.href }
  const plain = [url.username, url.password].map(unescaped).join(':')
  url.username = url.password = ''
  return { url: url.href, credentials: { authorization: `Basic ${Buffer.from(plain).toString('base64')}` } }
}

/** Later ones win, whatever the case of a name. */
function headers(...layers: readonly (OtlpOptions['headers'] | undefined)[]): OtlpTarget['headers'] {
  const entries = layers.flatMap((layer) => Object.entries(layer ?? {}))
  return Object.freeze(
    Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name.toLowerCase(), value]]))),
  )
}

function one(
  name: 'ca' | 'cert' | 'key',
  signal: SignalName,
  own: OtlpSignalOptions,
  general: OtlpOptions,
  values: Values,
): OtlpTarget['certificates'] {
  const value =
    own.certificates?.[name] ??
    general.certificates?.[name] ??
    values[`otlp.${signal}.certificates.${name}`] ??
    values[`otlp.certificates.${name}`]
  return value === undefined ? {} : { [name]: value }
}

function blockOf(said: RegisterOptions['otlp']): OtlpOptions {
  return typeof said === 'object' ? said : {}
}

function ownBlock(general: OtlpOptions, signal: SignalName): OtlpMetricsOptions {
  const own = general[signal]
  return typeof own === 'object' ? own : {}
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
