// Metrics over OTLP, and the account as metrics: read from the receiver, in data points, without end or recursion.
import { resourceFromAttributes } from '@opentelemetry/resources'
import { AggregationTemporality, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { startReceiver } from '../../../../test/receiver/client.ts'
import type { Receiver } from '../../../../test/receiver/client.ts'
import { sending, tracing } from './fixtures/sending.ts'
import type { Given } from './fixtures/sending.ts'
import { observeAccount } from '../account/index.ts'
import { otlpMetrics } from './index.ts'

let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.stop())
beforeEach(() => receiver.clear())

function metering(given: Given = {}) {
  const { options, hop, warnings, account } = sending(receiver, '/v1/metrics', given)
  const delivery = otlpMetrics(options)
  const reader = new PeriodicExportingMetricReader({ exporter: delivery.exporter, exportIntervalMillis: 60_000 })
  const provider = new MeterProvider({
    resource: resourceFromAttributes({ 'service.name': 'test' }),
    readers: [reader],
  })
  onTestFinished(async () => {
    await receiver.fail({ kind: 'none' })
    await delivery.shutdown(200)
    await provider.shutdown()
  })
  return { delivery, provider, meter: provider.getMeter('scope'), hop, warnings, account }
}

describe.each(['http/protobuf', 'http/json'] as const)('%s', (protocol) => {
  test('what a reader collects arrives, counted in data points', async () => {
    const { meter, provider, hop } = metering({ endpoint: { protocol, compression: 'gzip' } })
    meter.createCounter('things', { unit: '{thing}' }).add(3, { kind: 'a' })
    meter.createHistogram('duration', { unit: 's' }).record(0.5)
    await provider.forceFlush()
    const { metrics } = await receiver.received()
    expect(metrics).toMatchObject([
      {
        name: 'things',
        kind: 'sum',
        monotonic: true,
        temporality: AggregationTemporality.CUMULATIVE + 1,
        points: [{ value: 3, attributes: { kind: 'a' } }],
        resource: { 'service.name': 'test' },
      },
      { name: 'duration', kind: 'histogram', points: [{ count: protocol === 'http/json' ? 1 : '1', sum: 0.5 }] },
    ])
    expect(hop()).toMatchObject({ signal: 'metrics', started: 2, exported: 2, inFlight: 0 })
  })

  test('what a receiver refuses or loses is counted', async () => {
    const { meter, provider, hop } = metering({ endpoint: { protocol }, retry: { ageMs: 0 } })
    const counter = meter.createCounter('things')
    counter.add(1, { kind: 'a' })
    counter.add(1, { kind: 'b' })
    await receiver.fail({ kind: 'partial', rejected: 1, message: 'late', times: 1 })
    await provider.forceFlush()
    await receiver.fail({ kind: 'status', status: 400, times: 1 })
    await provider.forceFlush().catch(() => undefined)
    await receiver.fail({ kind: 'status', status: 503, times: 1 })
    await provider.forceFlush().catch(() => undefined)
    expect(hop()).toMatchObject({
      started: 6,
      exported: 1,
      rejected: 1,
      dropped: { permanent_status: 2, retry_exhausted: 2 },
    })
  })
})

test('a shutdown is bounded when the receiver hangs', async () => {
  const { meter, delivery, provider, hop } = metering()
  await receiver.fail({ kind: 'hang' })
  meter.createCounter('things').add(1)
  void provider.forceFlush().catch(() => undefined)
  await expect.poll(hop).toMatchObject({ inFlight: 1 })
  expect(await delivery.shutdown(100)).toEqual({ flushed: 0, dropped: 1, timedOut: true })
  expect(hop()).toMatchObject({ dropped: { shutdown_deadline: 1 } })
})

test('the account is told as otel.sdk metrics, and telling it starts nothing', async () => {
  const spans = tracing(receiver, { queue: { maxRecords: 1_000 } })
  const { meter, provider } = metering()
  const stop = observeAccount(meter, spans.account)
  spans.burst(5)
  spans.tracer.startSpan('poisoned').end(Number.NaN)
  spans.tracer.startSpan('running')
  const collected = async () => {
    await receiver.clear()
    await provider.forceFlush()
    const { metrics } = await receiver.received()
    return Object.fromEntries(
      metrics.map(({ name, points }) => [name, points.map(({ value, attributes }) => ({ value, ...attributes }))]),
    )
  }
  const processor = {
    'otel.component.type': 'batching_span_processor',
    'otel.component.name': 'batching_span_processor/0',
  }
  const exporter = {
    'otel.component.type': 'otlp_http_span_exporter',
    'otel.component.name': 'otlp_http_span_exporter/0',
  }
  expect(await collected()).toEqual({
    'otel.sdk.span.started': [{ value: 7 }],
    'otel.sdk.span.live': [{ value: 1 }],
    'otel.sdk.processor.span.queue.size': [{ value: 5, ...processor }],
    'otel.sdk.processor.span.queue.capacity': [{ value: 1_000, ...processor }],
    'otel.sdk.processor.span.processed': [
      { value: 0, ...processor },
      { value: 1, ...processor, 'error.type': 'serialize_error' },
    ],
    'otel.sdk.exporter.span.inflight': [{ value: 0, ...exporter }],
    'otel.sdk.exporter.span.exported': [{ value: 0, ...exporter }],
  })
  await receiver.fail({ kind: 'partial', rejected: 1, message: 'old', times: 1 })
  await spans.delivery.flush()
  expect(await collected()).toMatchObject({
    'otel.sdk.processor.span.queue.size': [{ value: 0 }],
    'otel.sdk.processor.span.processed': [{ value: 5 }, { value: 1 }],
    'otel.sdk.exporter.span.exported': [{ value: 4 }, { value: 1, 'error.type': 'rejected' }],
  })
  expect(spans.hop()).toMatchObject({ started: 7 })
  stop()
  spans.burst(1)
  expect(await collected()).toMatchObject({ 'otel.sdk.span.started': [{ value: 7 }] })
})

test('an account that is exported through itself counts each collection once', async () => {
  const { meter, provider, account, hop } = metering()
  observeAccount(meter, account)
  await provider.forceFlush()
  expect(hop()).toMatchObject({ started: 2, exported: 2 })
  await provider.forceFlush()
  expect(hop()).toMatchObject({ started: 4, exported: 4 })
  const { metrics } = await receiver.received()
  expect(metrics.map(({ points }) => points.map(({ value }) => value))).toEqual([[0], [0], [0], [2]])
})
