// Every variable of the table, one good and where there is one a bad value: what the config says, and what the warning says.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assert, constantFrom, dictionary, oneof, property, string, stringMatching } from 'fast-check'
import { expect, test } from 'vitest'
import { resolve, variables } from './index.ts'
import type { Config } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'proprio-config-'))
const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
writeFileSync(join(folder, 'good.pem'), pem)
writeFileSync(join(folder, 'bad.pem'), 'no certificate')
const good = join(folder, 'good.pem')
const bad = join(folder, 'bad.pem')

type Row = readonly [variable: string, value: string, path: string, expected: unknown, also?: Record<string, string>]

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }
const scrape = { OTEL_METRICS_EXPORTER: 'prometheus' }

const common: readonly Row[] = [
  ['OTEL_SDK_DISABLED', 'True', 'disabled', true],
  ['OTEL_SERVICE_NAME', 'shop', 'resource.attributes', { 'service.name': 'shop' }],
  ['OTEL_RESOURCE_ATTRIBUTES', 'a=1, b%2Cc = x%3Dy ,', 'resource.attributes', { a: '1', 'b,c': 'x=y' }],
  ['OTEL_NODE_RESOURCE_DETECTORS', 'host,process', 'resource.detectors', ['host', 'process']],
  ['OTEL_NODE_RESOURCE_DETECTORS', 'all', 'resource.detectors', ['service', 'host', 'process']],
  ['OTEL_NODE_RESOURCE_DETECTORS', 'none', 'resource.detectors', []],
  ['OTEL_TRACES_SAMPLER', 'always_on', 'sampler.name', 'always_on'],
  ['OTEL_TRACES_SAMPLER', 'always_off', 'sampler.name', 'always_off'],
  ['OTEL_TRACES_SAMPLER', 'traceidratio', 'sampler', { name: 'traceidratio', ratio: 1 }],
  ['OTEL_TRACES_SAMPLER', 'parentbased_always_on', 'sampler.name', 'parentbased_always_on'],
  ['OTEL_TRACES_SAMPLER', 'parentbased_always_off', 'sampler.name', 'parentbased_always_off'],
  ['OTEL_TRACES_SAMPLER', 'parentbased_traceidratio', 'sampler.name', 'parentbased_traceidratio'],
  ['OTEL_TRACES_SAMPLER_ARG', '0.25', 'sampler.ratio', 0.25],
  ['OTEL_PROPAGATORS', 'baggage,baggage', 'propagators', ['baggage']],
  ['OTEL_PROPAGATORS', 'none', 'propagators', []],
  ['OTEL_LOG_LEVEL', 'DEBUG', 'logLevel', 'debug'],
  ['PROPRIO_EVENTS', 'span', 'events', 'span'],
  ['PROPRIO_EVENTS', 'span', 'events', 'span', { OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN: 'logs' }],
  ['OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN', 'logs', 'events', 'log'],
  ['OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN', 'logs/dup', 'events', 'both'],
  ['PROPRIO_LAYERS', 'api=off, codegen=warn,cli=on', 'layers', { api: false, codegen: 'warn', cli: true }],
  ['PROPRIO_STORE', 'false', 'stores', []],
  ['PROPRIO_REDACT', 'false', 'redact', false],
  ['PROPRIO_HASH_KEY', 'sixteen letters!', 'hashKey', 'sixteen letters!'],
  ['PROPRIO_FLUSH_ON_EXIT', 'true', 'flushOnExit', true],
  ['OTEL_TRACES_EXPORTER', 'otlp', 'otlp.traces.url', 'http://localhost:4318/v1/traces'],
  ['OTEL_TRACES_EXPORTER', 'console', 'console', { traces: true, metrics: false, logs: false }],
  ['OTEL_TRACES_EXPORTER', 'console', 'otlp.traces', false, endpoint],
  ['OTEL_TRACES_EXPORTER', 'none', 'otlp.traces', false, endpoint],
  ['OTEL_METRICS_EXPORTER', 'otlp,console', 'otlp.metrics.url', 'http://localhost:4318/v1/metrics'],
  ['OTEL_METRICS_EXPORTER', 'otlp,console', 'console.metrics', true],
  ['OTEL_METRICS_EXPORTER', 'prometheus', 'prometheus', { host: '127.0.0.1', port: 9464 }],
  ['OTEL_LOGS_EXPORTER', 'otlp', 'otlp.logs.url', 'http://localhost:4318/v1/logs'],
  ['OTEL_EXPORTER_PROMETHEUS_HOST', '0.0.0.0', 'prometheus.host', '0.0.0.0', scrape],
  ['OTEL_EXPORTER_PROMETHEUS_PORT', '0', 'prometheus.port', 0, scrape],
  ['OTEL_EXPORTER_PROMETHEUS_PORT', '9999', 'prometheus', false],
  ['OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE', 'Delta', 'otlp.metrics.temporality', 'delta', endpoint],
  ['OTEL_METRIC_EXPORT_INTERVAL', '1000', 'metrics', { intervalMs: 1_000, exportTimeoutMs: 1_000 }],
  ['OTEL_METRIC_EXPORT_TIMEOUT', '250', 'metrics.exportTimeoutMs', 250],
  ['OTEL_ATTRIBUTE_COUNT_LIMIT', '5', 'limits.spans.attributeCountLimit', 5],
  ['OTEL_ATTRIBUTE_COUNT_LIMIT', '5', 'limits.logs.attributeCountLimit', 5],
  ['OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT', '0', 'limits.logs.attributeValueLengthLimit', 0],
  ['OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT', '6', 'limits.spans.attributeCountLimit', 6, { OTEL_ATTRIBUTE_COUNT_LIMIT: '5' }],
  ['OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT', '6', 'limits.logs.attributeCountLimit', 128],
  ['OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT', '7', 'limits.spans.attributeValueLengthLimit', 7],
  ['OTEL_SPAN_EVENT_COUNT_LIMIT', '8', 'limits.spans.eventCountLimit', 8],
  ['OTEL_SPAN_LINK_COUNT_LIMIT', '9', 'limits.spans.linkCountLimit', 9],
  [
    'OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT',
    '10',
    'limits.spans.attributePerEventCountLimit',
    10,
    { OTEL_SPAN_ATTRIBUTE_PER_EVENT_COUNT_LIMIT: '1' },
  ],
  ['OTEL_SPAN_ATTRIBUTE_PER_EVENT_COUNT_LIMIT', '11', 'limits.spans.attributePerEventCountLimit', 11],
  ['OTEL_LINK_ATTRIBUTE_COUNT_LIMIT', '12', 'limits.spans.attributePerLinkCountLimit', 12],
  ['OTEL_SPAN_ATTRIBUTE_PER_LINK_COUNT_LIMIT', '13', 'limits.spans.attributePerLinkCountLimit', 13],
  ['OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT', '14', 'limits.logs.attributeCountLimit', 14],
  ['OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT', '15', 'limits.logs.attributeValueLengthLimit', 15],
]

