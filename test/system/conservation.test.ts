// Conservation through register(): bursts, small queues, receivers that refuse, hang and come back. Whatever happens, every record is accounted for, and
// flush() and shutdown() say what became of it.
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
beforeEach(async () => {
  await receiver.clear()
  await receiver.fail({ kind: 'none' })
})

const spansOnly = () => ({ otlp: { endpoint: receiver.url, metrics: false } })

test('a burst of 10,000 in one tick arrives whole', async () => {
  const { answer, stderr } = await scenario('burst', { options: spansOnly(), count: 10_000 })
  const health = soundHealth(answer)
  expect(answer['flushed']).toEqual({ flushed: 10_000, dropped: 0, timedOut: false })
  expect(hopOf(health, 'spans')).toMatchObject({
    started: 10_000,
    exported: 10_000,
    droppedTotal: 0,
    queued: 0,
    inFlight: 0,
  })
  expect(new Set((await receiver.ids()).spans).size).toBe(10_000)
  expect(stderr).toBe('')
})

test('100,000 in one tick arrive or are counted, and the first loss is told once', async () => {
  const { answer, stderr } = await scenario('burst', { options: spansOnly(), count: 100_000 })
  const { started, exported, dropped, queued, inFlight } = hopOf(soundHealth(answer), 'spans')
  expect({ started, queued, inFlight }).toEqual({ started: 100_000, queued: 0, inFlight: 0 })
  expect(exported + (dropped.queue_full ?? 0)).toBe(100_000)
  expect(exported).toBeGreaterThanOrEqual(10_000)
  expect(new Set((await receiver.ids()).spans).size).toBe(exported)
  expect(stderr.split('\n').filter((line) => line.includes('losing records'))).toHaveLength(1)
})

test('a queue made small by the environment: the rest is counted as queue_full', async () => {
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_BSP_MAX_QUEUE_SIZE: '1000',
    OTEL_METRICS_EXPORTER: 'none',
  }
  const { answer } = await scenario('burst', { count: 5_000 }, { env })
  const hop = hopOf(soundHealth(answer), 'spans')
  expect(hop).toMatchObject({ maxRecords: 1_000, started: 5_000, exported: 1_000, dropped: { queue_full: 4_000 } })
  expect((await receiver.ids()).spans).toHaveLength(1_000)
})

test('unsampled spans are recorded, stored, and not exported', async () => {
  const options = { ...spansOnly(), sampler: 'always_off' }
  const { answer } = await scenario('burst', { options, count: 100 })
  const health = soundHealth(answer)
  expect(hopOf(health, 'spans')).toMatchObject({ started: 100, unsampled: 100, exported: 0, queued: 0 })
  expect(health.stored?.spans).toEqual({ started: 100, live: 0, written: 100, lost: 0 })
})

test('flush() waits for exports in flight; after shutdown() everything is counted, and a second one gives the same answer', async () => {
  await receiver.fail({ kind: 'slow', ms: 300 })
  const { answer } = await scenario('outcomes', { options: spansOnly(), count: 1_000 })
  const health = soundHealth(answer)
  expect(answer['flushed']).toEqual({ flushed: 1_000, dropped: 0, timedOut: false })
  expect(answer['shut']).toEqual({ flushed: 0, dropped: 0, timedOut: false })
  expect(answer['again']).toEqual(answer['shut'])
  expect(hopOf(health, 'spans')).toMatchObject({ started: 1_001, exported: 1_000, dropped: { already_shutdown: 1 } })
})

test('a receiver that never answers: flush() says it timed out, shutdown() is bounded and says what was lost', async () => {
  await receiver.fail({ kind: 'hang' })
  const began = performance.now()
  const { answer, code } = await scenario('outcomes', {
    options: spansOnly(),
    count: 1_000,
    flush: { deadlineMs: 300 },
    shutdown: { deadlineMs: 1_000 },
  })
  expect(performance.now() - began).toBeLessThan(6_000)
  expect(code).toBe(0)
  const health = soundHealth(answer)
  expect(answer['flushed']).toEqual({ flushed: 0, dropped: 0, timedOut: true })
  expect(answer['shut']).toEqual({ flushed: 0, dropped: 1_000, timedOut: true })
  expect(hopOf(health, 'spans').dropped).toEqual({ shutdown_deadline: 1_000, already_shutdown: 1 })
})

