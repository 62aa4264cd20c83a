import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryStore } from '@proprio/store'
import type { MemoryStore } from '@proprio/store'
import { EXAMPLE_START, exampleLog, exampleSpan } from '@proprio/store/contract'

async function numbersIn(store: MemoryStore): Promise<number[]> {
  const { rows } = await store.events({}, { limit: 10_000, order: 'oldest' })
  return rows.map(({ attributes }) => Number(attributes['flow.number']))
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

describe('bounded by count', () => {
  test('10,000 events by default, the oldest goes first, and every answer says so', async () => {
    const store = memoryStore()
    for (let number = 1; number <= 10_005; number++) store.span(exampleSpan(number))
    expect(await numbersIn(store)).toEqual(range(6, 10_005))
    const { total, evicted } = await store.stats()
    expect(total).toBe(10_000)
    expect(evicted).toMatchObject({ total: 5, byReason: { count: 5, bytes: 0 } })
    expect((await store.events()).evictedBefore).toBe((EXAMPLE_START + 5) * 1e3)
    expect((await store.aggregate()).evictedBefore).toBe((EXAMPLE_START + 5) * 1e3)
    expect(await memoryStore().events()).toEqual({ rows: [], truncated: false })
  })

  test('a flood of info leaves the errors of the share that is kept for them', async () => {
    const store = memoryStore({ maxEvents: 100 })
    for (let number = 1; number <= 40; number++) store.span(exampleSpan(number, { failure: 'no' }))
    for (let number = 41; number <= 1_000; number++) store.span(exampleSpan(number))
    // A quarter is theirs; the 15 beyond it were the oldest, and went as the oldest do.
    expect(await numbersIn(store)).toEqual([...range(16, 40), ...range(926, 1_000)])
  })

  test('a flood of errors takes the room of the older ones, whatever they are', async () => {
    const store = memoryStore({ maxEvents: 100 })
    for (let number = 1; number <= 50; number++) store.span(exampleSpan(number))
    for (let number = 51; number <= 300; number++) store.log(exampleLog(number, { level: 'error' }))
    expect(await numbersIn(store)).toEqual(range(201, 300))
  })

  test('the share can be nothing, and everything', async () => {
    const none = memoryStore({ maxEvents: 2, warnShare: 0 })
    const all = memoryStore({ maxEvents: 2, warnShare: 1 })
    for (const store of [none, all]) {
      for (const number of [1, 2]) store.span(exampleSpan(number, { failure: 'no' }))
      for (const number of [3, 4]) store.span(exampleSpan(number))
    }
    expect(await numbersIn(none)).toEqual([3, 4])
    expect(await numbersIn(all)).toEqual([1, 2])
    expect((await all.stats()).byType).toEqual({ 'workflow.node': { count: 2, failed: 2, slow: 0 } })
  })

  test('parts of operations have as much room of their own', async () => {
    const store = memoryStore({ maxEvents: 3 })
    for (let number = 1; number <= 10; number++) store.log(exampleLog(number, { part: 'exception' }))
    for (let number = 11; number <= 12; number++) store.span(exampleSpan(number))
    expect((await store.logs()).rows).toHaveLength(3)
    expect(await numbersIn(store)).toEqual([11, 12])
  })

  test('what is in flight is bounded too, and what was not remembered is counted', async () => {
    const store = memoryStore({ maxRunning: 2 })
    for (const number of [1, 2, 3]) store.started(exampleSpan(number))
    const { rows, untracked } = await store.running()
    expect(rows.map(({ name }) => name)).toEqual(['node 1', 'node 2'])
    expect(untracked).toBe(1)
  })
})

describe('bounded by bytes', () => {
  const long = { text: 'x'.repeat(1_000) }

  test('the oldest makes room, and the account says why', async () => {
    const store = memoryStore({ maxBytes: 20_000 })
    for (let number = 1; number <= 100; number++) store.span(exampleSpan(number, { attributes: long }))
    expect(store.bytes).toBeLessThanOrEqual(20_000)
    const { total, evicted } = await store.stats()
    expect(total).toBeGreaterThan(10)
    expect(total + evicted.byReason.bytes).toBe(100)
  })

  test('errors keep their share of the bytes', async () => {
    const store = memoryStore({ maxBytes: 40_000 })
    for (let number = 1; number <= 5; number++) store.span(exampleSpan(number, { failure: 'no', attributes: long }))
    for (let number = 6; number <= 500; number++) store.span(exampleSpan(number, { attributes: long }))
    expect((await numbersIn(store)).slice(0, 5)).toEqual([1, 2, 3, 4, 5])
  })

  test('a record larger than the store, or without a bottom, is refused alone', async () => {
    const store = memoryStore({ maxBytes: 10_000 })
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    let deep: unknown = 1
    for (let depth = 0; depth < 100_000; depth++) deep = [deep]
    const bush: unknown[] = []
    bush.push(bush, bush)
    const hostile = [{ text: 'x'.repeat(20_000) }, { circle }, { deep }, { bush }, { bigint: 7n }, { fn: () => 1 }]
    store.span(exampleSpan(1))
    for (const attributes of hostile) store.span(exampleSpan(2, { attributes: attributes as never }))
    expect(await numbersIn(store)).toEqual([1])
    const { byReason } = (await store.stats()).evicted
    expect(byReason.oversized + byReason.invalid).toBe(hostile.length)
  })
})

describe('after the end', () => {
  test('what is cleared and what comes after close() is counted', async () => {
    const store = memoryStore()
    for (const number of [1, 2]) store.span(exampleSpan(number))
    await store.clear()
    expect(store.bytes).toBe(0)
    await store.close()
    store.span(exampleSpan(3))
    expect((await store.stats()).evicted.byReason).toMatchObject({ cleared: 2, closed: 1 })
  })
})

test('an option that is none, or cannot be, fails at start', () => {
  expect(() => memoryStore({ maxEvent: 1 } as never)).toThrow("Did you mean 'maxEvents'?")
  for (const options of [{ maxEvents: 0 }, { maxBytes: 1.5 }, { warnShare: 2 }, { maxRunning: Number.NaN }]) {
    expect(() => memoryStore(options)).toThrow(expect.objectContaining({ code: 'PROPRIO_STORE_BAD_VALUE' }))
  }
  expect(() => memoryStore({ maxEvents: undefined } as never)).not.toThrow()
})

test('whatever comes and goes between two pages, a row that stays is met exactly once, and the counts are right', async () => {
  const write = fc.record({ failed: fc.boolean(), log: fc.boolean(), size: fc.nat(400) })
  const scenario = fc.record({
    order: fc.constantFrom('newest' as const, 'oldest' as const),
    limit: fc.integer({ min: 1, max: 8 }),
    before: fc.array(write, { maxLength: 60 }),
    between: fc.array(fc.array(write, { maxLength: 6 }), { maxLength: 12 }),
  })
  await fc.assert(
    fc.asyncProperty(scenario, async ({ order, limit, before, between }) => {
      const store = memoryStore({ maxEvents: 40, maxBytes: 26_000 })
      let number = 0
      const add = ({ failed, log, size }: { failed: boolean; log: boolean; size: number }) => {
        const attributes = { text: 'x'.repeat(size) }
        number++
        if (log) store.log(exampleLog(number, { attributes, level: failed ? 'error' : 'info' }))
        else store.span(exampleSpan(number, { attributes, ...(failed && { failure: 'no' }) }))
      }
      before.forEach(add)
      const there = await numbersIn(store)
      const met: number[] = []
      let { rows, nextCursor } = await store.events({}, { order, limit })
      for (let turn = 0; ; turn++) {
        met.push(...rows.map(({ attributes }) => Number(attributes['flow.number'])))
        if (nextCursor === undefined) break
        between[turn]?.forEach(add)
        ;({ rows, nextCursor } = await store.events({}, { order, limit, cursor: nextCursor }))
      }
      const stayed = new Set(await numbersIn(store))
      expect(new Set(met).size).toBe(met.length)
      expect(met.filter((one) => there.includes(one) && stayed.has(one)).toSorted((a, b) => a - b)).toEqual(
        there.filter((one) => stayed.has(one)),
      )
      const { total, byLevel, byType, evicted } = await store.stats()
      expect(total).toBe(stayed.size)
      expect(total + evicted.total).toBe(number)
      expect(byLevel.info + byLevel.error).toBe(total)
      expect(Object.values(byType).reduce((sum, { count }) => sum + count, 0)).toBe(total)
      expect(store.bytes).toBeLessThanOrEqual(26_000)
    }),
    { numRuns: 200 },
  )
})