const queues = (['BSP', 'BLRP'] as const).flatMap((word): Row[] => {
  const path = word === 'BSP' ? 'spans' : 'logs'
  return [
    [`OTEL_${word}_MAX_QUEUE_SIZE`, '2048', `${path}.maxRecords`, 2_048],
    [`OTEL_${word}_MAX_QUEUE_SIZE`, '100', `${path}.batchRecords`, 100],
    [`OTEL_${word}_MAX_EXPORT_BATCH_SIZE`, '64', `${path}.batchRecords`, 64],
    [`OTEL_${word}_SCHEDULE_DELAY`, '200', `${path}.delayMs`, 200],
    [`OTEL_${word}_EXPORT_TIMEOUT`, '300', `${path}.exportTimeoutMs`, 300],
  ]
})

const otlp = (['', 'TRACES_', 'METRICS_', 'LOGS_'] as const).flatMap((word): Row[] => {
  const signal = word === '' ? 'traces' : word.slice(0, -1).toLowerCase()
  const path = `otlp.${signal}`
  const name = (what: string) => `OTEL_EXPORTER_OTLP_${word}${what}`
  return [
    [name('ENDPOINT'), 'https://a.b/c', `${path}.url`, word === '' ? 'https://a.b/c/v1/traces' : 'https://a.b/c'],
    [
      name('HEADERS'),
      'Authorization=Basic%20YTpi==, x-a=b;c',
      `${path}.headers`,
      { authorization: 'Basic YTpi==', 'x-a': 'b;c' },
      endpoint,
    ],
    [name('PROTOCOL'), 'http/json', `${path}.protocol`, 'http/json', endpoint],
    [name('COMPRESSION'), 'gzip', `${path}.compression`, 'gzip', endpoint],
    [name('TIMEOUT'), '2000', `${path}.timeoutMs`, 2_000, endpoint],
    [name('CERTIFICATE'), good, `${path}.certificates`, { ca: pem }, endpoint],
    [name('CLIENT_CERTIFICATE'), good, `${path}.certificates`, { cert: pem }, endpoint],
    [name('CLIENT_KEY'), good, `${path}.certificates`, { key: pem }, endpoint],
  ]
})

const rows = [...common, ...queues, ...otlp]

