import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { type AddressInfo, createServer as createSocketServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  CompositePropagator,
  suppressTracing,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core'
import {
  AggregationTemporality,
  type HistogramMetricData,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { request as undiciRequest } from 'undici'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type FetchOptions, instrumentFetch } from './index.ts'

const spans = new InMemorySpanExporter()
const metrics = new InMemoryMetricExporter(AggregationTemporality.DELTA)
const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] })
const meterProvider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter: metrics })] })
const tracer = tracerProvider.getTracer('test')

let server: Server
let origin: string
let seen: { method: string | undefined; url: string | undefined; headers: IncomingHttpHeaders }[] = []
let stop: () => void

const start = (options: Partial<FetchOptions> = {}): void => {
  stop = instrumentFetch({ tracerProvider, meterProvider, ...options })
}

// The end of a request is told after the caller has its response.
const finished = async (count = 1): Promise<ReadableSpan[]> => {
  await expect.poll(() => spans.getFinishedSpans().length, { interval: 5 }).toBe(count)
  return spans.getFinishedSpans()
}

const only = async (): Promise<ReadableSpan> => {
  const [span] = await finished()
  if (span === undefined) throw new Error('no span')
  return span
}

const durations = async (): Promise<HistogramMetricData[]> => {
  await meterProvider.forceFlush()
  const found = metrics
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics as HistogramMetricData[]))
    .filter(({ dataPoints }) => dataPoints.length > 0)
  metrics.reset()
  return found
}

beforeAll(async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(
    new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
  )
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
  context.disable()
  propagation.disable()
  await meterProvider.shutdown()
})
beforeEach(() => start())
afterEach(async () => {
  stop()
  await durations()
  spans.reset()
  seen = []
})

describe.each([
  ['global fetch', async (url: string): Promise<string> => (await fetch(url)).text()],
  ['undici', async (url: string): Promise<string> => (await undiciRequest(url)).body.text()],
])('%s', (_name, get) => {
  test('makes a client span by the conventions, and passes the context on', async () => {
    const baggage = propagation.createBaggage({ tenant: { value: 'a b' } })
    const parent = tracer.startSpan('parent')
    const active = propagation.setBaggage(trace.setSpan(context.active(), parent), baggage)
    expect(await context.with(active, () => get(`${origin}/things?limit=2`))).toBe('done')

    const span = await only()
    expect(span).toMatchObject({ name: 'GET', kind: SpanKind.CLIENT, status: { code: SpanStatusCode.UNSET } })
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
    const { traceId, spanId } = span.spanContext()
    expect(traceId).toBe(parent.spanContext().traceId)
    expect(span.parentSpanContext?.spanId).toBe(parent.spanContext().spanId)
    expect(seen[0]?.headers).toMatchObject({ traceparent: `00-${traceId}-${spanId}-01`, baggage: 'tenant=a%20b' })
  })

  test('records the duration, the same as the span, by the conventions', async () => {
    await get(`${origin}/things/404`)
    const span = await only()
    const [metric, ...others] = await durations()
    expect(others).toEqual([])
    expect(metric?.descriptor).toMatchObject({ name: 'http.client.request.duration', unit: 's' })
    const [point] = metric?.dataPoints ?? []
    expect(point?.attributes).toEqual({
      'error.type': '404',
      'http.request.method': 'GET',
      'http.response.status_code': 404,
      'network.protocol.version': '1.1',
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(origin).port),
    })
    expect(point?.value.buckets.boundaries).toEqual([
      0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
    ])
    expect(point?.value.sum).toBeCloseTo(span.duration[0] + span.duration[1] / 1e9, 6)
  })

  test('ends in error on a refused connection, and the caller has its own error', async () => {
    const free = createSocketServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => free.once('listening', resolve))
    const { port } = free.address() as AddressInfo
    await new Promise((resolve) => free.close(resolve))
    await expect(get(`http://127.0.0.1:${port}/`)).rejects.toThrow()
    const span = await only()
    expect(span.status.code).toBe(SpanStatusCode.ERROR)
    expect(span.attributes['error.type']).toBe('ECONNREFUSED')
    expect(span.events).toMatchObject([{ name: 'exception', time: span.endTime }])
    expect((await durations())[0]?.dataPoints[0]?.attributes).toMatchObject({ 'error.type': 'ECONNREFUSED' })
  })

  test('in a suppressed context makes nothing and sends nothing', async () => {
    await context.with(suppressTracing(context.active()), () => get(`${origin}/`))
    await delay(20)
    expect(spans.getFinishedSpans()).toEqual([])
    expect(await durations()).toEqual([])
    expect(seen[0]?.headers).not.toHaveProperty('traceparent')
  })
})

test('a redirect is a request of its own', async () => {
  await (await fetch(`${origin}/moved`)).text()
  const urls = (await finished(2)).map(({ attributes }) => attributes['url.full'])
  expect(urls).toEqual([`${origin}/moved`, `${origin}/`])
})

test('a method that is not known is _OTHER', async () => {
  await (await fetch(origin, { method: 'PROPFIND' })).text()
  const span = await only()
  expect(span.name).toBe('HTTP')
  expect(span.attributes).toMatchObject({ 'http.request.method': '_OTHER', 'http.request.method_original': 'PROPFIND' })
})

test('credentials do not reach the span', async () => {
  const url = new URL(`${origin}/file?sig=top-secret&X-Amz-Signature=hidden&page=2`)
  await (await fetch(url)).text()
  expect((await only()).attributes['url.full']).toBe(`${origin}/file?sig=REDACTED&X-Amz-Signature=REDACTED&page=2`)
})

test('a context that the caller set is replaced, not doubled', async () => {
  await (
    await fetch(origin, { headers: { traceparent: '00-11111111111111111111111111111111-2222222222222222-01' } })
  ).text()
  const { traceId, spanId } = (await only()).spanContext()
  expect(seen[0]?.headers.traceparent).toBe(`00-${traceId}-${spanId}-01`)
})

test('what the application ignores makes nothing; an ignore that throws ignores nothing', async () => {
  stop()
  start({
    ignore: ({ direction, method, url }) => {
      if (url.endsWith('/throws')) throw new Error('on purpose')
      return direction === 'outgoing' && method === 'GET' && url === `${origin}/health`
    },
  })
  await (await fetch(`${origin}/health`)).text()
  await (await fetch(`${origin}/throws`)).text()
  expect((await only()).attributes['url.full']).toBe(`${origin}/throws`)
})

test('times come from the clock that is given', async () => {
  stop()
  const readings = [1_700_000_000_000.25, 1_700_000_001_500.5]
  start({ clock: { now: () => readings.shift() ?? 0 } })
  await (await fetch(origin)).text()
  const span = await only()
  expect(span.startTime).toEqual([1_700_000_000, 250_000])
  expect(span.duration).toEqual([1, 500_250_000])
  expect((await durations())[0]?.dataPoints[0]?.value.sum).toBeCloseTo(1.50025, 6)
})

test('after it is stopped nothing is made', async () => {
  stop()
  await (await fetch(origin)).text()
  await delay(20)
  expect(spans.getFinishedSpans()).toEqual([])
  expect(seen[0]?.headers).not.toHaveProperty('traceparent')
})
