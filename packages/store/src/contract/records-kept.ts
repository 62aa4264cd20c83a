// Contract stage: the records themselves, traces, what is in flight, and the store's own life.
import { deepEqual, equal, ok } from 'node:assert/strict'
import { query } from '../query/query.ts'
import type { TraceNode } from '../query/trace.ts'
import type { LogRecord, SpanRecord } from '../record/record.ts'
import { numbersOf } from './case.ts'
import type { ContractCase } from './case.ts'
import { exampleLog, exampleSpan, hex } from './records.ts'

export const recordCases: readonly ContractCase[] = [
  {
    capability: 'records',
    name: 'spans and log records come back as they were written',
    async run(store) {
      const span = exampleSpan(1, { attributes: { list: ['a', 'b'] } })
      const part = exampleLog(2, { part: 'exception', inSpan: 1 })
      store.span(span)
      store.log(part)
      deepEqual((await store.spans({ type: 'workflow.node' })).rows, [span])
      deepEqual((await store.logs()).rows, [part])
      deepEqual((await store.spans({ type: 'nothing' })).rows, [])
    },
  },
  {
    capability: 'records',
    name: 'a trace is a tree, whatever order its spans ended in',
    async run(store) {
      store.span(exampleSpan(3, { traceNumber: 1, parent: 2 }))
      store.span(exampleSpan(2, { traceNumber: 1, parent: 1, durationMs: 4_000 }))
      store.log(exampleLog(4, { traceNumber: 1, inSpan: 2 }))
      store.span(exampleSpan(5, { traceNumber: 1, parent: 1 }))
      store.span(exampleSpan(6, { durationMs: 9_000 }))
      store.span(exampleSpan(1, { traceNumber: 1, durationMs: 8_000 }))
      const found = await query(store).trace(hex(1, 32))
      deepEqual(found?.roots.map(outline), [
        [
          'node 1',
          [],
          [
            ['node 2', [4], [['node 3', [], []]]],
            ['node 5', [], []],
          ],
        ],
      ])
      equal(found?.spanCount, 4)
      equal(await query(store).trace(hex(99, 32)), undefined)
    },
  },
]

function outline({ span, occurrences, children }: TraceNode): unknown {
  return [span.name, numbersOf({ rows: occurrences }), children.map(outline)]
}

export const runningCases: readonly ContractCase[] = [
  {
    capability: 'running',
    name: 'a span is running from its start to its end',
    async run(store) {
      const span = exampleSpan(1)
      store.started(span)
      const { rows } = await store.running()
      equal(rows.length, 1)
      equal(rows[0]?.type, 'workflow.node')
      equal(rows[0]?.spanId, span.spanId)
      ok((rows[0]?.ageMs ?? -1) >= 0)
      deepEqual(numbersOf(await store.events()), [])
      store.span(span)
      deepEqual((await store.running()).rows, [])
    },
  },
]

export const lifecycleCases: readonly ContractCase[] = [
  {
    capability: 'lifecycle',
    name: 'clear() forgets what is stored, and what comes after is kept',
    async run(store) {
      store.span(exampleSpan(1))
      await store.clear()
      deepEqual(numbersOf(await store.events()), [])
      equal((await store.stats()).total, 0)
      store.span(exampleSpan(2))
      deepEqual(numbersOf(await store.events()), [2])
    },
  },
  {
    capability: 'lifecycle',
    name: 'flush() settles, close() too and twice, and writing after it is safe',
    async run(store) {
      store.span(exampleSpan(1))
      await store.flush()
      await store.close()
      await store.close()
      store.started(exampleSpan(2))
      store.span(exampleSpan(2))
      store.log(exampleLog(2))
    },
  },
  {
    capability: 'lifecycle',
    name: 'a record that cannot be read is lost alone, and nothing is thrown',
    async run(store) {
      const hostile = new Proxy(
        {},
        {
          get: () => {
            throw new Error('no')
          },
        },
      )
      store.started(hostile as SpanRecord)
      store.span(hostile as SpanRecord)
      store.log(hostile as LogRecord)
      store.span(null as unknown as SpanRecord)
      store.log({} as LogRecord)
      store.span(exampleSpan(1))
      deepEqual(numbersOf(await store.events()), [1])
      store.started({ spanId: 'a', traceId: 'b' } as SpanRecord)
      deepEqual((await store.running()).rows, [])
    },
  },
]
