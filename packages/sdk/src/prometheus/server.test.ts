// The scrape endpoint on real sockets: what it answers, what it never does to its process, and what it says when a port is taken.
import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { afterEach, expect, test } from 'vitest'
import { isOwnRequest, serveMetrics } from './index.ts'
import type { MetricsServer } from './index.ts'

const running: MetricsServer[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()))
})

async function serve(port: number | 'auto', host = '127.0.0.1') {
  const warnings: string[] = []
  const server = serveMetrics({ host, port, warn: (message) => void warnings.push(message) })
  running.push(server)
  const provider = new MeterProvider({ readers: [server.reader] })
  await server.ready
  return { server, provider, warnings }
}

/** Sends raw bytes, answers with all that came back. */
function raw(port: number | undefined, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect({ port: port ?? 0, host: '127.0.0.1' }, () => socket.end(bytes, 'latin1'))
    socket.setEncoding('latin1').on('data', (more: string) => {
      answer += more
    })
    socket.on('close', () => resolve(answer)).on('error', reject)
  })
}

async function takenPort() {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  return { port: (taken.address() as AddressInfo).port, close: () => taken.close() }
}

test('any free port, told by url and port', async () => {
  const { server } = await serve(0)
  expect(server.port).toBeGreaterThan(0)
  expect(server.url).toBe(`http://127.0.0.1:${server.port}/metrics`)
  expect(server.problem).toBeUndefined()
  expect((await fetch(String(server.url))).status).toBe(200)
})

test.for([
  ['GET', '/metrics', 200],
  ['HEAD', '/metrics', 200],
  ['GET', '/metrics?name[]=up', 200],
  ['GET', '/', 404],
  ['GET', '/metrics/', 404],
  ['GET', '/metricsx', 404],
  ['POST', '/metrics', 404],
  ['OPTIONS', '/metrics', 404],
] as const)('%s %s answers %i', async ([method, path, status]) => {
  const { server } = await serve(0)
  const response = await fetch(new URL(path, server.url), { method })
  expect(response.status).toBe(status)
  if (method === 'HEAD') expect(await response.text()).toBe('')
})

test.for([
  'GET //[ HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET \\metrics HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /%zz?%zz HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /metrics HTTP/9.9\r\n\r\n',
  'GET\r\n\r\n',
  '\0\0\0\0',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  `GET /metrics HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
])('the request %j does no harm', async (request) => {
  const { server } = await serve(0)
  const answer = await raw(server.port, request).catch(() => '')
  expect(answer).toMatch(/^$|^HTTP\/1\.1 4/)
  expect((await fetch(String(server.url))).status).toBe(200)
})

test('a taken port is named with its mend, and nothing is thrown', async () => {
  const taken = await takenPort()
  const { server, warnings } = await serve(taken.port)
  const problem = `metrics are not served to Prometheus: 127.0.0.1:${taken.port} is taken by another process. Choose another port, or prometheus: { port: 'auto' } for the next free one.`
  expect(server).toMatchObject({ url: undefined, port: undefined, problem })
  expect(warnings).toEqual([problem])
  taken.close()
})

test("'auto' takes 9464, or the next free one", async () => {
  const first = await serve('auto')
  const second = await serve('auto')
  expect(first.server.port).toBeGreaterThanOrEqual(9464)
  expect(second.server.port).toBeGreaterThan(first.server.port ?? 0)
})

test('an address that is not ours, and one that does not exist', async () => {
  const { server } = await serve(0, '192.0.2.1')
  expect(server.problem).toContain('192.0.2.1:0 is no address of this machine. Choose 127.0.0.1')
  const other = await serve(0, 'no-such-host.invalid')
  expect(other.server.problem).toContain('no-such-host.invalid:0')
})

test('a host in IPv6 form', async () => {
  const { server } = await serve(0, '::1')
  if (server.problem === undefined) expect((await fetch(String(server.url))).status).toBe(200)
  else expect(server.problem).toContain('::1')
})

test('a reader that nobody collects for answers 503', async () => {
  const server = serveMetrics({ host: '127.0.0.1', port: 0, warn: () => {} })
  running.push(server)
  await server.ready
  expect((await fetch(String(server.url))).status).toBe(503)
})

test('stop() ends it, twice is once; shutting the provider down ends it too', async () => {
  const { server } = await serve(0)
  const url = String(server.url)
  await fetch(url)
  await Promise.all([server.stop(), server.stop()])
  await expect(fetch(url)).rejects.toThrow('fetch failed')
  expect(server.url).toBeUndefined()
  const other = await serve(0)
  const otherUrl = String(other.server.url)
  await other.provider.shutdown()
  await expect(fetch(otherUrl)).rejects.toThrow('fetch failed')
})

test('stop() before the port is open', async () => {
  const server = serveMetrics({ host: '127.0.0.1', port: 0, warn: () => {} })
  await server.stop()
  expect(server.url).toBeUndefined()
})

test('stop() does not wait for a client that never finishes', async () => {
  const { server } = await serve(0)
  const socket = connect({ port: server.port ?? 0, host: '127.0.0.1' }, () =>
    socket.write('GET /metrics HTTP/1.1\r\nHost: x\r\nX: '),
  )
  socket.on('error', () => {})
  await new Promise((resolve) => socket.once('connect', resolve))
  const before = performance.now()
  await server.stop()
  expect(performance.now() - before).toBeLessThan(2_000)
  socket.destroy()
})

test('a scrape is known as ours, a request to another server is not', async () => {
  const seen: boolean[] = []
  const see = (message: unknown) => void seen.push(isOwnRequest((message as { request: IncomingMessage }).request))
  subscribe('http.server.request.start', see)
  const { server } = await serve(0)
  await (await fetch(String(server.url))).text()
  const other = createServer((_, response) => response.end())
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  await (await fetch(`http://127.0.0.1:${(other.address() as AddressInfo).port}`)).text()
  unsubscribe('http.server.request.start', see)
  other.close()
  expect(seen).toEqual([true, false])
})

test('it keeps no process alive, not even with a connection open', async () => {
  const index = new URL('index.ts', import.meta.url)
  const program = `
    const { serveMetrics } = await import(${JSON.stringify(index)})
    const server = serveMetrics({ host: '127.0.0.1', port: 0, warn: console.error })
    await server.ready
    const answer = await fetch(server.url)
    await answer.text()
    console.log(answer.status)`
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@proprio/source', '--input-type=module', '--eval', program],
    { timeout: 20_000, cwd: fileURLToPath(new URL('.', import.meta.url)) },
  )
  expect({ stdout, stderr }).toEqual({ stdout: '503\n', stderr: '' })
})
