// Every answer a receiver can give, and every way it can fail to: what is tried again arrives once it is well, what must
// not be tried again is not, and the account says which it was.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startReceiver } from '../../../../../test/receiver/client.ts'
import type { Receiver } from '../../../../../test/receiver/client.ts'
import type { Fault } from '../../../../../test/receiver/faults.ts'
import { tracing } from '../fixtures/sending.ts'
import type { HopSnapshot } from '../../account/index.ts'
import { answerOf, retryAfter } from './answer.ts'

let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.stop())
beforeEach(() => receiver.clear())

const protocols = ['http/protobuf', 'http/json'] as const
const arrived = { exported: 10, droppedTotal: 0, rejected: 0 }
const refused = { exported: 0, dropped: { permanent_status: 10 } }
const status = (code: number, headers: Record<string, string> = {}): Fault => ({
  kind: 'status',
  status: code,
  headers,
  times: 1,
})

/** What happens once, what the account says, and how many requests there were. */
type Row = [name: string, fault: Fault, account: Partial<HopSnapshot>, requests: number]
const table: Row[] = [
  ...[429, 502, 503, 504].map((code): Row => [`${code} is tried again`, status(code), arrived, 2]),
  ...[400, 401, 403, 404, 405, 408, 409, 415, 422, 500, 501, 505, 511].map((code): Row => [
    `${code} is final`,
    status(code),
    refused,
    1,
  ]),
  ...[301, 302, 303, 307, 308].map((code): Row => [
    `${code} is not followed`,
    status(code, { location: '/v1/traces' }),
    refused,
    1,
  ]),
  ['202 is a success', status(202), arrived, 1],
  ['413 halves the batch', status(413), arrived, 3],
  ['Retry-After 0', status(503, { 'retry-after': '0' }), arrived, 2],
  ['Retry-After in the past', status(503, { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }), arrived, 2],
  ['Retry-After that is no number', status(429, { 'retry-after': 'soon' }), arrived, 2],
  ['Retry-After that is negative', status(429, { 'retry-after': '-5' }), arrived, 2],
  ['a connection cut before the answer', { kind: 'reset', when: 'request', times: 1 }, arrived, 2],
  ['a connection cut after the headers', { kind: 'reset', when: 'headers', times: 1 }, arrived, 2],
  ['no answer', { kind: 'hang', times: 1 }, arrived, 2],
  ['an answer that drips', { kind: 'drip', times: 1 }, arrived, 2],
  ['an answer without an end', { kind: 'flood', times: 1 }, arrived, 1],
  ['an answer that is no OTLP', { kind: 'garbage', times: 1 }, arrived, 1],
  ['a partial success', { kind: 'partial', rejected: 3, message: 'old', times: 1 }, { exported: 7, rejected: 3 }, 1],
  ['a warning only', { kind: 'partial', rejected: 0, message: 'slow down', times: 1 }, arrived, 1],
]

describe.each(protocols)('%s', (protocol) => {
  test.each(table)('%s', async (_name, fault, account, requests) => {
    const { burst, delivery, hop } = tracing(receiver, { endpoint: { protocol, timeoutMs: 250 } })
    await receiver.fail(fault)
    burst(10)
    expect(await delivery.flush(5_000)).toBe(true)
    expect(hop()).toMatchObject({ started: 10, ...account, queued: 0, inFlight: 0 })
    expect((await receiver.ids()).requests).toBe(requests)
  })

  test('413 to everything ends at single records', async () => {
    const { burst, delivery, hop } = tracing(receiver, { endpoint: { protocol } })
    await receiver.fail({ kind: 'limit', bytes: 10 })
    burst(10)
    await delivery.flush()
    expect(hop()).toMatchObject({ exported: 0, dropped: { too_large: 10 } })
  })

  test('413 to large requests delivers in smaller ones', async () => {
    const { burst, provider, delivery, hop } = tracing(receiver, { endpoint: { protocol } })
    const sent = burst(50)
    for (let index = 0; index < 51; index++) {
      const span = provider.getTracer(`scope ${index % 3}`).startSpan('other')
      span.end()
      sent.push(span.spanContext().spanId)
    }
    await receiver.fail({ kind: 'limit', bytes: 4_000 })
    await delivery.flush()
    expect(hop()).toMatchObject({ exported: 101, droppedTotal: 0 })
    const { spans } = await receiver.ids()
    expect(spans.toSorted()).toEqual(sent.toSorted())
  })
})

test('a receiver that refuses seven of ten requests loses nothing', async () => {
  const { burst, delivery, hop } = tracing(receiver, { queue: { batchRecords: 50 } })
  await receiver.fail({ kind: 'share', share: 0.7 })
  const sent = burst(500)
  expect(await delivery.flush(20_000)).toBe(true)
  expect((await receiver.ids()).spans.toSorted()).toEqual(sent.toSorted())
  expect(hop()).toMatchObject({ exported: 500 })
})

