// Contract stage: statistics and aggregates.
import { deepEqual, equal, rejects } from 'node:assert/strict'
import type { ContractCase } from './case.ts'
import { EXAMPLE_START, exampleLog, exampleSpan } from './records.ts'

export const countCases: readonly ContractCase[] = [
  {
    capability: 'stats',
    name: 'statistics count by level, layer and type, with failed and slow',
    async run(store) {
      store.span(exampleSpan(1, { type: 'codegen.run' }))
      store.span(exampleSpan(2, { type: 'codegen.run', failure: 'no', slowSeconds: 0.1 }))
      store.span(exampleSpan(3, { type: 'database.query' }))
      store.log(exampleLog(4, { level: 'warn' }))
      store.log(exampleLog(5, { part: 'exception' }))
      const { total, byLevel, byLayer, byType, evicted } = await store.stats()
      equal(total, 4)
      deepEqual(byLevel, { debug: 0, info: 2, warn: 1, error: 1, critical: 0 })
      deepEqual(byLayer, { codegen: 2, database: 1, workflow: 1 })
      deepEqual(byType, {
        'codegen.run': { count: 2, failed: 1, slow: 1 },
        'database.query': { count: 1, failed: 0, slow: 0 },
        'workflow.retryScheduled': { count: 1, failed: 0, slow: 0 },
      })
      equal(evicted.total, 0)
    },
  },
  {
    capability: 'aggregate',
    name: 'an aggregate groups, with nearest-rank percentiles',
    async run(store) {
      for (let number = 1; number <= 100; number++) {
        store.span(exampleSpan(number, { durationMs: number, ...(number > 90 && { failure: 'no' }) }))
      }
      const time = { from: EXAMPLE_START * 1e3, to: (EXAMPLE_START + 120) * 1e3 }
      const { rows, truncated } = await store.aggregate({ by: ['layer', 'type'], over: { time } })
      equal(truncated, false)
      deepEqual(rows, [
        {
          group: { layer: 'workflow', type: 'workflow.node' },
          ...time,
          count: 100,
          failed: 10,
          errorRatio: 0.1,
          ratePerMinute: 50,
          durationMs: { count: 100, min: 1, max: 100, mean: 50.5, p50: 50, p90: 90, p95: 95, p99: 99 },
        },
      ])
    },
  },
  {
    capability: 'aggregate',
    name: 'an aggregate falls into buckets of time, by an attribute too',
    async run(store) {
      for (let number = 0; number < 6; number++) {
        store.log(exampleLog(number * 10, { attributes: { color: number % 2 === 0 ? 'red' : 'green' } }))
      }
      const { rows } = await store.aggregate({ by: 'attributes.color', every: '30s' })
      // 1,790,000,000 s is 20 s into its half minute: 0 | 10, 20, 30 | 40, 50 seconds after it.
      const bucket = (EXAMPLE_START - 20) * 1e3
      const counted = rows.map(({ group, from, to, count }) => [group['attributes.color'], from, to - from, count])
      deepEqual(
        new Set(counted.map((row) => row.join(' '))),
        new Set([
          `red ${bucket} 30000 1`,
          `red ${bucket + 30_000} 30000 1`,
          `green ${bucket + 30_000} 30000 2`,
          `red ${bucket + 60_000} 30000 1`,
          `green ${bucket + 60_000} 30000 1`,
        ]),
      )
      equal(
        rows.every(({ count, ratePerMinute }) => ratePerMinute === count * 2),
        true,
      )
      equal(
        rows.every(({ durationMs }) => durationMs === undefined),
        true,
      )
    },
  },
  {
    capability: 'aggregate',
    name: 'a wrong grouping or width is an error that names the place',
    async run(store) {
      await rejects(store.aggregate({ by: 'colour' }), { code: 'PROPRIO_STORE_BAD_VALUE', path: 'aggregate.by' })
      await rejects(store.aggregate({ every: 'often' }), { code: 'PROPRIO_STORE_BAD_VALUE', path: 'aggregate.every' })
    },
  },
]
