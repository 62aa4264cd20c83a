// Stock exporters, and a user's own, behind the same account: whatever they do, every record is answered for and the
// queue goes on.
import { ExportResultCode } from '@opentelemetry/core'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { InMemoryLogRecordExporter, LoggerProvider } from '@opentelemetry/sdk-logs'
import { InMemorySpanExporter, TracerProvider } from '@opentelemetry/sdk-trace'
import type { SpanExporter } from '@opentelemetry/sdk-trace'
import { expect, test } from 'vitest'
import { balance, createAccount } from '../account/index.ts'
import { stockLogs, stockSpans } from './index.ts'
import type { QueueOptions, StockOptions } from './index.ts'

function surroundings(queue: Partial<QueueOptions> = {}) {
  const warnings: string[] = []
  const warn = (message: string): void => void warnings.push(message)
  const account = createAccount({ now: Date.now, warn })
  const options: StockOptions = { account, warn, queue, clock: { now: Date.now, random: Math.random } }
  const hop = () => {
    const [snapshot] = account.snapshot().hops
    expect(balance(snapshot!)).toBe(0)
    return snapshot!
  }
  return { options, warnings, hop }
}

function tracing(exporter: SpanExporter, queue: Partial<QueueOptions> = {}, resource = resourceFromAttributes({})) {
  const { options, warnings, hop } = surroundings(queue)
  const delivery = stockSpans(exporter, options)
  const tracer = new TracerProvider({ resource, spanProcessors: [delivery.processor] }).getTracer('scope')
  const burst = (count: number, text = ''): void => {
    for (let index = 0; index < count; index++) tracer.startSpan('work', { attributes: { text } }).end()
  }
  return { delivery, burst, warnings, hop }
}

/** A user's exporter that does this. */
function exporter(act: SpanExporter['export'], more: Partial<SpanExporter> = {}): SpanExporter {
  return { export: act, shutdown: async () => undefined, ...more }
}

test('10,000 spans of one tick reach a stock exporter', async () => {
  const memory = new InMemorySpanExporter()
  const { burst, delivery, hop } = tracing(memory)
  burst(10_000)
  await delivery.flush()
  expect(memory.getFinishedSpans()).toHaveLength(10_000)
  expect(hop()).toMatchObject({ exporter: 'InMemorySpanExporter', name: 'InMemorySpanExporter/0', exported: 10_000 })
})

test('log records reach a stock exporter', async () => {
  const { options, hop } = surroundings()
  const memory = new InMemoryLogRecordExporter()
  const delivery = stockLogs(memory, options)
  const logger = new LoggerProvider({ processors: [delivery.processor] }).getLogger('scope')
  logger.emit({ body: 'hello' })
  await delivery.flush()
  expect(memory.getFinishedLogRecords()).toMatchObject([{ body: 'hello' }])
  expect(hop()).toMatchObject({ signal: 'logs', started: 1, exported: 1 })
})

test.each<[string, SpanExporter, object]>([
  [
    'throws',
    exporter(() => {
      throw new Error('mine')
    }),
    { exporter_error: 20 },
  ],
  [
    'fails',
    exporter((_spans, done) => done({ code: ExportResultCode.FAILED, error: new Error('mine') })),
    { exporter_error: 20 },
  ],
  ['never calls back', exporter(() => undefined), { export_timeout: 20 }],
])('an exporter that %s loses its batches, counted', async (_name, own, dropped) => {
  const { burst, delivery, warnings, hop } = tracing(own, { batchRecords: 10, exportTimeoutMs: 30 })
  burst(20)
  expect(await delivery.flush(2_000)).toBe(true)
  expect(hop()).toMatchObject({ exported: 0, dropped })
  expect(warnings).toHaveLength(1)
})

test('an exporter that calls back twice, or late, is believed once', async () => {
  const later: (() => void)[] = []
  const own = exporter((_spans, done) => {
    later.push(() => done({ code: ExportResultCode.SUCCESS }))
    if (later.length > 1) later.at(-1)!()
  })
  const { burst, delivery, hop } = tracing(own, { batchRecords: 5, exportTimeoutMs: 30 })
  burst(10)
  await delivery.flush(2_000)
  for (const done of later) done()
  expect(hop()).toMatchObject({ exported: 5, dropped: { export_timeout: 5 } })
})

test('a flush and a shutdown reach the exporter, and an exporter that hangs in them holds up nothing', async () => {
  const calls: string[] = []
  const own = exporter((_spans, done) => done({ code: ExportResultCode.SUCCESS }), {
    forceFlush: async () => void calls.push('flush'),
    shutdown() {
      calls.push('shutdown')
      return new Promise(() => undefined)
    },
  })
  const { burst, delivery, hop } = tracing(own)
  burst(1)
  expect(await delivery.shutdown(200)).toEqual({ flushed: 1, dropped: 0, timedOut: false })
  expect(calls.at(-1)).toBe('shutdown')
  expect(calls).toContain('flush')
  expect(hop()).toMatchObject({ exported: 1 })
})

test('the queue is bounded in estimated bytes and in records', async () => {
  const waiting = exporter(() => undefined)
  const bytes = tracing(waiting, { maxBytes: 100_000 })
  bytes.burst(100, 'x'.repeat(5_000))
  expect(bytes.hop().bytes).toBeLessThanOrEqual(100_000)
  expect(bytes.hop().dropped.queue_full).toBeGreaterThan(85)
  const records = tracing(waiting, { maxRecords: 7, batchRecords: 5 })
  records.burst(10)
  expect(records.hop()).toMatchObject({ queued: 7, dropped: { queue_full: 3 } })
  await Promise.all([bytes.delivery.shutdown(0), records.delivery.shutdown(0)])
  expect(records.hop()).toMatchObject({ queued: 0, inFlight: 0, dropped: { queue_full: 3, shutdown_deadline: 7 } })
})

test('asynchronous resource attributes are waited for', async () => {
  const memory = new InMemorySpanExporter()
  const late = new Promise<string>((resolve) => setTimeout(resolve, 50, 'there'))
  const { burst, delivery } = tracing(memory, {}, resourceFromAttributes({ late }))
  burst(1)
  await delivery.flush()
  expect(memory.getFinishedSpans()[0]!.resource.attributes).toEqual({ late: 'there' })
})
