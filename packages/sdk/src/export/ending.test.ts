// Flushes, shutdowns and outages: what was promised to wait waits, what is bounded ends, what is lost is booked.
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

test('a flush waits for the export in flight, and for no record of later', async () => {
  const { burst, delivery, hop } = tracing(receiver, { queue: { batchRecords: 10 } })
  await receiver.fail({ kind: 'slow', ms: 200 })
  burst(10)
  await expect.poll(hop).toMatchObject({ inFlight: 10 })
  const flushed = delivery.flush()
  burst(5)
  expect(await flushed).toBe(true)
  expect(hop()).toMatchObject({ exported: 10, queued: 5 })
  expect(await delivery.flush(10)).toBe(false)
})

test('a shutdown flushes, answers honestly, and answers again', async () => {
  const { burst, delivery, hop } = tracing(receiver)
  burst(1_000)
  const result = await delivery.shutdown()
  expect(result).toEqual({ flushed: 1_000, dropped: 0, timedOut: false })
  burst(2)
  expect(await delivery.shutdown()).toBe(result)
  expect(hop()).toMatchObject({ started: 1_002, exported: 1_000, dropped: { already_shutdown: 2 } })
})

test('a shutdown is bounded when the receiver hangs', async () => {
  const { burst, delivery, hop } = tracing(receiver)
  await receiver.fail({ kind: 'hang' })
  burst(4_000)
  const begin = performance.now()
  expect(await delivery.shutdown(300)).toEqual({ flushed: 0, dropped: 4_000, timedOut: true })
  expect(performance.now() - begin).toBeLessThan(550)
  expect(hop()).toMatchObject({ dropped: { shutdown_deadline: 4_000 }, queued: 0, inFlight: 0 })
})

test('a receiver that is down for 3 s loses nothing', async () => {
  const { burst, delivery, warnings, hop } = tracing(receiver, { queue: { batchRecords: 100, delayMs: 50 } })
  const sent = burst(250)
  await delivery.flush()
  await receiver.down()
  for (let second = 0; second < 3; second++) {
    sent.push(...burst(500))
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
  expect(hop().exported).toBe(250)
  await receiver.up()
  await expect.poll(hop, { timeout: 5_000 }).toMatchObject({ exported: 1_750, droppedTotal: 0 })
  expect((await receiver.ids()).spans.toSorted()).toEqual(sent.toSorted())
  expect(warnings).toEqual([
    expect.stringMatching(/ECONN(REFUSED|RESET); trying again, nothing is lost yet$/),
    expect.stringMatching(/reached again after \d+ failed attempts$/),
  ])
}, 15_000)

test('what is not sent can be handed over, and is settled', async () => {
  const { burst, delivery, hop } = tracing(receiver, { queue: { batchRecords: 10 } })
  await receiver.fail({ kind: 'hang' })
  const sent = burst(25)
  await expect.poll(hop).toMatchObject({ inFlight: 20 })
  const requests = delivery.unsent()
  expect(requests.map(({ records }) => records)).toEqual([10, 10, 5])
  expect(hop()).toMatchObject({ queued: 0, inFlight: 25 })
  await receiver.fail({ kind: 'none' })
  for (const { url, headers, body, settle } of requests.slice(0, 2)) {
    settle((await fetch(url, { method: 'POST', headers, body: body })).ok)
  }
  requests[2]!.settle(false)
  expect((await receiver.ids()).spans).toEqual(sent.slice(0, 20))
  expect(hop()).toMatchObject({ exported: 20, inFlight: 0, dropped: { process_lost: 5 } })
})
