// Options before environment before defaults, block by block; what comes out cannot be changed, and what went in stays the caller's.
import { AlwaysOnSampler, InMemorySpanExporter } from '@opentelemetry/sdk-trace'
import { expect, test } from 'vitest'
import { resolve } from './index.ts'
import type { Environment, RegisterOptions } from './index.ts'

const main = { main: true }
const configOf = (options: RegisterOptions, environment: Environment = {}) => resolve(options, environment, main).config

test('nothing said: a memory store, nothing leaves the process, nothing to warn of', () => {
  const { config, warnings } = resolve({}, {}, main)
  expect(warnings).toEqual([])
  expect(config).toMatchObject({
    disabled: false,
    otlp: { traces: false, metrics: false, logs: false },
    console: { traces: false, metrics: false, logs: false },
    prometheus: false,
    stores: [{ kind: 'memory', maxEvents: 10_000, maxBytes: 64 * 1024 * 1024 }],
    sampler: { name: 'parentbased_always_on', ratio: 1 },
    propagators: ['tracecontext', 'baggage'],
    spans: {
      maxRecords: 65_536,
      maxBytes: 33_554_432,
      batchRecords: 512,
      batchBytes: 1_048_576,
      delayMs: 5_000,
      exportTimeoutMs: 30_000,
    },
    logs: { delayMs: 1_000 },
    metrics: { intervalMs: 60_000, exportTimeoutMs: 30_000 },
    limits: {
      spans: { attributeCountLimit: 128, attributeValueLengthLimit: 8_192, eventCountLimit: 128, linkCountLimit: 128 },
    },
    events: 'both',
    http: {},
    fetch: true,
    redact: { patterns: [], keys: [] },
    hashKey: undefined,
    flushOnExit: false,
    signals: ['SIGTERM', 'SIGINT'],
    shutdownTimeoutMs: 5_000,
    attach: false,
    logLevel: 'warn',
  })
})

test('options win over the environment, field by field', () => {
  const config = configOf(
    {
      service: { name: 'mine', version: '2' },
      resource: { a: 'mine' },
      sampler: { ratio: 0.5 },
      propagators: 'auto',
      spans: { maxRecords: 10 },
      limits: { attributeCount: 1, spans: { valueLength: 3 } },
      layers: { api: true },
      events: 'log',
      logLevel: 'error',
      redact: true,
      store: true,
      disabled: false,
    },
    {
      OTEL_SERVICE_NAME: 'theirs',
      OTEL_RESOURCE_ATTRIBUTES: 'a=theirs,b=theirs,service.version=1',
      OTEL_TRACES_SAMPLER: 'traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.1',
      OTEL_PROPAGATORS: 'none',
      OTEL_BSP_MAX_QUEUE_SIZE: '20',
      OTEL_BSP_SCHEDULE_DELAY: '30',
      OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '2',
      OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '4',
      PROPRIO_LAYERS: 'api=off,cli=off',
      PROPRIO_EVENTS: 'span',
      OTEL_LOG_LEVEL: 'debug',
      PROPRIO_REDACT: 'false',
      PROPRIO_STORE: 'false',
      OTEL_SDK_DISABLED: 'true',
    },
  )
  expect(config.resource.attributes).toEqual({ 'service.name': 'mine', 'service.version': '2', a: 'mine', b: 'theirs' })
  expect(config).toMatchObject({
    disabled: false,
    sampler: { name: 'traceidratio', ratio: 0.5 },
    propagators: ['tracecontext', 'baggage'],
    spans: { maxRecords: 10, batchRecords: 10, delayMs: 30 },
    limits: { spans: { attributeCountLimit: 1, attributeValueLengthLimit: 3 }, logs: { attributeValueLengthLimit: 4 } },
    layers: { api: true, cli: false },
    events: 'log',
    logLevel: 'error',
    redact: { patterns: [], keys: [] },
    stores: [{ kind: 'memory' }],
  })
})

test('undefined counts as not said, also inside a block', () => {
  const said = {
    service: undefined,
    spans: { maxRecords: undefined },
    resource: { 'service.name': 'a', x: undefined },
    layers: {},
  }
  const config = configOf(said as RegisterOptions, { OTEL_BSP_MAX_QUEUE_SIZE: '9' })
  expect(config.spans.maxRecords).toBe(9)
  expect(config.resource.attributes).toEqual({ 'service.name': 'a' })
})

const nameOf = (options: RegisterOptions, of: Environment) => configOf(options, of).resource.attributes['service.name']

test('service.name: option, then resource option, then OTEL_SERVICE_NAME, then OTEL_RESOURCE_ATTRIBUTES', () => {
  const environment = { OTEL_SERVICE_NAME: 'three', OTEL_RESOURCE_ATTRIBUTES: 'service.name=four' }
  expect(nameOf({ service: 'one', resource: { 'service.name': 'two' } }, environment)).toBe('one')
  expect(nameOf({ resource: { 'service.name': 'two' } }, environment)).toBe('two')
  expect(nameOf({}, environment)).toBe('three')
  expect(nameOf({}, { OTEL_RESOURCE_ATTRIBUTES: 'service.name=four' })).toBe('four')
  expect(nameOf({}, {})).toBeUndefined()
})

