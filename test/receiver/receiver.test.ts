// The witness is checked against senders that are not ours: the stock protobuf exporter, and JSON by hand.
import { SpanKind, SpanStatusCode } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startReceiver } from './client.ts'
import type { Receiver } from './client.ts'

let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.stop())
beforeEach(async () => {
  await receiver.clear()
  await receiver.fail({ kind: 'none' })
})

test('reads what the stock exporter sends', async () => {
  const exporter = new OTLPTraceExporter({ url: `${receiver.url}/v1/traces` })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'witness' }),
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  })
  const tracer = provider.getTracer('scope', '1.2.3')
  const span = tracer.startSpan('work', { kind: SpanKind.SERVER, attributes: { text: 'é', list: [1, 2], half: 0.5 } })
  span.addEvent('seen', { deep: true })
  span.setStatus({ code: SpanStatusCode.ERROR, message: 'no' })
  span.end()
  await provider.shutdown()
  const { spans, requests } = await receiver.received()
  expect(requests).toHaveLength(1)
  expect(spans).toHaveLength(1)
  expect(spans[0]).toMatchObject({
    traceId: span.spanContext().traceId,
    spanId: span.spanContext().spanId,
    name: 'work',
    kind: 2,
    attributes: { text: 'é', list: [1, 2], half: 0.5 },
    events: [{ name: 'seen', attributes: { deep: true } }],
    status: { code: 2, message: 'no' },
    scope: { name: 'scope', version: '1.2.3' },
    resource: { 'service.name': 'witness' },
  })
})

test('reads JSON, answers in JSON, and refuses what is no OTLP', async () => {
  const log = {
    timeUnixNano: '1',
    body: { stringValue: 'hello' },
    attributes: [{ key: 'n', value: { intValue: '7' } }],
  }
  const post = (body: string) =>
    fetch(`${receiver.url}/v1/logs`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
  const answer = await post(JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [log] }] }] }))
  expect([answer.status, await answer.json()]).toEqual([200, {}])
  expect((await post('{')).status).toBe(400)
  expect((await receiver.received()).logs).toMatchObject([{ time: '1', body: 'hello', attributes: { n: 7 } }])
})

test('misbehaves as asked, and comes back on the same port', async () => {
  const post = () => fetch(`${receiver.url}/v1/traces`, { method: 'POST', body: '{}' })
  await receiver.fail({ kind: 'status', status: 503, headers: { 'retry-after': '1' }, times: 1 })
  expect((await post()).headers.get('retry-after')).toBe('1')
  expect((await post()).status).toBe(200)
  await receiver.down()
  await expect(post()).rejects.toThrow('fetch failed')
  await receiver.up()
  expect((await post()).status).toBe(200)
})
