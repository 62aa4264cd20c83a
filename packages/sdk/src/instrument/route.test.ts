import type { AddressInfo } from 'node:net'
import { context, propagation } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { instrumentHttp } from './index.ts'

const spans = new InMemorySpanExporter()
const metrics = new InMemoryMetricExporter(AggregationTemporality.DELTA)
const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] })
const meterProvider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter: metrics })] })

let stop: () => void

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
})
afterAll(async () => {
  context.disable()
  propagation.disable()
  await meterProvider.shutdown()
})
beforeEach(() => {
  stop = instrumentHttp({ tracerProvider, meterProvider })
})

const make = (): FastifyInstance => {
  const app = fastify()
  app.get('/users/:id', async () => 'done')
  app.post('/users/:id', { schema: { body: { type: 'object', required: ['name'] } } }, async () => 'done')
  app.get('/fails/:id', async () => {
    throw new Error('on purpose')
  })
  return app
}
const routed = async (
  app: FastifyInstance,
  path: string,
  init: RequestInit = {},
): Promise<ReadableSpan | undefined> => {
  const url = app.server.listening
    ? `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
    : await app.listen({ port: 0, host: '127.0.0.1' })
  spans.reset()
  await (await fetch(url + path, init)).text()
  await expect.poll(() => spans.getFinishedSpans().length, { interval: 5 }).toBe(1)
  return spans.getFinishedSpans()[0]
}

const routesMeasured = async (): Promise<unknown[]> => {
  await meterProvider.forceFlush()
  const measured = metrics.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
  return measured.flatMap(({ dataPoints }) => dataPoints.map(({ attributes }) => attributes['http.route']))
}

// Made before anything is instrumented: it will tell only by its handlers.
const early = make()

afterEach(async () => {
  stop()
  await routesMeasured()
  metrics.reset()
})

test.each([
  ['before', () => early],
  ['after', make],
])('the route is known of a fastify made %s', async (_when, made) => {
  const app = made()
  const span = await routed(app, '/users/7')
  expect(span).toMatchObject({ name: 'GET /users/:id', attributes: { 'http.route': '/users/:id' } })
  expect(await routesMeasured()).toEqual(['/users/:id'])
  expect((await routed(app, '/fails/7'))?.attributes).toMatchObject({
    'http.route': '/fails/:id',
    'error.type': '500',
  })
  await app.close()
})

test('the route is known of a request that fastify refuses before its handler', async () => {
  const app = make()
  const init = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }
  const span = await routed(app, '/users/7', init)
  expect(span?.attributes).toMatchObject({ 'http.route': '/users/:id', 'http.response.status_code': 400 })
  await app.close()
})

test('the route is absent where there is none', async () => {
  const app = make()
  const span = await routed(app, '/nowhere')
  expect(span?.name).toBe('GET')
  expect(span?.attributes).not.toHaveProperty('http.route')
  await app.close()
})
