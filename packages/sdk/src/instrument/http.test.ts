import http, { get, type IncomingHttpHeaders, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
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
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { exportAgent } from '../export/index.ts'
import { type HttpOptions, instrumentFetch, instrumentHttp } from './index.ts'

const spans = new InMemorySpanExporter()
const metrics = new InMemoryMetricExporter(AggregationTemporality.DELTA)
const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] })
const meterProvider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter: metrics })] })
const tracer = tracerProvider.getTracer('test')

let server: Server
let origin: string
let seen: { headers: IncomingHttpHeaders; traceId: string | undefined; tenant: string | undefined }[] = []
let stop: () => void

const originOf = (address: unknown): string => `http://127.0.0.1:${(address as AddressInfo).port}`

const start = (options: Partial<HttpOptions> = {}): void => {
  stop = instrumentHttp({ tracerProvider, meterProvider, ...options })
}

const read = (url: string, how: typeof get = get): Promise<string> =>
  new Promise((resolve, reject) => {
    how(url, (response) => resolve(text(response))).on('error', reject)
  })

const finished = async (count: number): Promise<readonly ReadableSpan[]> => {
  await expect.poll(() => spans.getFinishedSpans().length, { interval: 5 }).toBe(count)
  return spans.getFinishedSpans()
}

const pair = async (): Promise<{ client: ReadableSpan; server: ReadableSpan }> => {
  const both = await finished(2)
  const client = both.find(({ kind }) => kind === SpanKind.CLIENT)
  const serverSpan = both.find(({ kind }) => kind === SpanKind.SERVER)
  if (client === undefined || serverSpan === undefined) throw new Error('no pair')
  return { client, server: serverSpan }
}

const points = async (): Promise<[name: string, attributes: object][]> => {
  await meterProvider.forceFlush()
  const found = metrics
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
    .flatMap(({ descriptor, dataPoints }) =>
      dataPoints.map(({ attributes }): [string, object] => [descriptor.name, attributes]),
    )
  metrics.reset()
  return found
}

const withoutMetrics = async (): Promise<void> => {
  await delay(30)
  expect(spans.getFinishedSpans()).toEqual([])
  expect(await points()).toEqual([])
}

beforeAll(async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(
    new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
  )
  // Made, and listening, before anything is instrumented.
  server = http.createServer((request, response) => {
    const active = context.active()
    const tenant = propagation.getBaggage(active)?.getEntry('tenant')?.value
    seen.push({ headers: request.headers, traceId: trace.getSpanContext(active)?.traceId, tenant })
    response.writeHead(Number(/\d{3}/.exec(request.url ?? '')?.[0] ?? 200)).end('done')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = originOf(server.address())
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
  await points()
  spans.reset()
  seen = []
})

test('a request makes a client and a server span of one trace, and carries the context', async () => {
  const baggage = propagation.createBaggage({ tenant: { value: 'a b' } })
  const parent = tracer.startSpan('parent')
  const active = propagation.setBaggage(trace.setSpan(context.active(), parent), baggage)
  expect(await context.with(active, () => read(`${origin}/things`))).toBe('done')
  const { client, server: incoming } = await pair()
  const { traceId } = parent.spanContext()
  expect(client.parentSpanContext?.spanId).toBe(parent.spanContext().spanId)
  expect(incoming.parentSpanContext).toMatchObject({ traceId, spanId: client.spanContext().spanId, isRemote: true })
  expect(seen).toMatchObject([{ headers: { baggage: 'tenant=a%20b' }, traceId, tenant: 'a b' }])
})

test('fetch joins the same trace', async () => {
  const stopFetch = instrumentFetch({ tracerProvider, meterProvider })
  await (await fetch(`${origin}/things`)).text()
  stopFetch()
  const { client, server: incoming } = await pair()
  expect(incoming.parentSpanContext?.spanId).toBe(client.spanContext().spanId)
  expect(seen[0]?.traceId).toBe(client.spanContext().traceId)
})

test('durations are recorded by the conventions', async () => {
  await read(`${origin}/things/503`)
  await finished(2)
  const common = { 'http.request.method': 'GET', 'http.response.status_code': 503, 'error.type': '503' }
  expect(await points()).toEqual([
    ['http.server.request.duration', expect.objectContaining({ ...common, 'url.scheme': 'http' })],
    ['http.client.request.duration', expect.objectContaining({ ...common, 'server.address': '127.0.0.1' })],
  ])
})

test('an error and an abort end the client span', async () => {
  const silent = http.createServer(() => {})
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const abort = new AbortController()
  const aborted = new Promise((resolve) => {
    get(originOf(silent.address()), { signal: abort.signal }).on('error', resolve)
  })
  await new Promise((resolve) => silent.once('request', resolve))
  abort.abort()
  expect(await aborted).toMatchObject({ name: 'AbortError' })
  const { client } = await pair()
  expect(client.status.code).toBe(SpanStatusCode.ERROR)
  expect(client.attributes['error.type']).toBe('AbortError')
  silent.close()
})

test('our own exports make neither span nor metric', async () => {
  const exported = await context.with(suppressTracing(context.active()), () => read(origin))
  expect(exported).toBe('done')
  const [incoming] = await finished(1)
  expect(incoming?.kind).toBe(SpanKind.SERVER)
  expect((await points()).map(([name]) => name)).toEqual(['http.server.request.duration'])
  expect(seen[0]?.headers).not.toHaveProperty('traceparent')
})

test('requests to a server of our own make neither span nor metric', async () => {
  stop()
  start({ own: (request) => Reflect.get(request.socket, 'server') === server })
  await context.with(suppressTracing(context.active()), () => read(`${origin}/metrics`))
  await withoutMetrics()
})

test('the connections of our exporters make none either, where the context was lost', async () => {
  const agent = exportAgent(new http.Agent())
  await read(origin, (url, answered) =>
    get(String(url), { agent }, answered as (response: http.IncomingMessage) => void),
  )
  expect((await finished(1))[0]?.kind).toBe(SpanKind.SERVER)
})

test('an instrumentation that is at work already stays, and nothing is told twice', async () => {
  const stopSecond = instrumentHttp({ tracerProvider: new TracerProvider(), meterProvider: new MeterProvider() })
  await read(origin)
  await pair()
  stopSecond()
  spans.reset()
  await read(origin)
  await pair()
})

describe('what the application ignores', () => {
  test('makes nothing, incoming and outgoing', async () => {
    stop()
    const asked: string[] = []
    start({
      ignore: ({ direction, method, url }) => {
        asked.push(`${direction} ${method} ${url}`)
        return true
      },
    })
    await read(`${origin}/health?deep=1`)
    await withoutMetrics()
    expect(asked).toEqual([`outgoing GET ${origin}/health?deep=1`, 'incoming GET /health?deep=1'])
  })

  test('may be said in the options of instrumentation-http too', async () => {
    stop()
    start({ config: { ignoreIncomingRequestHook: () => true, ignoreOutgoingRequestHook: () => true } })
    await read(origin)
    await withoutMetrics()
  })

  test('is nothing when its function throws', async () => {
    stop()
    start({
      ignore: () => {
        throw new Error('on purpose')
      },
    })
    await read(origin)
    await pair()
  })
})

test('stopping takes the patches out of every way of importing', async () => {
  const require = createRequire(import.meta.url)
  const patched = get
  stop()
  const { get: required } = require('node:http') as typeof http
  expect([http.get, required]).toEqual([get, get])
  expect(get).not.toBe(patched)
  await read(origin)
  await withoutMetrics()
  start()
  await read(origin)
  await pair()
})
