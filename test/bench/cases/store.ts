// What rests in memory, and how fast it answers: against fixed limits, since there is no peer.
import { memoryStore, type SpanRecord } from '@proprio/store'
import type { Case, Result } from '../case.ts'
import { spread } from '../rounds.ts'

const events = 10_000
const rounds = 20

export const store: Case = {
  number: 8,
  async run() {
    const bytes = await bytesAnEvent()
    const full = memoryStore()
    fill(full, events)
    const stats = await milliseconds(() => full.stats())
    const filtered = await milliseconds(() =>
      full.events({ layer: 'order', attributes: { 'shop.order.items': 7 } }, { limit: 50 }),
    )
    return [
      result(
        'bytes of a stored event',
        '1 KB',
        { minimum: bytes, median: bytes },
        1024,
        (value) => `${value.toFixed(0)} B`,
      ),
      result('stats() over 10,000 events', '1 ms', stats, 1, (value) => `${value.toFixed(3)} ms`),
      result('a filtered query of 50 over 10,000', '5 ms', filtered, 5, (value) => `${value.toFixed(3)} ms`),
    ]
  },
}

function result(
  work: string,
  against: string,
  { minimum, median }: { readonly minimum: number; readonly median: number },
  limit: number,
  text: (value: number) => string,
): Result {
  return {
    number: 8,
    work,
    against,
    ratio: { minimum: minimum / limit, median: median / limit },
    ours: text(median),
    theirs: against,
    must: { value: 1 },
    aim: { value: 0.5 },
  }
}

async function bytesAnEvent(): Promise<number> {
  const empty = heap()
  const held = memoryStore({ maxEvents: events })
  fill(held, events)
  const bytes = (heap() - empty) / events
  if ((await held.stats()).total !== events) throw new Error('the store does not hold what was written')
  return bytes
}

function heap(): number {
  globalThis.gc?.()
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

function fill(into: ReturnType<typeof memoryStore>, count: number): void {
  for (let index = 0; index < count; index++) into.span(record(index))
}

const resource = { 'service.name': 'bench' }
const scope = { name: 'shop', version: '1.0.0' }

function record(index: number): SpanRecord {
  const id = index.toString(16).padStart(16, '0')
  return {
    traceId: id + id,
    spanId: id,
    name: 'checkout',
    kind: 'internal',
    start: [1_763_700_000 + index, 0],
    end: [1_763_700_000 + index, 5_000_000],
    status: { code: 'unset' },
    attributes: {
      'proprio.type': 'order.checkout',
      'proprio.layer': 'order',
      'shop.order.channel': 'web',
      'shop.order.store': 'oslo',
      'shop.order.items': index % 20,
      'shop.order.customer': `customer-${index}`,
    },
    events: [],
    links: [],
    scope,
    resource,
    sampled: true,
  }
}

async function milliseconds(ask: () => Promise<unknown>): Promise<{ minimum: number; median: number }> {
  const taken: number[] = []
  for (let round = 0; round < rounds; round++) {
    const before = performance.now()
    await ask()
    taken.push(performance.now() - before)
  }
  return spread(taken)
}
