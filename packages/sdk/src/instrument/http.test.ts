import http, { get, type IncomingHttpHeaders, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { context, metrics, propagation, trace } from '@opentelemetry/api'
import { suppressTracing } from '@opentelemetry/core'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { TracerProvider } from '@opentelemetry/sdk-trace'
import { expect, test, type TestTelemetry } from '@proprio/testing/vitest'
import { afterAll, afterEach, beforeAll, describe } from 'vitest'
import { exportAgent } from '../export/index.ts'
import { register } from '../index.ts'
import { type HttpOptions, instrumentFetch, instrumentHttp } from './index.ts'

// Without its own instrumentations. What the tests start is given providers that can be told from the process's.
const registered = register({ http: false, fetch: false, signals: false })
const providers = {
  tracerProvider: { getTracer: (name: string) => trace.getTracer(`given ${name}`) },
  meterProvider: { getMeter: (name: string) => metrics.getMeter(`given ${name}`) },
}
const SCOPE = 'given @opentelemetry/instrumentation-http'

let server: Server
let origin: string
let seen: { headers: IncomingHttpHeaders; traceId: string | undefined; tenant: string | undefined }[] = []
let stop: () => void

const originOf = (address: unknown): string => `http://127.0.0.1:${(address as AddressInfo).port}`

const start = (options: Partial<HttpOptions> = {}): void => {
  stop = instrumentHttp({ ...providers, ...options })
}

const read = (url: string, how: typeof get = get): Promise<string> =>
  new Promise((resolve, reject) => {
    how(url, (response) => resolve(text(response))).on('error', reject)
  })

const incoming = { span: 'GET', kind: 'server' } as const
const outgoing = { span: 'GET', kind: 'client', exact: true, children: [incoming] } as const

const settled = async (telemetry: TestTelemetry, spans: number): Promise<void> => {
  await telemetry.settled()
  expect(telemetry).toHaveSpans(spans)
}

// A request that carries no context is nobody's at the server.
const unclaimed = async (telemetry: TestTelemetry, spans: number): Promise<TestTelemetry> => {
  await settled(telemetry, 0)
  const other = telemetry.unclaimed()
  await settled(other, spans)
  return other
}

const nothing = async (telemetry: TestTelemetry): Promise<void> => {
  const other = await unclaimed(telemetry, 0)
  expect([...telemetry.metrics(), ...other.metrics()]).toEqual([])
}

beforeAll(async () => {
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

test('a request makes a client and a server span of one trace, and carries the context', async ({ telemetry }) => {
  const baggage = propagation.createBaggage({ tenant: { value: 'a b' } })
  await trace.getTracer('test').startActiveSpan('parent', async (parent) => {
    const active = propagation.setBaggage(context.active(), baggage)
    expect(await context.with(active, () => read(`${origin}/things`))).toBe('done')
    parent.end()
  })
  await settled(telemetry, 3)
  expect(telemetry).toHaveTrace({ span: 'parent', exact: true, children: [outgoing] })
  expect(telemetry).toHaveSpans(2, ({ scope }) => scope.name === SCOPE)
  const { traceId } = telemetry.trace()
  expect(seen).toMatchObject([{ headers: { baggage: 'tenant=a%20b' }, traceId, tenant: 'a b' }])
})

test('fetch joins the same trace', async ({ telemetry }) => {
  const stopFetch = instrumentFetch(providers)
  await (await fetch(`${origin}/things`)).text()
  stopFetch()
  await settled(telemetry, 2)
  expect(telemetry).toHaveTrace(outgoing)
  expect(seen[0]?.traceId).toBe(telemetry.trace().traceId)
})

test('durations are recorded by the conventions', async ({ telemetry }) => {
  await read(`${origin}/things/503`)
  await settled(telemetry, 2)
  const common = { 'http.request.method': 'GET', 'http.response.status_code': 503, 'error.type': '503' }
  const server = { ...common, 'url.scheme': 'http' }
  const client = { ...common, 'server.address': '127.0.0.1' }
  expect(telemetry.metrics().map(({ scope }) => scope.name)).toEqual([SCOPE, SCOPE])
  expect(telemetry).toHaveMetric('http.server.request.duration', { count: 1, dimensions: server })
  expect(telemetry).toHaveMetric('http.client.request.duration', { count: 1, dimensions: client })
})

test('an error and an abort end the client span', async ({ telemetry }) => {
  const silent = http.createServer(() => {})
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const abort = new AbortController()
  const aborted = new Promise((resolve) => {
    get(originOf(silent.address()), { signal: abort.signal }).on('error', resolve)
  })
  await new Promise((resolve) => silent.once('request', resolve))
  abort.abort()
  expect(await aborted).toMatchObject({ name: 'AbortError' })
  await settled(telemetry, 2)
  expect(telemetry).toHaveTrace({ ...outgoing, status: 'error', error: 'AbortError' })
  silent.close()
})

test('our own exports make neither span nor metric', async ({ telemetry }) => {
  const exported = await context.with(suppressTracing(context.active()), () => read(origin))
  expect(exported).toBe('done')
  const other = await unclaimed(telemetry, 1)
  expect(other.span()).toHaveKind('server')
  const measured = [...telemetry.metrics(), ...other.metrics()]
  expect(measured.map(({ name }) => name)).toEqual(['http.server.request.duration'])
  expect(seen[0]?.headers).not.toHaveProperty('traceparent')
})

test('requests to a server of our own make neither span nor metric', async ({ telemetry }) => {
  stop()
  start({ own: (request) => Reflect.get(request.socket, 'server') === server })
  await context.with(suppressTracing(context.active()), () => read(`${origin}/metrics`))
  await nothing(telemetry)
})

test('the connections of our exporters make none either, where the context was lost', async ({ telemetry }) => {
  const agent = exportAgent(new http.Agent())
  await read(origin, (url, answered) =>
    get(String(url), { agent }, answered as (response: http.IncomingMessage) => void),
  )
  expect((await unclaimed(telemetry, 1)).span()).toHaveKind('server')
})

test('an instrumentation that is at work already stays, and nothing is told twice', async ({ telemetry }) => {
  const stopSecond = instrumentHttp({ tracerProvider: new TracerProvider(), meterProvider: new MeterProvider() })
  await read(origin)
  await settled(telemetry, 2)
  stopSecond()
  telemetry.clear()
  await read(origin)
  await settled(telemetry, 2)
})

describe('what the application ignores', () => {
  test('makes nothing, incoming and outgoing', async ({ telemetry }) => {
    stop()
    const asked: string[] = []
    start({
      ignore: ({ direction, method, url }) => {
        asked.push(`${direction} ${method} ${url}`)
        return true
      },
    })
    await read(`${origin}/health?deep=1`)
    await nothing(telemetry)
    expect(asked).toEqual([`outgoing GET ${origin}/health?deep=1`, 'incoming GET /health?deep=1'])
  })

  test('may be said in the options of instrumentation-http too', async ({ telemetry }) => {
    stop()
    start({ config: { ignoreIncomingRequestHook: () => true, ignoreOutgoingRequestHook: () => true } })
    await read(origin)
    await nothing(telemetry)
  })

  test('is nothing when its function throws', async ({ telemetry }) => {
    stop()
    start({
      ignore: () => {
        throw new Error('on purpose')
      },
    })
    await read(origin)
    await settled(telemetry, 2)
  })
})

test('stopping takes the patches out of every way of importing', async ({ telemetry }) => {
  const require = createRequire(import.meta.url)
  const patched = get
  stop()
  const { get: required } = require('node:http') as typeof http
  expect([http.get, required]).toEqual([get, get])
  expect(get).not.toBe(patched)
  await read(origin)
  await nothing(telemetry)
  start()
  await read(origin)
  await settled(telemetry, 2)
})