test('an idle connection that the receiver has closed is no failure', async () => {
  const { burst, delivery, warnings, hop } = tracing(receiver, { retry: { firstMs: 60_000 } })
  burst(1)
  await delivery.flush()
  await receiver.fail({ kind: 'reset', when: 'request', times: 1 })
  burst(1)
  expect(await delivery.flush(2_000)).toBe(true)
  expect(hop()).toMatchObject({ exported: 2 })
  expect((await receiver.ids()).requests).toBe(3)
  expect(warnings).toEqual([])
})

test('batches leave side by side, and a flush waits for the slowest', async () => {
  const { burst, delivery, hop } = tracing(receiver, { queue: { batchRecords: 10 } })
  await receiver.fail({ kind: 'slow', ms: 300, times: 1 })
  const begin = performance.now()
  burst(80)
  await expect.poll(hop).toMatchObject({ exported: 70, inFlight: 10 })
  expect(performance.now() - begin).toBeLessThan(290)
  expect(await delivery.flush()).toBe(true)
  expect(hop()).toMatchObject({ exported: 80, inFlight: 0 })
})

test('a batch is given up when it is too old, and the next one waits no less', async () => {
  const { burst, delivery, warnings, hop } = tracing(receiver, {
    retry: { firstMs: 40, mostMs: 80, ageMs: 150 },
    queue: { batchRecords: 5 },
  })
  await receiver.fail({ kind: 'status', status: 503 })
  burst(15)
  await expect.poll(hop, { timeout: 5_000 }).toMatchObject({ dropped: { retry_exhausted: 15 } })
  const { requests } = await receiver.received()
  // The first three were under way together; from then on one goes first.
  const alone = requests.slice(2)
  const pauses = alone.slice(1).map(({ at }, index) => at - alone[index]!.at)
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(18)
  expect(warnings[0]).toMatch(/v1\/traces: status 503: as asked; trying again/)
  await receiver.fail({ kind: 'none' })
  burst(5)
  await delivery.flush()
  expect(hop()).toMatchObject({ exported: 5 })
})

test('a shutdown cuts a long pause short', async () => {
  const { burst, delivery, hop } = tracing(receiver, { retry: { firstMs: 20, mostMs: 60_000 }, queue: { delayMs: 1 } })
  await receiver.fail({ kind: 'status', status: 503 })
  burst(1)
  await expect.poll(async () => (await receiver.ids()).requests, { timeout: 5_000, interval: 10 }).toBe(6)
  await receiver.fail({ kind: 'none' })
  // The pause after the sixth failure is 320 ms at least.
  expect(await delivery.shutdown(250)).toEqual({ flushed: 1, dropped: 0, timedOut: false })
  expect(hop()).toMatchObject({ exported: 1 })
})

test('a pause that the receiver asked for is kept', async () => {
  const { burst, delivery, hop } = tracing(receiver)
  await receiver.fail({ kind: 'status', status: 429, headers: { 'retry-after': '60' }, times: 1 })
  burst(1)
  expect(await delivery.flush(200)).toBe(false)
  expect(await delivery.shutdown(200)).toEqual({ flushed: 0, dropped: 1, timedOut: true })
  expect((await receiver.ids()).requests).toBe(1)
  expect(hop()).toMatchObject({ dropped: { shutdown_deadline: 1 } })
})

test.each([
  ['that cannot be resolved', 'http://no-such-host.invalid/v1/traces'],
  ['that is no address', 'nonsense'],
  ['with a header that is none', undefined],
])('an address %s loses the records, counted, and nothing else', async (_name, url) => {
  const { burst, delivery, hop } = tracing(receiver, {
    endpoint: url === undefined ? { headers: { 'x-test': 'a\nb' } } : { url },
    retry: { ageMs: 0 },
  })
  burst(3)
  await delivery.flush()
  expect(hop()).toMatchObject({ exported: 0, droppedTotal: 3 })
})

test.each([
  [undefined, undefined],
  ['0', 100],
  ['7', 7_000],
  ['3600', 300_000],
  ['-1', undefined],
  ['1.5', undefined],
  ['soon', undefined],
  ['Wed, 21 Oct 2015 07:28:30 GMT', 30_000],
  ['Wed, 21 Oct 2015 07:27:00 GMT', 100],
  ['Thu, 22 Oct 2015 07:28:00 GMT', 300_000],
])('Retry-After %s is %s ms', (header, expected) => {
  expect(retryAfter(header, Date.UTC(2015, 9, 21, 7, 28))).toBe(expected)
})

test.each([
  [
    'a google.rpc.Status',
    'application/x-protobuf',
    [0x08, 3, 0x12, 8, ...Buffer.from('bad data')],
    'status 400: bad data',
  ],
  ['one without a code', 'application/x-protobuf', [0x12, 8, ...Buffer.from('bad data')], 'status 400: bad data'],
  ['plain text in spite of its type', 'application/x-protobuf', [...Buffer.from('nope')], 'status 400: nope'],
  ['plain text', 'text/plain', [...Buffer.from('nope')], 'status 400: nope'],
  ['nothing', 'application/x-protobuf', [], 'status 400'],
])('a refusal is told in the words of %s', (_name, type, body, why) => {
  const headers = { 'content-type': type }
  expect(answerOf(400, headers, Uint8Array.from(body), 0)).toEqual({ kind: 'refused', why })
})