const general = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://general:1/base/' }
const own = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://own:2' }

test.for<[string, RegisterOptions['otlp'], Environment, string | false]>([
  ['a general endpoint gets the path', undefined, general, 'http://general:1/base/v1/traces'],
  [
    'a query stays behind the path',
    undefined,
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://h/p?a=b' },
    'http://h/p/v1/traces?a=b',
  ],
  ['a signal’s own is taken as it is', undefined, { ...general, ...own }, 'http://own:2/'],
  ['options are before both', { endpoint: 'http://mine' }, { ...general, ...own }, 'http://mine/v1/traces'],
  [
    'an option’s own is taken as it is',
    { endpoint: 'http://x', traces: { endpoint: 'http://mine/in' } },
    general,
    'http://mine/in',
  ],
  ['true without an endpoint', true, {}, 'http://localhost:4318/v1/traces'],
  ['true against the environment', true, { OTEL_TRACES_EXPORTER: 'none' }, 'http://localhost:4318/v1/traces'],
  ['false against the environment', false, general, false],
  ['the signal is off', { traces: false }, general, false],
  ['the signal is on', { traces: true }, {}, 'http://localhost:4318/v1/traces'],
  ['none against an endpoint option', { endpoint: 'http://mine' }, { OTEL_TRACES_EXPORTER: 'none' }, false],
  ['a block says how, not whether', { compression: 'gzip' }, {}, false],
  ['a block says how, the environment whether', { compression: 'gzip' }, general, 'http://general:1/base/v1/traces'],
  ['another signal’s endpoint is no reason', { logs: { endpoint: 'http://logs' } }, {}, false],
])('otlp: %s', ([, otlp, environment, expected]) => {
  const { traces } = configOf({ otlp }, environment).otlp
  expect(traces && traces.url).toBe(expected)
})

test('each signal has its own path', () => {
  const { traces, metrics, logs } = configOf({ otlp: { endpoint: 'https://h:1' } }).otlp
  expect([traces && traces.url, metrics && metrics.url, logs && logs.url]).toEqual(
    ['traces', 'metrics', 'logs'].map((signal) => `https://h:1/v1/${signal}`),
  )
})

test('headers are merged whatever their case, the nearest wins; user and password of a URL become one', () => {
  const { traces } = configOf(
    {
      otlp: {
        endpoint: 'http://me:p%40ss@h/',
        headers: { 'X-B': 'option' },
        traces: { headers: { 'X-C': 'own option' } },
      },
    },
    { OTEL_EXPORTER_OTLP_HEADERS: 'x-a=general,x-b=general,x-c=general', OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'X-A=own' },
  ).otlp
  expect(traces).toMatchObject({
    url: 'http://h/v1/traces',
    headers: { authorization: `Basic ${btoa('me:p@ss')}`, 'x-a': 'own', 'x-b': 'option', 'x-c': 'own option' },
  })
})

