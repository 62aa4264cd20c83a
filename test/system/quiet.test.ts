// What is heard of us: nothing without a reason, one plain sentence with one, and as much of OpenTelemetry's own as was asked for. And the scrape endpoint.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from '@proprio/testing/vitest'
import { afterEach, test } from 'vitest'
import { parse } from '../prometheus/strict-parser.ts'
import { scenario, sending } from './child.ts'
import { soundHealth } from './sound.ts'

const servers: Server[] = []
afterEach(() => servers.splice(0).forEach((server) => server.close()))

/** Listens on a port, which is then taken; undefined when it was already. */
function take(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer().on('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => {
      servers.push(server)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

test.each(['mjs', 'cjs'] as const)(
  'zero configuration (%s) says nothing, sends nothing, and keeps no process alive',
  async (format) => {
    const { answer, stderr, code } = await scenario('health', {}, { format })
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 })
    const health = soundHealth(answer)
    expect(health).toMatchObject({ account: { hops: [] }, warnings: [], stored: { spans: { started: 0 } } })
    expect(health.prometheus).toBeUndefined()
    expect(await scenario('nothing', {}, { format })).toMatchObject({ code: 0, said: [], stderr: '' })
  },
)

test('disabled by the environment: nothing is recorded, opened or sent, and context still works', async () => {
  const env = {
    OTEL_SDK_DISABLED: 'true',
    OTEL_METRICS_EXPORTER: 'prometheus',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
  }
  const { answer, stderr } = await scenario('burst', { count: 10 }, { env })
  const health = soundHealth(answer)
  expect(stderr).toBe('')
  expect(health).toMatchObject({ account: { hops: [] }, stored: { spans: { started: 0 } } })
  expect(Object.values(health.signals).map(({ state }) => state)).toEqual(['off', 'off', 'off'])
  expect(health.prometheus).toBeUndefined()
})

test('a bad value in the environment: one warning that names it, also in health, and the default', async () => {
  const { answer, stderr } = await scenario('health', {}, { env: { OTEL_BSP_MAX_QUEUE_SIZE: 'many' } })
  expect(stderr).toMatch(/^proprio: OTEL_BSP_MAX_QUEUE_SIZE: cannot use "many".*takes 65536\n$/)
  expect(soundHealth(answer).warnings).toMatchObject([{ about: 'OTEL_BSP_MAX_QUEUE_SIZE', value: 'many' }])
})

test('OpenTelemetry’s own diagnostics are told when asked for, by level, environment or logger', async () => {
  const misuse = 'You can only call end() on a span once'
  expect((await scenario('misuse')).stderr).toBe('')
  expect((await scenario('misuse', {}, { env: { OTEL_LOG_LEVEL: 'error' } })).stderr).toContain(misuse)
  expect((await scenario('misuse', { options: { logLevel: 'warn' } })).stderr).toContain(misuse)
  const env = { OTEL_LOG_LEVEL: 'none', OTEL_BSP_MAX_QUEUE_SIZE: 'many' }
  expect((await scenario('misuse', {}, { env })).stderr).toBe('')
  const own = await scenario('misuse', { ownLogger: true }, { env: { OTEL_BSP_MAX_QUEUE_SIZE: 'many' } })
  expect(own.stderr).toBe('')
  expect(JSON.stringify(own.answer['heard'])).toContain(misuse)
  expect(JSON.stringify(own.answer['heard'])).toContain('OTEL_BSP_MAX_QUEUE_SIZE')
})

test('a clock of the application’s own dates what emitters emit; one that fails is replaced', async () => {
  const { answer } = await scenario('clock', { now: 1_700_000_000_123.5 })
  expect(answer['times']).toEqual([1_700_000_000_123.5, 1_700_000_000_123.5])
  const before = Date.now() - 1_000
  const { answer: mended } = await scenario('clock', { now: null })
  for (const time of mended['times'] as number[]) expect(time).toBeGreaterThan(before)
})

test('ignore leaves out requests in both directions, by node:http and by fetch', async () => {
  const { answer } = await scenario('ignoring')
  expect(answer).toMatchObject({ spans: [], asked: ['outgoing', 'incoming', 'outgoing', 'incoming'] })
  soundHealth(answer)
})

test('a scrape is well-formed, has one family for requests by node:http and by fetch, and makes no span here', async () => {
  const { answer, telemetry } = await sending('traffic')
  soundHealth(answer)
  const text = answer['text'] as string
  const counts = parse(text).filter(({ name }) => name === 'http_client_request_duration_seconds_count')
  expect(counts.map(({ labels }) => labels['otel_scope_name']).toSorted()).toEqual([
    '@opentelemetry/instrumentation-http',
    '@proprio/sdk/fetch',
  ])
  expect(text.match(/^# TYPE http_client_request_duration_seconds /gm)).toHaveLength(1)
  for (const secret of ['command_args', 'process_owner', 'executable_path']) expect(text).not.toContain(secret)
  // Two requests in; three out, the last of which is the scrape, which came in at a server of ours.
  const asking = (url: RegExp) => ({
    span: 'GET',
    kind: 'client' as const,
    attributes: { 'url.full': expect.stringMatching(url) },
    exact: true,
  })
  const incoming = { span: 'GET', kind: 'server' } as const
  expect(telemetry).toHaveSpans(5)
  expect(telemetry).toHaveTrace({ ...asking(/by-http$/), children: [incoming] })
  expect(telemetry).toHaveTrace({ ...asking(/by-fetch$/), children: [incoming] })
  expect(telemetry).toHaveTrace(asking(/metrics$/))
})

test('a taken port: a clear message, health says it too, and nothing stops; the next free one only when asked', async () => {
  const port = await take(0)
  const taken = await scenario('health', { options: { prometheus: { port } } })
  expect(taken.code).toBe(0)
  expect(taken.stderr).toContain(String(port))
  expect(taken.stderr.match(/\n/g)).toHaveLength(1)
  const { prometheus } = soundHealth(taken.answer)
  expect(prometheus?.url).toBeUndefined()
  expect(taken.stderr).toContain(prometheus?.problem)
  await take(9464)
  const next = await scenario('health', { options: { prometheus: { port: 'auto' } } })
  const url = new URL(soundHealth(next.answer).prometheus?.url ?? '')
  expect([url.hostname, Number(url.port) > 9464]).toEqual(['127.0.0.1', true])
  expect(next.stderr).toBe('')
})
