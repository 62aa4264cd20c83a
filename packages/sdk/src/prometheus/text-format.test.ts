// What a scrape answers, read by a strict parser of the text format 0.0.4: whatever attributes the application used,
// the whole text must parse, and no series may appear twice.
import { resourceFromAttributes } from '@opentelemetry/resources'
import { AggregationType, MeterProvider } from '@opentelemetry/sdk-metrics'
import type { Attributes } from '@opentelemetry/api'
import {
  array,
  assert,
  asyncProperty,
  boolean,
  constantFrom,
  dictionary,
  double,
  nat,
  oneof,
  string,
  tuple,
} from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { parse } from '../../../../test/prometheus/strict-parser.ts'
import { serveMetrics } from './index.ts'

const running: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of running.splice(0)) await stop()
})

async function serve(
  resource: Attributes = { 'service.name': 'shop' },
  views: { instrumentName: string; aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } }[] = [],
) {
  const warnings: string[] = []
  const server = serveMetrics({ host: '127.0.0.1', port: 0, warn: (message) => void warnings.push(message) })
  const provider = new MeterProvider({ resource: resourceFromAttributes(resource), readers: [server.reader], views })
  running.push(() => provider.shutdown())
  await server.ready
  const scrape = async () => {
    const response = await fetch(String(server.url))
    const body = await response.text()
    return { response, body, samples: parse(body) }
  }
  return { provider, server, warnings, scrape }
}

test('a counter, a gauge and a histogram', async () => {
  const { provider, scrape } = await serve()
  const meter = provider.getMeter('flow', '3.0.0')
  meter.createCounter('flow.runs', { description: 'Runs.\nAll of "them" \\o/' }).add(3, { trigger: 'user "x"\\\n' })
  meter.createGauge('flow.queued').record(-0.5)
  meter.createHistogram('flow.duration', { unit: 's', advice: { explicitBucketBoundaries: [1, 2] } }).record(1.5)
  const { response, body, samples } = await scrape()
  expect(body).toContain('# HELP flow_runs_total Runs.\\nAll of "them" \\\\o/\n# TYPE flow_runs_total counter\n')
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const scope = { otel_scope_name: 'flow', otel_scope_version: '3.0.0' }
  expect(samples).toEqual([
    { name: 'target_info', labels: { service_name: 'shop' }, value: 1 },
    { name: 'flow_runs_total', labels: { trigger: 'user "x"\\\n', ...scope }, value: 3 },
    { name: 'flow_queued', labels: scope, value: -0.5 },
    { name: 'flow_duration_seconds_count', labels: scope, value: 1 },
    { name: 'flow_duration_seconds_sum', labels: scope, value: 1.5 },
    { name: 'flow_duration_seconds_bucket', labels: { ...scope, le: '1' }, value: 0 },
    { name: 'flow_duration_seconds_bucket', labels: { ...scope, le: '2' }, value: 1 },
    { name: 'flow_duration_seconds_bucket', labels: { ...scope, le: '+Inf' }, value: 1 },
  ])
})

test.for<[string, Attributes, Record<string, string>]>([
  ['two keys that become one', { 'k.a': 'x', k_a: 'y' }, { k_a: 'x;y' }],
  ['the same in another order', { k_a: 'y', 'k.a': 'x' }, { k_a: 'x;y' }],
  ['an empty key', { '': 'empty' }, { _: 'empty' }],
  ['a leading digit', { '0day': 'x' }, { _0day: 'x' }],
  ['not one valid character', { ключ: 'x' }, { _: 'x' }],
  ['the name of the metric itself', { __name__: 'x' }, { _name_: 'x' }],
  ['a name of the scope', { 'otel.scope.name': 'x' }, { exported_otel_scope_name: 'x' }],
  ['the bound of a bucket', { le: 'x' }, { exported_le: 'x' }],
  ['a line break in a key', { 'a\n} 1\n': 'x' }, { a_1_: 'x' }],
  [
    'a list, a number, half a character',
    { list: ['a', 'b'], n: 1, s: '\ud800' },
    { list: '["a","b"]', n: '1', s: '\ufffd' },
  ],
])('attribute keys: %s', async ([, attributes, expected]) => {
  const { provider, scrape } = await serve()
  const meter = provider.getMeter('m')
  meter.createCounter('good').add(1)
  meter.createHistogram('h').record(1, attributes)
  const { samples } = await scrape()
  expect(samples.find(({ name }) => name === 'good_total')?.value).toBe(1)
  expect(samples.find(({ name }) => name === 'h_count')?.labels).toMatchObject({ ...expected, otel_scope_name: 'm' })
})

test('points that become one series are put together', async () => {
  const { provider, scrape } = await serve()
  const meter = provider.getMeter('m')
  const counter = meter.createCounter('c')
  counter.add(1, { 'k.a': 'v' })
  counter.add(2, { k_a: 'v' })
  const gauge = meter.createGauge('g')
  gauge.record(1, { 'k.a': 'v' })
  gauge.record(2, { k_a: 'v' })
  const histogram = meter.createHistogram('h', { advice: { explicitBucketBoundaries: [5] } })
  histogram.record(1, { 'k.a': 'v' })
  histogram.record(7, { k_a: 'v' })
  const values = Object.fromEntries(
    (await scrape()).samples.map(({ name, labels, value }) => [`${name}${labels['le'] ?? ''}`, value]),
  )
  expect(values).toMatchObject({ c_total: 3, g: 2, h_count: 2, h_sum: 8, h_bucket5: 1, 'h_bucket+Inf': 2 })
})

