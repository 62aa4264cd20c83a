import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { type AddressInfo, createServer as createSocketServer } from 'node:net'
import { context, metrics, propagation, trace } from '@opentelemetry/api'
import { suppressTracing } from '@opentelemetry/core'
import {
  AggregationTemporality,
  type HistogramMetricData,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { millisecondsBetween, type SpanRecord } from '@proprio/store'
import { expect, test, type TestTelemetry } from '@proprio/testing/vitest'
import { request as undiciRequest } from 'undici'
import { afterAll, afterEach, beforeAll, describe } from 'vitest'
import { register } from '../index.ts'
import { type FetchOptions, instrumentFetch } from './index.ts'

// Without its own instrumentations and what would mask their mistakes. What the tests start is given providers that can be told from the process's.
const registered = register({ http: false, fetch: false, redact: false, signals: false })
const tracerProvider = { getTracer: (name: string) => trace.getTracer(`given ${name}`) }
const meterProvider = { getMeter: (name: string) => metrics.getMeter(`given ${name}`) }
const SCOPE = 'given @proprio/sdk/fetch'

let server: Server
let origin: string
let seen: { method: string | undefined; url: string | undefined; headers: IncomingHttpHeaders }[] = []
let stop: () => void

const start = (options: Partial<FetchOptions> = {}): void => {
  stop = instrumentFetch({ tracerProvider, meterProvider, ...options })
}

// The end of a request is told after the caller has its response.
const only = async (telemetry: TestTelemetry): Promise<SpanRecord> => {
  await telemetry.settled()
  expect(telemetry).toHaveSpans(1)
  return telemetry.span()
}

const nothing = async (telemetry: TestTelemetry): Promise<void> => {
  await telemetry.settled()
  for (const made of [telemetry, telemetry.unclaimed()]) {
    expect(made).toHaveSpans(0)
    expect(made.metrics()).toEqual([])
  }
}

const DURATION = 'http.client.request.duration'

beforeAll(async () => {
  server = createServer((request, response) => {
    const { method, url = '/', headers } = request
    seen.push({ method, url, headers })
    if (url === '/moved') response.writeHead(302, { location: '/' }).end()
    else response.writeHead(Number(/\d{3}/.exec(url)?.[0] ?? 200)).end('done')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await registered.shutdown()
})
test.beforeEach(({ telemetry }) => {
  telemetry.unclaimed().clear()
  start()
})
afterEach(() => {
  stop()
  seen = []
})

describe.each([
  ['global fetch', async (url: string): Promise<string> => (await fetch(url)).text()],
  ['undici', async (url: string): Promise<string> => (await undiciRequest(url)).body.text()],
])('%s', (_name, get) => {
  test('makes a client span by the conventions, and passes the context on', async ({ telemetry }) => {
    const baggage = propagation.createBaggage({ tenant: { value: 'a b' } })
    await trace.getTracer('test').startActiveSpan('parent', async (parent) => {
      const active = propagation.setBaggage(context.active(), baggage)
      expect(await context.with(active, () => get(`${origin}/things?limit=2`))).toBe('done')
      parent.end()
    })
    await telemetry.settled()
    expect(telemetry).toHaveSpans(2)
    const span = telemetry.span('GET')
    expect(span.scope.name).toBe(SCOPE)
    expect(span).toHaveKind('client')
    expect(span).toHaveStatus('unset')
    expect(span).toBeChildOf('parent')
    expect(span.attributes).toEqual({
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'network.peer.address': '127.0.0.1',
      'network.peer.port': Number(new URL(origin).port),
      'network.protocol.version': '1.1',
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(origin).port),
      'url.full': `${origin}/things?limit=2`,
    })
    const traceparent = `00-${span.traceId}-${span.spanId}-01`
    expect(seen[0]?.headers).toMatchObject({ traceparent, baggage: 'tenant=a%20b' })
  })

  test('records the duration, the same as the span, by the conventions', async ({ telemetry }) => {
    await get(`${origin}/things/404`)
    const span = await only(telemetry)
    const sum = expect.closeTo(millisecondsBetween(span.start, span.end) / 1000, 6)
    expect(telemetry).toHaveMetric(DURATION, { count: 1, sum })
    const [metric, ...others] = telemetry.metrics()
    expect(others).toEqual([])
    expect(metric).toMatchObject({ unit: 's', scope: { name: SCOPE } })
    expect(metric?.attributes).toEqual({
      'error.type': '404',
      'http.request.method': 'GET',
      'http.response.status_code': 404,
      'network.protocol.version': '1.1',
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(origin).port),
    })
  })

  test('ends in error on a refused connection, and the caller has its own error', async ({ telemetry }) => {
    const free = createSocketServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => free.once('listening', resolve))
    const { port } = free.address() as AddressInfo
    await new Promise((resolve) => free.close(resolve))
    await expect(get(`http://127.0.0.1:${port}/`)).rejects.toThrow()
    const span = await only(telemetry)
    expect(span).toHaveStatus('error')
    expect(span).toHaveAttributes({ 'error.type': 'ECONNREFUSED' })
    expect(span).toHaveException(/ECONNREFUSED/)
    expect(span.events).toMatchObject([{ name: 'exception', time: span.end }])
    expect(telemetry).toHaveMetric(DURATION, { count: 1, dimensions: { 'error.type': 'ECONNREFUSED' } })
  })

  test('in a suppressed context makes nothing and sends nothing', async ({ telemetry }) => {
    await context.with(suppressTracing(context.active()), () => get(`${origin}/`))
    await nothing(telemetry)
    expect(seen[0]?.headers).not.toHaveProperty('traceparent')
  })
})

