import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { metrics, trace } from '@opentelemetry/api'
import type { SpanRecord } from '@proprio/store'
import { expect, test, type TestTelemetry } from '@proprio/testing/vitest'
import { Pool } from 'undici'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { register } from '../index.ts'
import { type FetchOptions, instrumentFetch } from './index.ts'

// The ways in which a request may end, and what the caller must not notice of us.

const registered = register({ http: false, fetch: false, signals: false })

let server: Server
let origin: string
let seen = 0
let stop: () => void

const start = (options: Partial<FetchOptions> = {}): void => {
  const tracerProvider = trace.getTracerProvider()
  const meterProvider = metrics.getMeterProvider()
  stop = instrumentFetch({ tracerProvider, meterProvider, ...options })
}

const fails = (): never => {
  throw new Error('on purpose')
}

// The end of a request is told after the caller has its response.
const only = async (telemetry: TestTelemetry): Promise<SpanRecord> => {
  await telemetry.settled()
  return telemetry.span()
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
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await registered.shutdown()
})
beforeEach(() => start())
afterEach(() => {
  stop()
  seen = 0
})

test.for([
  ['/things/404', '404'],
  ['/things/503', '503'],
])('an answer that is an error (%s) fails the span with the status code', async ([path, type], { telemetry }) => {
  await (await fetch(origin + path)).text()
  const span = await only(telemetry)
  expect(span).toHaveStatus('error')
  expect(span).toHaveAttributes({ 'error.type': type, 'http.response.status_code': Number(type) })
  expect(span.events).toEqual([])
})

test.for(['/silent', '/half'])('an abort ends the span (%s)', async (path, { telemetry }) => {
  const abort = new AbortController()
  const reading = fetch(origin + path, { signal: abort.signal }).then((response) => response.text())
  await expect.poll(() => seen).toBe(1)
  await delay(30)
  abort.abort()
  await expect(reading).rejects.toThrow('aborted')
  const span = await only(telemetry)
  expect(span).toHaveStatus('error')
  expect(span).toHaveAttributes({ 'error.type': 'AbortError' })
  expect(span).toHaveEvent('exception', { 'exception.type': 'AbortError' })
})

test('a timeout ends the span', async ({ telemetry }) => {
  const abort = new AbortController()
  const reading = fetch(`${origin}/silent`, { signal: abort.signal })
  await expect.poll(() => seen).toBe(1)
  // As AbortSignal.timeout() does it, which may do it before the request is under way: then it is an abort.
  abort.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'))
  await expect(reading).rejects.toThrow('timeout')
  expect(await only(telemetry)).toHaveAttributes({ 'error.type': 'TimeoutError' })
})

test('a response that is dropped unread ends when it is collected, and is no failure', async ({ telemetry }) => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  await (async () => expect((await fetch(`${origin}/large`)).status).toBe(200))()
  await expect
    .poll(
      () => {
        collect()
        return telemetry.spans().length
      },
      { timeout: 10_000 },
    )
    .toBe(1)
  const span = telemetry.span()
  expect(span).toHaveStatus('unset')
  expect(span).toHaveAttributes({ 'error.type': undefined })
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

test('a connection that is upgraded makes no span, for its end is never told', async ({ telemetry }) => {
  const pool = new Pool(origin)
  server.once('upgrade', (_request, socket) =>
    socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n'),
  )
  const { socket } = await pool.upgrade({ path: '/', protocol: 'echo' })
  socket.destroy()
  await pool.close()
  await (await fetch(origin)).text()
  expect(await only(telemetry)).toHaveAttributes({ 'url.full': `${origin}/` })
})
