// Declared limits, on the real SDK: what crossed one is marked, stored and found as slow.
import { trace } from '@opentelemetry/api'
import { TracerProvider } from '@opentelemetry/sdk-trace'
import { catalogue, operation } from '@proprio/api'
import { memoryStore, query } from '@proprio/store'
import { afterAll, expect, test } from 'vitest'
import { spanProcessor } from './processors.ts'
import { slowMarker } from './slow.ts'
import { writeTo } from './stored.ts'

const define = (name: string) =>
  catalogue(
    name,
    { version: '1' },
    {
      work: {
        both: operation({ summary: 'b', span: 'both', slow: { warn: '1s', error: '5s' }, attributes: {} }),
        none: operation({ summary: 'n', span: 'none', attributes: {} }),
      },
    },
  )

const earlier = define('earlier')
const store = memoryStore()
const slow = slowMarker()
const failures: unknown[] = []
const failed = (...why: unknown[]): void => void failures.push(why)
const stored = writeTo({ writers: [store], redactor: undefined, failed })
trace.setGlobalTracerProvider(
  new TracerProvider({
    spanProcessors: [spanProcessor({ redactor: undefined, slow, stored, events: 'both', failed }, [])],
  }),
)
afterAll(() => {
  slow.stop()
  trace.disable()
})

const thresholds = async () =>
  (await store.events({}, { order: 'oldest' })).rows.map((event) => event.slow?.thresholdMs)

test('the highest limit crossed is the threshold; below it, or without one, nothing is marked', async () => {
  const later = define('later')
  earlier.work.both.record({}, { durationMs: 999 })
  earlier.work.both.record({}, { durationMs: 1000 })
  later.work.both.record({}, { durationMs: 4000 })
  later.work.both.record({}, { durationMs: 60_000 })
  later.work.none.record({}, { durationMs: 60_000 })
  trace.getTracer('foreign').startSpan('foreign').end()
  expect(await thresholds()).toEqual([undefined, 1000, 1000, 5000, undefined, undefined])
  expect((await query(store).slowOperations()).rows.map(({ durationMs }) => durationMs)).toEqual([60_000, 4000, 1000])
  expect((await store.stats()).byType['work.both']).toEqual({ count: 4, failed: 0, slow: 3 })
  expect(failures).toEqual([])
})

test('after it was stopped it hears of no further catalogue', async () => {
  slow.stop()
  define('last').work.both.record({}, { durationMs: 60_000 })
  expect((await thresholds()).at(-1)).toBeUndefined()
})