test('a signal takes the nearest of every field', () => {
  const { traces, metrics } = configOf(
    {
      otlp: {
        endpoint: 'http://h',
        protocol: 'http/json',
        traces: { compression: 'gzip', timeoutMs: 1 },
        metrics: { temporality: 'delta' },
      },
    },
    { OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/protobuf', OTEL_EXPORTER_OTLP_TIMEOUT: '2' },
  ).otlp
  expect(traces).toMatchObject({ protocol: 'http/json', compression: 'gzip', timeoutMs: 1 })
  expect(metrics).toMatchObject({ protocol: 'http/json', compression: 'none', timeoutMs: 2, temporality: 'delta' })
})

test('console: all, some, or as the environment says', () => {
  expect(configOf({ console: true }).console).toEqual({ traces: true, metrics: true, logs: true })
  const environment = { OTEL_LOGS_EXPORTER: 'console', OTEL_TRACES_EXPORTER: 'console' }
  expect(configOf({ console: { traces: false } }, environment).console).toEqual({
    traces: false,
    metrics: false,
    logs: true,
  })
})

test.for<[string, RegisterOptions['prometheus'], Environment, boolean, unknown, number]>([
  ['on', true, {}, true, { host: '127.0.0.1', port: 9464 }, 0],
  ['a block is on', { port: 'auto' }, { OTEL_EXPORTER_PROMETHEUS_HOST: '::' }, true, { host: '::', port: 'auto' }, 0],
  ['off against the environment', false, { OTEL_METRICS_EXPORTER: 'prometheus' }, true, false, 0],
  ['in a child it is off, with a word', true, {}, false, false, 1],
  [
    'in a child a variable is inherited, so no word',
    undefined,
    { OTEL_METRICS_EXPORTER: 'prometheus', OTEL_EXPORTER_PROMETHEUS_PORT: '1' },
    false,
    false,
    0,
  ],
  ['in a child with a port asked for', { port: 0 }, {}, false, { host: '127.0.0.1', port: 0 }, 0],
])('prometheus: %s', ([, prometheus, environment, isMain, expected, words]) => {
  const { config, warnings } = resolve({ prometheus }, environment, { main: isMain })
  expect(config.prometheus).toEqual(expected)
  expect(warnings).toHaveLength(words)
})

test('stores: in the order given, memory with its own bounds', () => {
  const mine = { started() {}, span() {}, log() {}, events() {}, flush() {}, clear() {}, close() {} } as never
  const memory = { kind: 'memory', maxEvents: 10_000, maxBytes: 67_108_864 }
  expect(configOf({ store: false }).stores).toEqual([])
  expect(configOf({ store: { maxEvents: 5 } }).stores).toEqual([{ ...memory, maxEvents: 5 }])
  expect(configOf({ store: mine }, { PROPRIO_STORE: 'false' }).stores).toEqual([{ kind: 'own', store: mine }])
  const both = configOf({ store: [mine, 'memory', { maxBytes: 9 }] }).stores
  expect(both).toEqual([{ kind: 'own', store: mine }, memory, { ...memory, maxBytes: 9 }])
})

test('what exceeds another bound is brought down, with a word when it was said', () => {
  const { config, warnings } = resolve(
    { spans: { maxRecords: 10, batchRecords: 20 }, metrics: { intervalMs: 100 } },
    { OTEL_METRIC_EXPORT_TIMEOUT: '200' },
    main,
  )
  expect(config.spans.batchRecords).toBe(10)
  expect(config.metrics).toEqual({ intervalMs: 100, exportTimeoutMs: 100 })
  expect(warnings.map(({ message }) => message)).toEqual([
    'spans.batchRecords: cannot use "20", expected at most spans.maxRecords; takes 10',
    'OTEL_METRIC_EXPORT_TIMEOUT: cannot use "200", expected at most metrics.intervalMs; takes 100',
  ])
  const environment = { OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '5000', OTEL_BSP_MAX_QUEUE_SIZE: '100' }
  expect(resolve({}, environment, main).warnings.map(({ message }) => message)).toEqual([
    'OTEL_BSP_MAX_EXPORT_BATCH_SIZE: cannot use "5000", expected at most OTEL_BSP_MAX_QUEUE_SIZE; takes 100',
  ])
})

test.each([
  [{ otlp: { endpoint: 'http://u:p@collector:4318/v1/traces' } }, {}, 'otlp.endpoint'],
  [{}, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://u:p@collector:4318/v1/logs/' }, 'OTEL_EXPORTER_OTLP_ENDPOINT'],
])(
  'a general endpoint with the path of a signal is told, since it gets one more: %o %o',
  (options, environment, about) => {
    const { warnings } = resolve(options, environment, main)
    expect(warnings).toMatchObject([{ about, taken: expect.stringMatching(/\/v1\/\w+\/v1\/traces$/) }])
    expect(warnings[0]?.message).not.toContain('u:p')
  },
)

test('the path of a signal in its own endpoint is as it should be', () => {
  const own = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector:4318/v1/traces' }
  expect(resolve({ otlp: { endpoint: 'http://collector/otel/v1' } }, own, main).warnings).toEqual([])
})

test('signals: none, the default, one’s own', () => {
  expect(configOf({ signals: false }).signals).toEqual([])
  expect(configOf({ signals: true }).signals).toEqual(['SIGTERM', 'SIGINT'])
  expect(configOf({ signals: ['SIGHUP'] }).signals).toEqual(['SIGHUP'])
})

test('the clock: the system’s with fractions, or one’s own with chance where it has none', () => {
  const { clock } = configOf({})
  const before = Date.now()
  expect(Math.abs(clock.now() - before)).toBeLessThan(100)
  const mine = configOf({ clock: { now: () => 5 } }).clock
  expect(mine.now()).toBe(5)
  expect(mine.random()).toBeLessThan(1)
  expect(configOf({ clock: { now: () => 5, random: () => 0.5 } }).clock.random()).toBe(0.5)
})

test('the config cannot be changed, at any depth that is ours', () => {
  const { config, warnings } = resolve(
    { otlp: true, prometheus: true, store: ['memory'], layers: { api: false } },
    { OTEL_BSP_MAX_QUEUE_SIZE: 'x' },
    main,
  )
  const open: string[] = []
  const look = (value: unknown, path: string) => {
    if (typeof value !== 'object' || value === null) return
    if (!Object.isFrozen(value)) open.push(path)
    for (const [key, inner] of Object.entries(value)) look(inner, `${path}.${key}`)
  }
  look(config, 'config')
  look(warnings, 'warnings')
  expect(open).toEqual([])
})

test('what the caller handed in stays the caller’s own, and later changes to lists do not matter', () => {
  const exporter = new InMemorySpanExporter()
  const sampler = new AlwaysOnSampler()
  const spans = [exporter]
  const http = { enabled: true }
  const config = configOf({ exporters: { spans }, sampler, http })
  spans.pop()
  expect(config.exporters.spans).toEqual([exporter])
  expect(config.sampler).toBe(sampler)
  expect(config.http).toBe(http)
  expect([exporter, sampler, http].some((one) => Object.isFrozen(one))).toBe(false)
})
