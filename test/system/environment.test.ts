// The environment's variables by what they do: what arrives at a receiver, and how, of an application that says nothing itself.
import { expect } from '@proprio/testing/vitest'
import { afterAll, beforeAll, beforeEach, test } from 'vitest'
import { type Receiver, startReceiver } from '../receiver/client.ts'
import { scenario, sending } from './child.ts'
import { hopOf, soundHealth } from './sound.ts'

let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.stop())
beforeEach(() => receiver.clear())

async function everything(env: Record<string, string>) {
  const ran = await scenario('everything', {}, { env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...env } })
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  return { ...ran, health: soundHealth(ran.answer), ...(await receiver.received()) }
}

test('how it is sent: headers, encoding, compression, each signal its own', async () => {
  const { requests, spans, health } = await everything({
    OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=a%20b,x-all=1',
    OTEL_EXPORTER_OTLP_LOGS_HEADERS: 'x-tenant=logs',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: 'http/protobuf',
    OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: 'gzip',
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${receiver.url}/v1/metrics`,
  })
  const of = (signal: string) => {
    const one = requests.find(({ path }) => path === `/v1/${signal}`)!
    return [one.type, one.encoding, one.headers['x-tenant'], one.headers['x-all']]
  }
  expect(of('traces')).toEqual(['application/json', 'gzip', 'a b', '1'])
  expect(of('logs')).toEqual(['application/json', 'identity', 'logs', '1'])
  expect(of('metrics')).toEqual(['application/x-protobuf', 'identity', 'a b', '1'])
  expect(spans).toHaveLength(hopOf(health, 'spans').exported)
})

test('what is sent: service, resource, sampler, limits, temporality', async () => {
  const { spans, logs, metrics, health } = await everything({
    OTEL_SERVICE_NAME: 'till',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test,service.version=9',
    OTEL_TRACES_SAMPLER: 'always_off',
    OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT: '5',
    OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta',
  })
  expect(spans).toEqual([])
  expect(hopOf(health, 'spans').unsampled).toBe(health.stored?.spans.written)
  expect(logs[0]?.resource).toMatchObject({
    'service.name': 'till',
    'service.version': '9',
    'deployment.environment.name': 'test',
  })
  for (const untold of ['process.command_args', 'process.command', 'process.owner', 'process.executable.path'])
    expect(metrics[0]?.resource).not.toHaveProperty([untold])
  const texts = logs.flatMap(({ attributes }) => Object.values(attributes)).filter((value) => typeof value === 'string')
  expect(Math.max(...texts.map(({ length }) => length))).toBe(5)
  const durations = metrics.filter(({ kind }) => kind === 'histogram')
  expect(new Set(durations.map(({ temporality }) => temporality))).toEqual(new Set([1]))
})

test('span limits, batches, propagators and events', async () => {
  const { spans, requests } = await everything({
    OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '2',
    OTEL_SPAN_EVENT_COUNT_LIMIT: '0',
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '4',
    OTEL_PROPAGATORS: 'none',
    OTEL_METRICS_EXPORTER: 'none',
  })
  for (const { attributes, events } of spans) {
    expect(Object.keys(attributes).length).toBeLessThanOrEqual(2)
    expect(events).toEqual([])
  }
  expect(requests.filter(({ path }) => path === '/v1/traces').length).toBeGreaterThanOrEqual(spans.length / 4)
  expect(requests.filter(({ path }) => path === '/v1/metrics')).toEqual([])
  const servers = spans.filter(({ kind }) => kind === 2)
  expect(servers.length).toBeGreaterThan(0)
  for (const { parentSpanId } of servers) expect(parentSpanId).toBeUndefined()
})

test('a signal that is off stays here, one for the console is printed', async () => {
  const env = { OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'otlp,console' }
  const { said, stderr, telemetry } = await sending('everything', {}, { env })
  const health = soundHealth(said.find(({ health }) => health !== undefined) ?? {})
  expect(stderr).toBe('')
  expect(health.account.hops.map(({ signal, exporter }) => [signal, exporter])).toEqual([
    ['logs', 'otlp_http_log_exporter'],
    ['logs', 'ConsoleLogRecordExporter'],
  ])
  expect(telemetry).toHaveSpans(0)
  expect(telemetry.metrics()).toEqual([])
  expect(telemetry.logs()).toHaveLength(health.account.hops[0]?.exported ?? Number.NaN)
  expect(telemetry).toHaveEvent('flow.workflow.retry')
  expect(said.some(({ line }) => String(line).includes('flow.workflow.retry'))).toBe(true)
})

test('metrics leave at the interval', async () => {
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_METRIC_EXPORT_INTERVAL: '100',
    OTEL_METRIC_EXPORT_TIMEOUT: '100',
    OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'lowmemory',
  }
  soundHealth((await scenario('health', { waitMs: 700 }, { env })).answer)
  const { requests } = await receiver.received()
  expect(requests.filter(({ path }) => path === '/v1/metrics').length).toBeGreaterThanOrEqual(4)
})