test.for(rows)('%s=%s is %s', ([variable, value, path, expected, also]) => {
  const { config, warnings } = resolve({}, { ...also, [variable]: value }, { main: true })
  expect(at(config, path)).toEqual(expected)
  expect(warnings).toEqual([])
})

test('the tests know every variable, and no other', () => {
  expect(new Set(rows.map(([variable]) => variable))).toEqual(new Set(variables.map(({ name }) => name)))
})

test.for([...new Set(variables.map(({ name }) => name))])('%s empty is %s unset', (name) => {
  for (const value of ['', '  ']) {
    const { config, warnings } = resolve({}, { [name]: value }, { main: true })
    expect(JSON.stringify(config)).toBe(JSON.stringify(resolve({}, {}, { main: true }).config))
    expect(warnings).toEqual([])
  }
})

type BadRow = readonly [variable: string, value: string, printed: string, taken: string]

const badOtlp = (['', 'TRACES_', 'METRICS_', 'LOGS_'] as const).flatMap((word): BadRow[] => {
  const name = (what: string) => `OTEL_EXPORTER_OTLP_${word}${what}`
  const taken = (path: string, otherwise: string) => (word === '' ? otherwise : `what otlp.${path} says`)
  return [
    [name('ENDPOINT'), 'localhost:4318', 'localhost:4318', 'no endpoint'],
    [name('ENDPOINT'), 'ftp://me:hunter2@x/?key=hunter2', '***@x/?***', 'no endpoint'],
    [name('HEADERS'), 'hunter2', 'entry 1', taken('headers', 'none')],
    [name('HEADERS'), 'ok=1,x-key=hunter2%', 'x-key', 'the rest of it'],
    [name('HEADERS'), 'x-key=hunter2%0a', 'x-key', taken('headers', 'none')],
    [name('PROTOCOL'), 'grpc', 'grpc', taken('protocol', 'http/protobuf')],
    [name('PROTOCOL'), 'udp', 'udp', taken('protocol', 'http/protobuf')],
    [name('COMPRESSION'), 'zip', 'zip', taken('compression', 'none')],
    [name('TIMEOUT'), '10s', '10s', taken('timeoutMs', '10000')],
    [name('CERTIFICATE'), '/no/such/file', '/no/such/file', taken('certificates.ca', 'none')],
    [name('CLIENT_CERTIFICATE'), bad, bad, taken('certificates.cert', 'none')],
    [name('CLIENT_KEY'), bad, bad, taken('certificates.key', 'none')],
  ]
})

