// Nothing is lost silently: what a real provider hands over arrives at a real receiver in another process as it was, a
// poisoned record is lost alone, and the account closes to zero each time.
import { context, SpanStatusCode, TraceFlags } from '@opentelemetry/api'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { LoggerProvider } from '@opentelemetry/sdk-logs'
import { AlwaysOffSampler, createAlwaysRecordSampler, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startReceiver } from '../../../../test/receiver/client.ts'
import type { Receiver } from '../../../../test/receiver/client.ts'
import { sending, tracing } from './fixtures/sending.ts'
import { otlpLogs, otlpSpans } from './index.ts'

let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.stop())
beforeEach(() => receiver.clear())

const protocols = ['http/protobuf', 'http/json'] as const

describe.each(protocols)('%s', (protocol) => {
  test('a span arrives as it was', async () => {
    const { tracer, delivery, hop } = tracing(receiver, { endpoint: { protocol, compression: 'gzip' } })
    const span = tracer.startSpan('work', { attributes: { text: 'żółć', list: ['a'], half: 0.5 } })
    span.addEvent('seen', { n: 1 })
    span.setStatus({ code: SpanStatusCode.ERROR, message: 'no' })
    span.end()
    expect(await delivery.flush()).toBe(true)
    const { spans, requests } = await receiver.received()
    expect(spans).toMatchObject([
      {
        traceId: span.spanContext().traceId,
        spanId: span.spanContext().spanId,
        attributes: { text: 'żółć', list: ['a'], half: 0.5 },
        events: [{ name: 'seen', attributes: { n: 1 } }],
        status: { code: 2, message: 'no' },
        scope: { name: 'scope', version: '1' },
        resource: { 'service.name': 'test' },
      },
    ])
    expect(requests).toMatchObject([{ encoding: 'gzip', headers: { 'x-test': 'yes' } }])
    expect(hop()).toMatchObject({ started: 1, exported: 1, queued: 0, inFlight: 0 })
  })

  test('of 512 spans with one poisoned each way, the others arrive', async () => {
    const { tracer, burst, delivery, warnings, hop } = tracing(receiver, { endpoint: { protocol } })
    const bad = null as never
    const poisons: ((span: ReturnType<typeof tracer.startSpan>) => void)[] = [
      (span) => span.updateName(bad).end(),
      (span) => span.addEvent(bad).end(),
      (span) => span.addLink({ context: bad }).end(),
      (span) => span.end(Number.NaN),
    ]
    const sent = poisons.flatMap((poison) => {
      const before = burst(127)
      poison(tracer.startSpan('poisoned'))
      return before
    })
    await delivery.flush()
    expect(new Set((await receiver.ids()).spans)).toEqual(new Set(sent))
    expect(hop()).toMatchObject({ started: 512, exported: 508, dropped: { serialize_error: 4 } })
    expect(warnings[0]).toBe(`spans: losing records: serialize_error 1 (${hop().name})`)
  })

  test('asynchronous resource attributes are waited for, but not for ever', async () => {
    const soon = new Promise<string>((resolve) => setTimeout(resolve, 50, 'there'))
    const late = new Promise<string>((resolve) => setTimeout(resolve, 400, 'there'))
    for (const [attribute, expected] of [
      [soon, [{ it: 'there' }]],
      [late, [{}, { it: 'there' }]],
    ] as const) {
      await receiver.clear()
      const { options, hop } = sending(receiver, '/v1/traces', { endpoint: { protocol, timeoutMs: 200 } })
      const delivery = otlpSpans(options)
      const resource = resourceFromAttributes({ it: attribute })
      const tracer = new TracerProvider({ resource, spanProcessors: [delivery.processor] }).getTracer('scope')
      for (const _ of expected) {
        tracer.startSpan('work').end()
        await delivery.flush()
        await resource.waitForAsyncAttributes?.()
      }
      await delivery.shutdown()
      expect((await receiver.received()).spans.map((span) => span.resource)).toEqual(expected)
      expect(hop()).toMatchObject({ exported: expected.length })
    }
  })

  test('spans of several scopes arrive with their own', async () => {
    const { provider, delivery, hop } = tracing(receiver, { endpoint: { protocol } })
    for (let index = 0; index < 90; index++) {
      const span = provider.getTracer(`scope ${index % 3}`).startSpan(`span of ${index % 3}`)
      span.end()
    }
    await delivery.flush()
    const { spans } = await receiver.received()
    expect(spans).toHaveLength(90)
    for (const { name, scope } of spans) expect(scope.name).toBe(name.replace('span of', 'scope'))
    expect(hop()).toMatchObject({ exported: 90 })
  })

  test('log records arrive, those of unsampled traces too', async () => {
    const { options, hop } = sending(receiver, '/v1/logs', { endpoint: { protocol } })
    const delivery = otlpLogs(options)
    const logger = new LoggerProvider({ processors: [delivery.processor] }).getLogger('scope')
    logger.emit({ body: { deep: [1, null] }, eventName: 'event', severityNumber: 13, attributes: { a: { b: 1 } } })
    logger.emit({ body: 'plain', context: context.active() })
    await delivery.shutdown()
    const { logs } = await receiver.received()
    expect(logs).toMatchObject([
      { body: { deep: [1, null] }, eventName: 'event', severityNumber: 13, attributes: { a: { b: 1 } } },
      { body: 'plain' },
    ])
    expect(hop()).toMatchObject({ signal: 'logs', started: 2, exported: 2 })
  })
})

test('unsampled spans are counted and stay here', async () => {
  const { burst, delivery, hop } = tracing(receiver, { sampler: createAlwaysRecordSampler(new AlwaysOffSampler()) })
  burst(10)
  await delivery.flush()
  expect(hop()).toMatchObject({ started: 10, unsampled: 10, exported: 0 })
  expect((await receiver.ids()).requests).toBe(0)
})

test('a running span is live until it ends', async () => {
  const { tracer, delivery, hop } = tracing(receiver)
  const span = tracer.startSpan('long')
  expect(hop()).toMatchObject({ started: 1, live: 1, queued: 0 })
  span.end()
  expect(hop()).toMatchObject({ live: 0, queued: 1 })
  await delivery.flush()
  expect(hop()).toMatchObject({ exported: 1 })
})

test('a scope that cannot be encoded loses its own spans only', async () => {
  const { provider, burst, delivery, hop } = tracing(receiver)
  burst(3)
  provider
    .getTracer(5 as never)
    .startSpan('of a scope without a name')
    .end()
  burst(3)
  await delivery.flush()
  expect(hop()).toMatchObject({ exported: 6, dropped: { serialize_error: 1 } })
})

test('a span that ends in a getter of another span is kept', async () => {
  const { tracer, burst, delivery, hop } = tracing(receiver)
  const span = tracer.startSpan('outer')
  Object.defineProperty(span, 'links', {
    get() {
      burst(2)
      return []
    },
  })
  span.end()
  await delivery.flush()
  expect(hop()).toMatchObject({ started: 3, exported: 3 })
  expect((await receiver.ids()).spans).toHaveLength(3)
})

test('trace flags other than sampled do not matter', async () => {
  const { tracer, delivery, hop } = tracing(receiver)
  const span = tracer.startSpan('work')
  expect(span.spanContext().traceFlags).toBe(TraceFlags.SAMPLED)
  span.spanContext().traceFlags = 3
  span.end()
  await delivery.flush()
  expect(hop()).toMatchObject({ exported: 1 })
})