test('a receiver that never answers metrics: both say it timed out', async () => {
  await receiver.fail({ kind: 'hang' })
  const { answer } = await scenario('outcomes', {
    options: { otlp: { endpoint: receiver.url, traces: false, logs: false }, shutdownTimeoutMs: 1_000 },
    count: 10,
    flush: { deadlineMs: 300 },
  })
  const health = soundHealth(answer)
  expect(answer).toMatchObject({ flushed: { timedOut: true }, shut: { flushed: 0, timedOut: true } })
  expect(hopOf(health, 'metrics')).toMatchObject({ queued: 0, inFlight: 0, exported: 0 })
  expect((answer['shut'] as { dropped: number }).dropped).toBe(hopOf(health, 'metrics').droppedTotal)
})

test('a refusal is a loss with its reason; a partial success is a rejection; both are in the outcome', async () => {
  await receiver.fail({ kind: 'status', status: 400 })
  const refused = await scenario('burst', { options: spansOnly(), count: 100 })
  expect(refused.answer['flushed']).toEqual({ flushed: 0, dropped: 100, timedOut: false })
  expect(hopOf(soundHealth(refused.answer), 'spans').dropped).toEqual({ permanent_status: 100 })
  expect(refused.stderr).toContain('permanent_status 100')
  await receiver.fail({ kind: 'partial', rejected: 3, message: 'three too many' })
  const partly = await scenario('burst', { options: spansOnly(), count: 100 })
  expect(partly.answer['flushed']).toEqual({ flushed: 97, dropped: 3, timedOut: false })
  expect(hopOf(soundHealth(partly.answer), 'spans')).toMatchObject({ exported: 97, rejected: 3 })
})

test('a receiver that was away: what waited arrives when it is back', async () => {
  await receiver.fail({ kind: 'status', status: 503, times: 1 })
  const { answer } = await scenario('burst', { options: spansOnly(), count: 1_000 })
  expect(answer['flushed']).toEqual({ flushed: 1_000, dropped: 0, timedOut: false })
  soundHealth(answer)
  expect(new Set((await receiver.ids()).spans).size).toBe(1_000)
})

test('stock exporters, good, failing, throwing and silent, are each behind an account of their own', async () => {
  const { answer } = await scenario('stockExporters', { count: 100, flush: { deadlineMs: 500 } })
  const health = soundHealth(answer)
  const byName = Object.fromEntries(health.account.hops.map((hop) => [hop.exporter, hop]))
  expect(byName['InMemorySpanExporter']).toMatchObject({ exported: 100, queued: 0 })
  expect(byName['Failing']).toMatchObject({ exported: 0, dropped: { exporter_error: 100 } })
  expect(byName['Throwing']).toMatchObject({ exported: 0, dropped: { exporter_error: 100 } })
  expect(byName['Silent']).toMatchObject({ exported: 0, dropped: { shutdown_deadline: 100 } })
  expect(answer).toMatchObject({
    flushed: { flushed: 100, dropped: 200, timedOut: true },
    shut: { flushed: 0, dropped: 100, timedOut: true },
  })
})

test('the account is also there as otel.sdk.* metrics, and the export of metrics is in it', async () => {
  const { answer, telemetry } = await sending('outcomes', { count: 50 })
  soundHealth(answer)
  expect(telemetry).toHaveSpans(50, 'work')
  expect(telemetry).toHaveMetric('otel.sdk.span.started', { value: 50 })
  const dimensions = { 'otel.component.type': 'otlp_http_span_exporter' }
  expect(telemetry).toHaveMetric('otel.sdk.exporter.span.exported', { value: 50, dimensions })
  expect(telemetry).toHaveMetric('otel.sdk.processor.span.queue.capacity', { value: 65_536 })
})
