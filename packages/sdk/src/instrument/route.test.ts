import type { AddressInfo } from 'node:net'
import { metrics, trace } from '@opentelemetry/api'
import { expect, test, type TestTelemetry } from '@proprio/testing/vitest'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeEach } from 'vitest'
import { register } from '../index.ts'
import { instrumentHttp } from './index.ts'

// With fetch, whose context makes the server's span one of the test.
const registered = register({ http: false, signals: false })
let stop: () => void

beforeEach(() => {
  stop = instrumentHttp({ tracerProvider: trace.getTracerProvider(), meterProvider: metrics.getMeterProvider() })
})
afterEach(() => stop())
afterAll(() => registered.shutdown())

const make = (): FastifyInstance => {
  const app = fastify()
  app.get('/users/:id', async () => 'done')
  app.post('/users/:id', { schema: { body: { type: 'object', required: ['name'] } } }, async () => 'done')
  app.get('/fails/:id', async () => {
    throw new Error('on purpose')
  })
  return app
}
const ask = async (app: FastifyInstance, path: string, telemetry: TestTelemetry, init: RequestInit = {}) => {
  const url = app.server.listening
    ? `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
    : await app.listen({ port: 0, host: '127.0.0.1' })
  await (await fetch(url + path, init)).text()
  await telemetry.settled()
}

// Made before anything is instrumented: it will tell only by its handlers.
const early = make()

test.for<[string, () => FastifyInstance]>([
  ['before', () => early],
  ['after', make],
])('the route is known of a fastify made %s', async ([_when, made], { telemetry }) => {
  const app = made()
  const duration = 'http.server.request.duration'
  await ask(app, '/users/7', telemetry)
  expect(telemetry).toHaveSpan('GET /users/:id', { 'http.route': '/users/:id' })
  expect(telemetry).toHaveMetric(duration, { count: 1, dimensions: { 'http.route': '/users/:id' } })
  await ask(app, '/fails/7', telemetry)
  expect(telemetry).toHaveSpan('GET /fails/:id', { 'http.route': '/fails/:id', 'error.type': '500' })
  expect(telemetry).toHaveMetric(duration, { count: 2 })
  await app.close()
})

test('the route is known of a request that fastify refuses before its handler', async ({ telemetry }) => {
  const app = make()
  const init = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }
  await ask(app, '/users/7', telemetry, init)
  const refused = { 'http.route': '/users/:id', 'http.response.status_code': 400 }
  expect(telemetry).toHaveSpan('POST /users/:id', refused)
  await app.close()
})

test('the route is absent where there is none', async ({ telemetry }) => {
  const app = make()
  await ask(app, '/nowhere', telemetry)
  const span = telemetry.span(({ kind }) => kind === 'server')
  expect(span.name).toBe('GET')
  expect(span).toHaveAttributes({ 'http.route': undefined })
  await app.close()
})
