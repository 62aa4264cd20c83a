import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { SpanStatusCode } from '@opentelemetry/api'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { Pool } from 'undici'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type FetchOptions, instrumentFetch } from './index.ts'

// The ways in which a request may end, and what the caller must not notice of us.

const spans = new InMemorySpanExporter()
const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] })
const meterProvider = new MeterProvider()

let server: Server
let origin: string
let seen = 0
let stop: () => void

const start = (options: Partial<FetchOptions> = {}): void => {
  stop = instrumentFetch({ tracerProvider, meterProvider, ...options })
}

const fails = (): never => {
  throw new Error('on purpose')
}

// The end of a request is told after the caller has its response.
const only = async (): Promise<ReadableSpan> => {
  await expect.poll(() => spans.getFinishedSpans().length, { interval: 5 }).toBe(1)
  return spans.getFinishedSpans()[0]!
}

beforeAll(async () => {
  server = createServer(({ url = '/' }, response) => {
    seen += 1
    if (url === '/silent') return
    else if (url === '/large') response.end('x'.repeat(1_000_000))
    else if (url === '/half') response.write('half')
    else response.writeHead(Number(/\d{3}/.exec(url)?.[0] ?? 200)).end('done')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => start())
afterEach(() => {
  stop()
  spans.reset()
  seen = 0
})

test.each([
  ['/things/404', '404'],
  ['/things/503', '503'],
])('an answer that is an error (%s) fails the span with the status code', async (path, type) => {
  await (await fetch(origin + path)).text()
  const span = await only()
  expect(span.status.code).toBe(SpanStatusCode.ERROR)
  expect(span.attributes).toMatchObject({ 'error.type': type, 'http.response.status_code': Number(type) })
  expect(span.events).toEqual([])
})

test.each(['/silent', '/half'])('an abort ends the span (%s)', async (path) => {
  const abort = new AbortController()
  const reading = fetch(origin + path, { signal: abort.signal }).then((response) => response.text())
  await expect.poll(() => seen).toBe(1)
  await delay(30)
  abort.abort()
  await expect(reading).rejects.toThrow('aborted')
  const span = await only()
  expect(span.attributes['error.type']).toBe('AbortError')
  expect(span.status.code).toBe(SpanStatusCode.ERROR)
})

test('a timeout ends the span', async () => {
  await expect(fetch(`${origin}/silent`, { signal: AbortSignal.timeout(50) })).rejects.toThrow('timeout')
  expect((await only()).attributes['error.type']).toBe('TimeoutError')
})

test('a response that is dropped unread ends when it is collected, and is no failure', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  await (async () => expect((await fetch(`${origin}/large`)).status).toBe(200))()
  await expect
    .poll(() => {
      collect()
      return spans.getFinishedSpans().length
    })
    .toBe(1)
  const span = await only()
  expect(span.status.code).toBe(SpanStatusCode.UNSET)
  expect(span.attributes).not.toHaveProperty('error.type')
})

test('a failing propagator, tracer or clock changes nothing for the caller', async () => {
  const failures: Partial<FetchOptions>[] = [
    { propagator: { inject: fails } },
    { clock: { now: fails } },
    { tracerProvider: { getTracer: () => ({ startSpan: fails, startActiveSpan: fails }) } },
  ]
  for (const failure of failures) {
    stop()
    start(failure)
    expect(await (await fetch(origin)).text()).toBe('done')
    await expect(fetch(`${origin}/silent`, { signal: AbortSignal.timeout(20) })).rejects.toThrow('timeout')
  }
})

test('a connection that is upgraded makes no span, for its end is never told', async () => {
  const pool = new Pool(origin)
  server.once('upgrade', (_request, socket) =>
    socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n'),
  )
  const { socket } = await pool.upgrade({ path: '/', protocol: 'echo' })
  socket.destroy()
  await pool.close()
  await (await fetch(origin)).text()
  expect((await only()).attributes['url.full']).toBe(`${origin}/`)
})