const badRows: readonly BadRow[] = [
  ...badOtlp,
  ['OTEL_SDK_DISABLED', 'yes', 'yes', 'false'],
  ['OTEL_RESOURCE_ATTRIBUTES', 'a=1,b', 'b', 'none'],
  ['OTEL_RESOURCE_ATTRIBUTES', 'a=1=2,b=%zz', 'a=1=2, b=%zz', 'none'],
  ['OTEL_NODE_RESOURCE_DETECTORS', 'env,host', 'env', 'the rest of it'],
  ['OTEL_TRACES_SAMPLER', 'jaeger_remote', 'jaeger_remote', 'parentbased_always_on'],
  ['OTEL_TRACES_SAMPLER_ARG', '1.5', '1.5', '1'],
  ['OTEL_PROPAGATORS', 'b3', 'b3', 'tracecontext, baggage'],
  ['OTEL_PROPAGATORS', 'tracecontext,b3,xray', 'b3, xray', 'the rest of it'],
  ['OTEL_LOG_LEVEL', 'loud', 'loud', 'warn'],
  ['PROPRIO_EVENTS', 'all', 'all', 'both'],
  ['OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN', 'metrics', 'metrics', 'both'],
  ['PROPRIO_LAYERS', 'api=off,cli,db=loud', 'cli, db=loud', 'the rest of it'],
  ['PROPRIO_LAYERS', 'api', 'api', 'all on'],
  ['PROPRIO_STORE', '0', '0', 'true'],
  ['PROPRIO_REDACT', 'no', 'no', 'true'],
  ['PROPRIO_HASH_KEY', 'hunter2', '***', 'a random key'],
  ['PROPRIO_FLUSH_ON_EXIT', '1', '1', 'false'],
  ['OTEL_TRACES_EXPORTER', 'zipkin', 'zipkin', 'otlp when an endpoint is given'],
  ['OTEL_METRICS_EXPORTER', 'otlp,statsd', 'statsd', 'the rest of it'],
  ['OTEL_LOGS_EXPORTER', 'prometheus', 'prometheus', 'otlp when an endpoint is given'],
  ['OTEL_EXPORTER_PROMETHEUS_PORT', '65536', '65536', '9464'],
  ['OTEL_METRIC_EXPORT_INTERVAL', '2147483648', '2147483648', '60000'],
  ['OTEL_BSP_MAX_QUEUE_SIZE', '99999999999', '99999999999', '65536'],
  ['OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE', 'sum', 'sum', 'cumulative'],
  ['OTEL_METRIC_EXPORT_INTERVAL', '0', '0', '60000'],
  ['OTEL_METRIC_EXPORT_TIMEOUT', '-1', '-1', '30000'],
  ...(['BSP', 'BLRP'] as const).flatMap((word): BadRow[] => [
    [`OTEL_${word}_MAX_QUEUE_SIZE`, '0', '0', '65536'],
    [`OTEL_${word}_MAX_EXPORT_BATCH_SIZE`, '1.5', '1.5', '512'],
    [`OTEL_${word}_SCHEDULE_DELAY`, 'x', 'x', word === 'BSP' ? '5000' : '1000'],
    [`OTEL_${word}_EXPORT_TIMEOUT`, 'Infinity', 'Infinity', '30000'],
  ]),
  ['OTEL_ATTRIBUTE_COUNT_LIMIT', '-1', '-1', '128'],
  ['OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT', '1e99', '1e99', '8192'],
  ['OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT', 'x', 'x', 'what limits.attributeCount says'],
  ['OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT', 'x', 'x', 'what limits.valueLength says'],
  ['OTEL_SPAN_EVENT_COUNT_LIMIT', 'x', 'x', '128'],
  ['OTEL_SPAN_LINK_COUNT_LIMIT', 'x', 'x', '128'],
  ['OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT', 'x', 'x', '128'],
  ['OTEL_SPAN_ATTRIBUTE_PER_EVENT_COUNT_LIMIT', 'x', 'x', '128'],
  ['OTEL_LINK_ATTRIBUTE_COUNT_LIMIT', 'x', 'x', '128'],
  ['OTEL_SPAN_ATTRIBUTE_PER_LINK_COUNT_LIMIT', 'x', 'x', '128'],
  ['OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT', 'x', 'x', 'what limits.attributeCount says'],
  ['OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT', 'x', 'x', 'what limits.valueLength says'],
]

test.for(badRows)('%s=%s costs one warning', ([variable, value, printed, taken]) => {
  const { warnings } = resolve({}, { [variable]: value }, { main: true })
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toMatchObject({ about: variable, value: printed, taken })
  const { expected } = variables.find(({ name }) => name === variable)?.reading ?? {}
  expect(warnings[0]?.message).toContain(
    `${variable}: cannot use ${JSON.stringify(printed)}, expected ${expected}; takes ${taken}`,
  )
  expect(JSON.stringify(warnings)).not.toContain('hunter2')
})

test('every variable but free text has a bad value in the tests', () => {
  const free = ['OTEL_SERVICE_NAME', 'OTEL_EXPORTER_PROMETHEUS_HOST']
  const tested = new Set([...free, ...badRows.map(([variable]) => variable)])
  expect(tested).toEqual(new Set(variables.map(({ name }) => name)))
})

test('a bad value leaves the rest of the environment alone, and a long one is shortened', () => {
  const { config, warnings } = resolve(
    {},
    { OTEL_BSP_MAX_QUEUE_SIZE: 'x'.repeat(5_000), OTEL_SERVICE_NAME: 'shop' },
    { main: true },
  )
  expect(config.spans.maxRecords).toBe(65_536)
  expect(config.resource.attributes).toEqual({ 'service.name': 'shop' })
  expect(warnings[0]?.message.length).toBeLessThan(300)
})

test('grpc is explained', () => {
  const { warnings } = resolve({}, { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, { main: true })
  expect(warnings[0]?.message).toContain(
    'OTLP over gRPC is not spoken here; receivers listen for OTLP over HTTP on port 4318',
  )
})

test('no environment whatever stops the start', () => {
  const said = oneof(
    string({ unit: 'binary' }),
    stringMatching(/^[\w%=,;:/.-]*$/),
    constantFrom(...rows.map(([, value]) => value)),
  )
  const names = variables.map(({ name }) => name)
  assert(
    property(dictionary(constantFrom(...names), said), (environment) => {
      const { config, warnings } = resolve({}, environment, { main: true })
      expect(Object.isFrozen(config)).toBe(true)
      for (const { message } of warnings) expect(message.length).toBeLessThan(400)
    }),
  )
})

test('each variable is documented', () => {
  for (const { summary, path, reading } of variables) expect([summary, path, reading.expected]).not.toContain('')
})

function at(config: Config, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], config)
}
