import { describe, expect, expectTypeOf, test } from 'vitest'
import { memoryStore, query } from '@proprio/store'
import type { Page, Query, Question, Reader, SpanRecord, StoredEvent, TraceNode } from '@proprio/store'
import { exampleLog, exampleSpan } from '@proprio/store/contract'

const numbers = ({ rows }: Page<StoredEvent>) => rows.map(({ attributes }) => attributes['flow.number'])

function filled(): { ask: Query; store: ReturnType<typeof memoryStore> } {
  const store = memoryStore()
  store.span(exampleSpan(1))
  store.span(exampleSpan(2, { failure: 'no' }))
  store.log(exampleLog(3, { level: 'warn' }))
  store.log(exampleLog(4, { level: 'critical', type: 'plugin.crashed' }))
  store.span(exampleSpan(5, { slowSeconds: 0.1 }))
  store.span(exampleSpan(6, { durationMs: 2_000 }))
  return { ask: query(store), store }
}

describe('a question is a filter and a page in one', () => {
  test('errors, warnings and slow operations', async () => {
    const { ask } = filled()
    expect(numbers(await ask.errors())).toEqual([4, 2])
    expect(numbers(await ask.errors({ limit: 1 }))).toEqual([4])
    expect(numbers(await ask.errors({ layer: 'workflow' }))).toEqual([2])
    expect(numbers(await ask.errors({ level: 'critical' }))).toEqual([4])
    expect(numbers(await ask.warnings())).toEqual([3])
    expect(numbers(await ask.slowOperations())).toEqual([5])
    expect(numbers(await ask.slowOperations({ durationMs: { atLeast: 1_000 }, limit: 20 }))).toEqual([6])
    expect(numbers(await ask.events({ order: 'oldest', limit: 2 }))).toEqual([1, 2])
    expect(numbers(await ask.events((event) => event.level === 'warn', { limit: 1 }))).toEqual([3])
  })

  test('goes on by its cursor', async () => {
    const { ask } = filled()
    const first = await ask.events({ layer: 'workflow', limit: 2 })
    const cursor = first.nextCursor ?? ''
    expect(numbers(await ask.events({ layer: 'workflow', limit: 2, cursor }))).toEqual([3, 2])
  })

  test('records behind events, counts, groups and what comes next', async () => {
    const { ask, store } = filled()
    expect((await ask.spans({ failed: true })).rows.map(({ name }) => name)).toEqual(['node 2'])
    expect((await ask.logs({ type: 'plugin.*' })).rows.map(({ eventName }) => eventName)).toEqual([
      'flow.plugin.crashed',
    ])
    expect((await ask.stats()).total).toBe(6)
    expect((await ask.aggregate({ by: 'layer' })).rows.map(({ group }) => group['layer'])).toEqual([
      'workflow',
      'plugin',
    ])
    const followed = ask.follow({ level: { atLeast: 'error' } })
    store.span(exampleSpan(7))
    store.span(exampleSpan(8, { failure: 'no' }))
    for await (const { event } of followed) {
      expect(event?.attributes['flow.number']).toBe(8)
      break
    }
    store.started(exampleSpan(9))
    expect((await ask.running()).rows.map(({ name }) => name)).toEqual(['node 9'])
  })
})

const outline = ({ span, children }: TraceNode): unknown => ({ [span.name]: children.map(outline) })

async function outlineOf(spans: readonly SpanRecord[]): Promise<unknown> {
  const store = memoryStore({ maxEvents: 100_000 })
  for (const span of spans) store.span(span)
  const found = await query(store).trace(spans[0]?.traceId ?? '')
  return found?.roots.map(outline)
}

describe('a trace', () => {
  test('whose spans name each other as parents is still a tree with every span', async () => {
    const circle = [
      exampleSpan(1, { traceNumber: 1, parent: 3 }),
      exampleSpan(2, { traceNumber: 1, parent: 1 }),
      exampleSpan(3, { traceNumber: 1, parent: 2 }),
      exampleSpan(4, { traceNumber: 1, parent: 4 }),
    ]
    expect(await outlineOf(circle)).toEqual([{ 'node 1': [{ 'node 2': [{ 'node 3': [] }] }] }, { 'node 4': [] }])
  })

  test('whose root is missing has several', async () => {
    const orphans = [exampleSpan(2, { traceNumber: 1, parent: 9 }), exampleSpan(3, { traceNumber: 1, parent: 2 })]
    expect(await outlineOf(orphans)).toEqual([{ 'node 2': [{ 'node 3': [] }] }])
  })

  test('of any depth is built, and says how long it took and what was left out', async () => {
    const store = memoryStore({ maxEvents: 20_000 })
    for (let number = 1; number <= 9_000; number++) {
      store.span(exampleSpan(number, { traceNumber: 1, ...(number > 1 && { parent: number - 1 }) }))
    }
    const traceId = exampleSpan(1, { traceNumber: 1 }).traceId
    const deep = await query(store).trace(traceId)
    expect(deep).toMatchObject({ spanCount: 9_000, truncated: false, durationMs: 8_999_250 })
    for (let number = 9_001; number <= 10_001; number++) store.span(exampleSpan(number, { traceNumber: 1, parent: 1 }))
    expect(await query(store).trace(traceId)).toMatchObject({ spanCount: 10_000, truncated: true })
  })

  test('holds occurrences of spans that are still running', async () => {
    const store = memoryStore()
    store.log(exampleLog(1, { inSpan: 7 }))
    const found = await query(store).trace(exampleSpan(7).traceId)
    expect(found?.roots).toEqual([])
    expect(found?.occurrences).toHaveLength(1)
  })
})

test('types serve the call site', () => {
  expectTypeOf(query).parameter(0).toEqualTypeOf<Reader>()
  expectTypeOf<Query['errors']>().returns.resolves.toEqualTypeOf<Page<StoredEvent>>()
  expectTypeOf<Question>().toHaveProperty('durationMs')
  const { ask } = filled()
  // @ts-expect-error an unknown field
  void ask.errors({ lebel: 'warn' }).catch(() => {})
  // @ts-expect-error no such level
  void ask.events({ level: 'loud' }).catch(() => {})
  // @ts-expect-error a range is no text
  void ask.events({ durationMs: { atLeast: '1s' } }).catch(() => {})
  // @ts-expect-error pages are read-only
  void ask.events().then((page) => page.rows.push())
})

test('no trace in particular is none', async () => {
  const store = memoryStore()
  store.span(exampleSpan(1))
  const forgotten = undefined as unknown as string
  expect(await query(store).trace(forgotten)).toBeUndefined()
  expect(await query(store).trace('')).toBeUndefined()
})

test('whatever a question is, the answer is a promise: of everything, or of what is wrong with it', async () => {
  const store = memoryStore()
  store.span(exampleSpan(1))
  const { events, spans, logs, errors, slowOperations } = query(store)
  const nothing = null as unknown as Question
  for (const ask of [events, spans]) expect((await ask(nothing)).rows).toHaveLength(1)
  for (const ask of [logs, errors, slowOperations]) expect((await ask(nothing)).rows).toHaveLength(0)
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  for (const ask of [events, spans, logs, errors, slowOperations]) await expect(ask(proxy)).rejects.toThrow()
})