test('names that become one metric are put together, or the later one is left out and named', async () => {
  const { provider, scrape, warnings } = await serve()
  const meter = provider.getMeter('m')
  meter.createCounter('a.b').add(1)
  meter.createCounter('a_b').add(2)
  meter.createGauge('a_b_total').record(9)
  meter.createHistogram('lag').record(1)
  meter.createGauge('lag.count').record(9)
  provider.getMeter('other').createGauge('lag').record(9)
  meter.createHistogram('target_info').record(9)
  await scrape()
  const { samples } = await scrape()
  expect(samples.filter(({ value }) => value === 9)).toEqual([])
  expect(samples.find(({ name }) => name === 'a_b_total')?.value).toBe(3)
  expect(warnings).toEqual([
    'a scrape left something out: a_b_total would be written as a_b_total, which is taken by the counter a_b_total.',
    'a scrape left something out: lag.count would be written as lag_count, which is taken by the histogram lag.',
    'a scrape left something out: target_info would be written as target_info, which is taken by the resource.',
    'a scrape left something out: lag would be written as lag, which is taken by the histogram lag.',
  ])
})

test('one name from two scopes is one family, under one TYPE', async () => {
  const { provider, scrape } = await serve()
  const unit = { unit: 's', advice: { explicitBucketBoundaries: [1] } }
  provider.getMeter('node:http').createHistogram('http.client.request.duration', unit).record(0.5)
  provider.getMeter('between').createCounter('c').add(1)
  provider.getMeter('fetch').createHistogram('http.client.request.duration', unit).record(1.5)
  const { body, samples } = await scrape()
  expect(body.match(/^# (?:TYPE|HELP) http_client_request_duration/gm)).toHaveLength(2)
  const counts = samples.filter(({ name }) => name === 'http_client_request_duration_seconds_count')
  expect(counts.map(({ labels }) => labels['otel_scope_name'])).toEqual(['node:http', 'fetch'])
  const lines = samples.map(({ name }) => name.startsWith('http_client'))
  expect(lines.lastIndexOf(true) - lines.indexOf(true) + 1).toBe(lines.filter(Boolean).length)
})

test('an exponential histogram is left out and named', async () => {
  const views = [{ instrumentName: 'e', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } as const }]
  const { provider, scrape, warnings } = await serve({}, views)
  provider.getMeter('m').createHistogram('e').record(1)
  provider.getMeter('m').createCounter('c').add(1)
  expect((await scrape()).samples.map(({ name }) => name)).toEqual(['target_info', 'c_total'])
  expect(warnings).toHaveLength(1)
})

test('a callback that throws costs its own instrument only', async () => {
  const { provider, scrape, warnings } = await serve()
  const meter = provider.getMeter('m')
  meter.createObservableGauge('bad').addCallback(() => {
    throw new Error('no reading')
  })
  meter.createObservableGauge('good').addCallback((result) => result.observe(1))
  expect((await scrape()).samples.map(({ name }) => name)).toContain('good')
  expect(warnings).toEqual(['a scrape left something out: a callback failed: no reading.'])
})

test('target_info says who serves, and neither command line nor owner', async () => {
  const { scrape } = await serve({
    'service.name': 'shop',
    'host.name': 'h',
    'process.pid': 1,
    'process.command_args': ['node', 'app.js', '--password=hunter2'],
    'process.command': 'app.js',
    'process.owner': 'root',
    'process.executable.path': '/home/me/node',
    'x.y': 'a',
    x_y: 'b',
  })
  const { samples, body } = await scrape()
  expect(samples[0]?.labels).toEqual({ service_name: 'shop', host_name: 'h', process_pid: '1', x_y: 'a;b' })
  expect(body).not.toContain('hunter2')
})

test('any attributes and any names', async () => {
  const { provider, scrape } = await serve()
  const meter = provider.getMeter('m')
  const key = oneof(
    string({ unit: 'binary' }),
    constantFrom('k.a', 'k_a', 'k a', '', 'le', '__name__', 'otel.scope.name'),
  )
  const attributes = dictionary(key, oneof(string({ unit: 'binary' }), double(), boolean(), array(string())), {
    maxKeys: 5,
  })
  const name = constantFrom('a', 'a.b', 'a_b', 'a-b', 'a_total', 'a.sum', 'b')
  const kind = constantFrom('createCounter', 'createUpDownCounter', 'createGauge', 'createHistogram')
  await assert(
    asyncProperty(array(tuple(kind, name, attributes, nat())), async (calls) => {
      for (const [create, called, labels, value] of calls) {
        const instrument = meter[create as 'createCounter'](called)
        if ('add' in instrument) instrument.add(value, labels)
        else (instrument as { record(value: number, labels: Attributes): void }).record(value, labels)
      }
      await scrape()
    }),
    { numRuns: 60 },
  )
})
