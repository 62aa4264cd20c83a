// What each option must look like: one table, exhaustive over RegisterOptions by type.
import { constants } from 'node:os'
import { LEVELS } from '@proprio/store'
import {
  always,
  amongst,
  anything,
  bad,
  block,
  either,
  flagOnly,
  has,
  is,
  isFlag,
  isList,
  isObject,
  isText,
} from './check.ts'
import { listOfEach, recordOf, textOnly, wholeFrom } from './check.ts'
import type { Check } from './check.ts'
import {
  compressions,
  detectorNames,
  eventsModes,
  logLevels,
  otlpProtocols,
  propagatorNames,
  samplerNames,
  temporalities,
} from './names.ts'
import type {
  AttributeLimits,
  CertificateOptions,
  ExporterOptions,
  LimitOptions,
  MemoryOptions,
  MetricsOptions,
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
import { isHeader, isHttpUrl, withoutSecrets } from './reading.ts'

const number = wholeFrom(1)
const count = wholeFrom(0)

const onOr = (check: Check) => either('true, false or an object of options', [isFlag, anything], [isObject, check])
const nothing = is((value) => value === false, 'false or a list')
const each = (check: Check) => either('a list', [isList, listOfEach(check)])

const attributeValue = is(
  (value) => ['string', 'number', 'boolean'].includes(typeof value) || Array.isArray(value),
  'a text, number, boolean, or list of these',
)

// Header values and the hash key are never shown, whatever is wrong with them.
const headers: Check = (value, path) => {
  recordOf(anything)(value, path)
  for (const [name, content] of Object.entries(value as object)) {
    if (content === undefined || (typeof content === 'string' && isHeader(name, content))) continue
    throw bad(`${path}.${name}`, '***', 'a header name and value that HTTP allows')
  }
}

const hashKey: Check = (value, path) => {
  if (typeof value !== 'string' || value.length < 16) throw bad(path, '***', 'a text of at least 16 characters')
}

const url: Check = (value, path) => {
  if (typeof value === 'string' && isHttpUrl(value)) return
  throw bad(path, typeof value === 'string' ? withoutSecrets(value) : value, 'an http:// or https:// URL')
}

const pem: Check = (value, path) => {
  if (typeof value !== 'string' || !value.includes('-----BEGIN ')) throw bad(path, '***', 'the text of a PEM file')
}

const isSignal = (value: unknown) =>
  typeof value === 'string' && Object.hasOwn(constants.signals, value) && value !== 'SIGKILL' && value !== 'SIGSTOP'

const connection = {
  endpoint: url,
  headers,
  protocol: amongst(...otlpProtocols),
  compression: amongst(...compressions),
  timeoutMs: number,
  certificates: block<CertificateOptions>({ ca: pem, cert: pem, key: pem }),
}

const queue = block<QueueOptions>({
  maxRecords: number,
  maxBytes: number,
  batchRecords: number,
  batchBytes: number,
  delayMs: number,
  exportTimeoutMs: number,
})

const attributeLimits = { attributeCount: count, valueLength: count }

const memory = block<MemoryOptions>({ maxEvents: number, maxBytes: number })
const isStore = has('span', 'log', 'flush', 'close', 'events')
const oneStore: readonly (readonly [(value: unknown) => boolean, Check])[] = [
  [isStore, anything],
  [isText, amongst('memory')],
  [isObject, memory],
]
const store = 'true, false, "memory", { maxEvents, maxBytes }, a Writer and Reader, or a list of these'

const instrumentation = is(has('enable', 'disable', 'setTracerProvider'), 'an Instrumentation')

const processors = block<ProcessorOptions>({
  spans: each(is(has('onStart', 'onEnd', 'forceFlush', 'shutdown'), 'a SpanProcessor')),
  logs: each(is(has('onEmit', 'forceFlush', 'shutdown'), 'a LogRecordProcessor')),
  measurements: each(is(has('onMeasurement'), 'a MeasurementProcessor')),
})

const checks = {
  service: either(
    'a name or { name, version, namespace }',
    [isText, textOnly],
    [isObject, block<ServiceOptions>({ name: textOnly, version: textOnly, namespace: textOnly })],
  ),
  resource: recordOf(attributeValue),
  detectors: either(
    '"auto", false or a list',
    [isText, amongst('auto')],
    [
      isList,
      listOfEach(
        either(
          `a detector, or one of ${detectorNames.join(', ')}`,
          [isText, amongst(...detectorNames)],
          [has('detect'), anything],
        ),
      ),
    ],
    [always, nothing],
  ),
  disabled: flagOnly,
  sampler: either(
    'a sampler, its name, or { name, ratio }',
    [isText, amongst(...samplerNames)],
    [has('shouldSample'), anything],
    [
      isObject,
      block<SamplerOptions>({
        name: amongst(...samplerNames),
        ratio: is((value) => typeof value === 'number' && value >= 0 && value <= 1, 'a number from 0 to 1'),
      }),
    ],
  ),
  propagators: either(
    '"auto", false or a list',
    [isText, amongst('auto')],
    [
      isList,
      listOfEach(
        either(
          `a propagator, or one of ${propagatorNames.join(', ')}`,
          [isText, amongst(...propagatorNames)],
          [has('inject', 'extract'), anything],
        ),
      ),
    ],
    [always, nothing],
  ),
  otlp: onOr(
    block<OtlpOptions>({
      ...connection,
      traces: onOr(block<OtlpSignalOptions>(connection)),
      metrics: onOr(block<OtlpMetricsOptions>({ ...connection, temporality: amongst(...temporalities) })),
      logs: onOr(block<OtlpSignalOptions>(connection)),
    }),
  ),
  exporters: block<ExporterOptions>({
    spans: each(is(has('export', 'shutdown'), 'a SpanExporter')),
    logs: each(is(has('export', 'shutdown'), 'a LogRecordExporter')),
    metrics: each(is(has('collect', 'shutdown', 'setMetricProducer'), 'a MetricReader')),
  }),
  processors,
  console: onOr(block<SignalChoice>({ traces: flagOnly, metrics: flagOnly, logs: flagOnly })),
  prometheus: onOr(
    block<PrometheusOptions>({
      host: textOnly,
      port: either('a port or "auto"', [isText, amongst('auto')], [always, wholeFrom(0, 65_535)]),
    }),
  ),
  spans: queue,
  logs: queue,
  metrics: block<MetricsOptions>({ intervalMs: number, exportTimeoutMs: number }),
  limits: block<LimitOptions>({
    ...attributeLimits,
    events: count,
    links: count,
    eventAttributeCount: count,
    linkAttributeCount: count,
    spans: block<AttributeLimits>(attributeLimits),
    logs: block<AttributeLimits>(attributeLimits),
  }),
  store: either(store, [isFlag, anything], [isList, listOfEach(either(store, ...oneStore))], ...oneStore),
  events: amongst(...eventsModes),
  layers: recordOf(
    either(`true, false or one of ${LEVELS.join(', ')}`, [isFlag, anything], [always, amongst(...LEVELS)]),
  ),
  http: onOr(anything),
  fetch: flagOnly,
  ignore: is((value) => typeof value === 'function', 'a function that answers true or false'),
  instrumentations: each(
    either('an Instrumentation', [isList, listOfEach(instrumentation)], [always, instrumentation]),
  ),
  redact: onOr(
    block<RedactOptions>({ patterns: each(is((value) => value instanceof RegExp, 'a RegExp')), keys: each(textOnly) }),
  ),
  hashKey,
  flushOnExit: flagOnly,
  signals: either(
    'true, false or a list of signal names',
    [isFlag, anything],
    [isList, listOfEach(is(isSignal, 'a signal name such as SIGTERM'))],
  ),
  shutdownTimeoutMs: number,
  attach: flagOnly,
  logger: is(has('error', 'warn', 'info', 'debug', 'verbose'), 'an object with error, warn, info, debug and verbose'),
  logLevel: amongst(...logLevels),
  views: each(is(isObject, 'an object of view options')),
  idGenerator: is(has('generateTraceId', 'generateSpanId'), 'an IdGenerator'),
  clock: is(has('now'), 'an object with now()'),
} as const satisfies Record<keyof RegisterOptions, Check>

/** Whether a later register() brings processors that can join those of the first. */
export function isProcessors(value: unknown): value is ProcessorOptions {
  try {
    processors(value, 'processors')
    return true
  } catch {
    return false
  }
}

/** Throws a ProprioError for the first option that is unknown or cannot be used. */
export function checkOptions(options: unknown): void {
  block<RegisterOptions>(checks)(options, '')
}
