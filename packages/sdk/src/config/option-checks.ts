// What each option must look like: one table, exhaustive over RegisterOptions by type.
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
import type { RegisterOptions } from './options.ts'
import { isHeader, isHttpUrl, withoutSecrets } from './reading.ts'

const number = wholeFrom(1)
const count = wholeFrom(0)

const onOr = (check: Check) => either('true, false or an object of options', [isFlag, anything], [isObject, check])
const nothing = is((value) => value === false, 'false or a list')
const each = (check: Check) => either('a list', [isList, listOfEach(check)])

const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
]

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

const connection = {
  endpoint: url,
  headers,
  protocol: amongst('http/protobuf', 'http/json'),
  compression: amongst('none', 'gzip'),
  timeoutMs: number,
  certificates: block({ ca: pem, cert: pem, key: pem }),
}

const queue = block({
  maxRecords: number,
  maxBytes: number,
  batchRecords: number,
  batchBytes: number,
  delayMs: number,
  exportTimeoutMs: number,
})

const attributeLimits = { attributeCount: count, valueLength: count }

const memory = block({ maxEvents: number, maxBytes: number })
const isStore = has('span', 'log', 'flush', 'close', 'events')
const oneStore: readonly (readonly [(value: unknown) => boolean, Check])[] = [
  [isStore, anything],
  [isText, amongst('memory')],
  [isObject, memory],
]
const store = 'true, false, "memory", { maxEvents, maxBytes }, a Writer and Reader, or a list of these'

const checks = {
  service: either(
    'a name or { name, version, namespace }',
    [isText, textOnly],
    [isObject, block({ name: textOnly, version: textOnly, namespace: textOnly })],
  ),
  resource: recordOf(attributeValue),
  detectors: either(
    '"auto", false or a list',
    [isText, amongst('auto')],
    [
      isList,
      listOfEach(
        either(
          'a detector, or one of service, host, process, command',
          [isText, amongst('service', 'host', 'process', 'command')],
          [has('detect'), anything],
        ),
      ),
    ],
    [always, nothing],
  ),
  disabled: flagOnly,
  sampler: either(
    'a sampler, its name, or { name, ratio }',
    [isText, amongst(...samplers)],
    [has('shouldSample'), anything],
    [
      isObject,
      block({
        name: amongst(...samplers),
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
          'a propagator, tracecontext or baggage',
          [isText, amongst('tracecontext', 'baggage')],
          [has('inject', 'extract'), anything],
        ),
      ),
    ],
    [always, nothing],
  ),
  otlp: onOr(
    block({
      ...connection,
      traces: onOr(block(connection)),
      metrics: onOr(block({ ...connection, temporality: amongst('cumulative', 'delta', 'lowmemory') })),
      logs: onOr(block(connection)),
    }),
  ),
  exporters: block({
    spans: each(is(has('export', 'shutdown'), 'a SpanExporter')),
    logs: each(is(has('export', 'shutdown'), 'a LogRecordExporter')),
    metrics: each(is(has('collect', 'shutdown', 'setMetricProducer'), 'a MetricReader')),
  }),
  console: onOr(block({ traces: flagOnly, metrics: flagOnly, logs: flagOnly })),
  prometheus: onOr(
    block({
      host: textOnly,
      port: either('a port or "auto"', [isText, amongst('auto')], [always, wholeFrom(0, 65_535)]),
    }),
  ),
  spans: queue,
  logs: queue,
  metrics: block({ intervalMs: number, exportTimeoutMs: number }),
  limits: block({
    ...attributeLimits,
    events: count,
    links: count,
    eventAttributeCount: count,
    linkAttributeCount: count,
    spans: block(attributeLimits),
    logs: block(attributeLimits),
  }),
  store: either(store, [isFlag, anything], [isList, listOfEach(either(store, ...oneStore))], ...oneStore),
  events: amongst('log', 'span', 'both'),
  layers: recordOf(
    either(`true, false or one of ${LEVELS.join(', ')}`, [isFlag, anything], [always, amongst(...LEVELS)]),
  ),
  http: onOr(anything),
  fetch: flagOnly,
  instrumentations: each(is(has('enable', 'disable', 'setTracerProvider'), 'an Instrumentation')),
  redact: onOr(block({ patterns: each(is((value) => value instanceof RegExp, 'a RegExp')), keys: each(textOnly) })),
  hashKey,
  flushOnExit: flagOnly,
  signals: either(
    'true, false or a list of signal names',
    [isFlag, anything],
    [
      isList,
      listOfEach(
        is((value) => typeof value === 'string' && /^SIG[A-Z0-9]+$/.test(value), 'a signal name such as SIGTERM'),
      ),
    ],
  ),
  shutdownTimeoutMs: number,
  attach: flagOnly,
  logger: is(has('error', 'warn', 'info', 'debug', 'verbose'), 'an object with error, warn, info, debug and verbose'),
  logLevel: amongst('none', 'error', 'warn', 'info', 'debug', 'verbose', 'all'),
  views: each(is(isObject, 'an object of view options')),
  idGenerator: is(has('generateTraceId', 'generateSpanId'), 'an IdGenerator'),
  clock: is(has('now'), 'an object with now()'),
} as const satisfies Record<keyof RegisterOptions, Check>

/** Throws a ProprioError for the first option that is unknown or cannot be used. */
export function checkOptions(options: unknown): void {
  block(checks)(options, '')
}
