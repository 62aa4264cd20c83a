// The queue's bounds: bursts arrive whole or are counted, batches are no larger than they may be.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startReceiver } from '../../../../test/receiver/client.ts'
import type { Receiver } from '../../../../test/receiver/client.ts'
import { tracing } from './fixtures/sending.ts'

let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.stop())
beforeEach(() => receiver.clear())

test('10,000 spans in one tick arrive whole', async () => {
  const { burst, delivery, hop } = tracing(receiver)
  const sent = burst(10_000)
  expect(hop()).toMatchObject({ queued: 10_000 })
  await delivery.flush()
  expect(new Set((await receiver.ids()).spans)).toEqual(new Set(sent))
  expect(hop()).toMatchObject({ started: 10_000, exported: 10_000, droppedTotal: 0 })
})

test('100,000 spans in one tick arrive or are counted', async () => {
  const { burst, delivery, warnings, hop } = tracing(receiver, { queue: { maxBytes: 4 << 20 } })
  burst(100_000)
  const { bytes, queued, dropped } = hop()
  expect(bytes).toBeLessThanOrEqual(4 << 20)
  expect(queued + dropped.queue_full!).toBe(100_000)
  await delivery.shutdown(20_000)
  const { spans } = await receiver.ids()
  expect(new Set(spans).size).toBe(queued)
  expect(hop()).toMatchObject({ started: 100_000, exported: queued, dropped: { queue_full: 100_000 - queued } })
  expect(warnings).toEqual([
    expect.stringContaining('losing records: queue_full 1 '),
    expect.stringContaining(`${100_000 - queued} lost in all`),
  ])
})

test('a bound in records is kept', async () => {
  const { burst, delivery, hop } = tracing(receiver, { queue: { maxRecords: 2_048 } })
  burst(3_000)
  expect(hop()).toMatchObject({ queued: 2_048, maxRecords: 2_048, dropped: { queue_full: 952 } })
  await delivery.flush()
  expect(hop()).toMatchObject({ exported: 2_048 })
})

test('a span larger than the queue is dropped as too large', async () => {
  const { tracer, burst, delivery, hop } = tracing(receiver, { queue: { maxBytes: 100_000 } })
  tracer.startSpan('large', { attributes: { text: 'x'.repeat(200_000) } }).end()
  burst(5)
  await delivery.flush()
  expect(hop()).toMatchObject({ exported: 5, dropped: { too_large: 1 } })
})

test('batches end at their bounds and leave without the timer', async () => {
  const { burst, hop } = tracing(receiver, { queue: { batchRecords: 10, delayMs: 60_000 } })
  burst(25)
  await expect.poll(hop).toMatchObject({ exported: 20, queued: 5 })
  const bytes = tracing(receiver, { queue: { batchBytes: 1_000, delayMs: 60_000 } })
  bytes.burst(100)
  await expect.poll(() => bytes.hop().queued).toBeLessThan(10)
  const { requests } = await receiver.received()
  for (const request of requests) expect(request.bytes).toBeLessThan(1_200)
})

test('the timer takes what a full batch does not', async () => {
  const { burst, hop } = tracing(receiver, { queue: { delayMs: 30 } })
  burst(5)
  await expect.poll(hop).toMatchObject({ exported: 5 })
})

test('a batch that hangs holds up no other', async () => {
  const { burst, hop } = tracing(receiver, { queue: { batchRecords: 10, delayMs: 30 } })
  await receiver.fail({ kind: 'hang', times: 1 })
  burst(10)
  await expect.poll(async () => (await receiver.ids()).requests).toBe(1)
  burst(3)
  await expect.poll(hop).toMatchObject({ exported: 3, inFlight: 10 })
})