test('the buckets of the duration are those of the conventions', async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.DELTA)
  const meterProvider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] })
  stop()
  start({ meterProvider })
  await (await fetch(origin)).text()
  await meterProvider.shutdown()
  const [metric] = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics: all }) => all))
  expect((metric as HistogramMetricData).dataPoints[0]?.value.buckets.boundaries).toEqual([
    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
  ])
})

test('a redirect is a request of its own', async ({ telemetry }) => {
  await (await fetch(`${origin}/moved`)).text()
  await telemetry.settled()
  const urls = telemetry.spans().map(({ attributes }) => attributes['url.full'])
  expect(urls).toEqual([`${origin}/moved`, `${origin}/`])
})

test('a method that is not known is _OTHER', async ({ telemetry }) => {
  await (await fetch(origin, { method: 'PROPFIND' })).text()
  expect(await only(telemetry)).toMatchObject({ name: 'HTTP' })
  const attributes = { 'http.request.method': '_OTHER', 'http.request.method_original': 'PROPFIND' }
  expect(telemetry).toHaveSpan('HTTP', attributes)
})

test('credentials do not reach the span', async ({ telemetry }) => {
  const url = new URL(`${origin}/file?sig=top-secret&X-Amz-Signature=hidden&page=2`)
  await (await fetch(url)).text()
  const shown = `${origin}/file?sig=REDACTED&X-Amz-Signature=REDACTED&page=2`
  expect(await only(telemetry)).toHaveAttributes({ 'url.full': shown })
  expect(telemetry).toLeakNothing(['top-secret', 'hidden'])
})

test('a context that the caller set is replaced, not doubled', async ({ telemetry }) => {
  await (
    await fetch(origin, { headers: { traceparent: '00-11111111111111111111111111111111-2222222222222222-01' } })
  ).text()
  const { traceId, spanId } = await only(telemetry)
  expect(seen[0]?.headers.traceparent).toBe(`00-${traceId}-${spanId}-01`)
})

test('what the application ignores makes nothing; an ignore that throws ignores nothing', async ({ telemetry }) => {
  stop()
  start({
    ignore: ({ direction, method, url }) => {
      if (url.endsWith('/throws')) throw new Error('on purpose')
      return direction === 'outgoing' && method === 'GET' && url === `${origin}/health`
    },
  })
  await (await fetch(`${origin}/health`)).text()
  await (await fetch(`${origin}/throws`)).text()
  expect(await only(telemetry)).toHaveAttributes({ 'url.full': `${origin}/throws` })
})

test('times come from the clock that is given', async ({ telemetry }) => {
  stop()
  const readings = [1_700_000_000_000.25, 1_700_000_001_500.5]
  start({ clock: { now: () => readings.shift() ?? 0 } })
  await (await fetch(origin)).text()
  const span = await only(telemetry)
  expect(span.start).toEqual([1_700_000_000, 250_000])
  expect(millisecondsBetween(span.start, span.end)).toBe(1500.25)
  expect(telemetry).toHaveMetric(DURATION, { count: 1, sum: expect.closeTo(1.50025, 6) })
})

test('after it is stopped nothing is made', async ({ telemetry }) => {
  stop()
  await (await fetch(origin)).text()
  await nothing(telemetry)
  expect(seen[0]?.headers).not.toHaveProperty('traceparent')
})
