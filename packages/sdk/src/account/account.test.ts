// The account by its public door: what is counted shows, what is not accounted for shows too, and losses are told in few
// words.
import { expect, test } from 'vitest'
import { balance, createAccount, DropReason } from './index.ts'

const nothing = { queued: 0, inFlight: 0, bytes: 0, maxBytes: 100, maxRecords: 10 }

function opened() {
  let now = 0
  const warnings: string[] = []
  const account = createAccount({ now: () => now, warn: (message) => void warnings.push(message) })
  const held = { queued: 0, inFlight: 0 }
  const hop = account.hop('spans', {
    processor: 'batching_span_processor',
    exporter: 'otlp_http_span_exporter',
    held: () => ({ ...nothing, ...held }),
  })
  return {
    account,
    hop,
    warnings,
    held,
    snapshot: () => account.snapshot().hops[0]!,
    later: (ms: number) => void (now += ms),
  }
}

test('every record is somewhere', () => {
  const { hop, held, snapshot } = opened()
  hop.started = 20
  hop.ended = 18
  hop.unsampled = 3
  held.queued = 4
  held.inFlight = 5
  hop.exported(2)
  hop.rejected(1)
  hop.dropped(DropReason.queueFull, 2)
  hop.dropped(DropReason.tooLarge, 1)
  expect(snapshot()).toMatchObject({
    name: 'otlp_http_span_exporter/0',
    live: 2,
    unsampled: 3,
    exported: 2,
    rejected: 1,
    dropped: { queue_full: 2, too_large: 1 },
    droppedTotal: 3,
    queued: 4,
    inFlight: 5,
  })
  expect(balance(snapshot())).toBe(0)
})

test('a record that is nowhere shows, and so does one that is twice', () => {
  const { hop, snapshot } = opened()
  hop.started = 2
  hop.ended = 2
  hop.exported(1)
  expect(balance(snapshot())).toBe(1)
  hop.exported(2)
  expect(balance(snapshot())).toBe(-1)
})

test('a snapshot is frozen and stays as it was', () => {
  const { hop, account, snapshot } = opened()
  const before = snapshot()
  hop.started += 1
  expect(before.started).toBe(0)
  expect([account.snapshot(), before, before.dropped].every(Object.isFrozen)).toBe(true)
})

test('hops of one kind have names of their own', () => {
  const { account } = opened()
  account.hop('spans', {
    processor: 'batching_span_processor',
    exporter: 'otlp_http_span_exporter',
    held: () => nothing,
  })
  expect(account.snapshot().hops.map(({ name }) => name)).toEqual([
    'otlp_http_span_exporter/0',
    'otlp_http_span_exporter/1',
  ])
})

test('losses are told at the first, once a minute while they go on, and when they have ended', () => {
  const { hop, warnings, later } = opened()
  const lose = (count: number): void => {
    for (let index = 0; index < count; index++) hop.dropped(DropReason.queueFull, 1)
  }
  later(1_000)
  lose(100)
  later(59_000)
  lose(1)
  later(2_000)
  lose(1)
  hop.exported(5)
  hop.dropped(DropReason.permanentStatus, 512, 'status 401')
  later(6_000)
  hop.exported(5)
  hop.exported(5)
  lose(1)
  hop.close()
  const name = '(otlp_http_span_exporter/0)'
  expect(warnings).toEqual([
    `spans: losing records: queue_full 1 ${name}`,
    `spans: still losing records: queue_full 102 ${name}`,
    `spans: delivering again, 614 lost in all: queue_full 102, permanent_status 512 ${name}`,
    `spans: losing records: queue_full 1 ${name}`,
  ])
})

test('losses that were not told are told at the end', () => {
  const { hop, warnings } = opened()
  hop.dropped(DropReason.queueFull, 1)
  hop.dropped(DropReason.queueFull, 9)
  hop.close()
  hop.close()
  expect(warnings).toEqual([
    'spans: losing records: queue_full 1 (otlp_http_span_exporter/0)',
    'spans: closing, 10 lost in all: queue_full 10 (otlp_http_span_exporter/0)',
  ])
})
