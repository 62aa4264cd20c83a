// Contract stage: every field of the filter language, each against the one meaning it has, which is `matcher()`'s.
import { deepEqual, match, rejects } from 'node:assert/strict'
import { classifyLog, classifySpan } from '../classification/classify.ts'
import type { FrameworkEvent } from '../event/framework-event.ts'
import { FILTER_FIELDS, matcher } from '../filter/compile.ts'
import type { FilterFields } from '../filter/filter.ts'
import type { Store } from '../reader.ts'
import { numbersOf } from './case.ts'
import type { ContractCase } from './case.ts'
import { EXAMPLE_START, exampleLog, exampleSpan, hex } from './records.ts'

const FILTERS: readonly FilterFields[] = [
  {},
  { layer: 'codegen' },
  { layer: ['codegen', 'data*'] },
  { level: 'warn' },
  { level: ['info', 'critical'] },
  { level: { atLeast: 'error' } },
  { level: { atLeast: 'info', atMost: 'warn' } },
  { type: 'codegen.run' },
  { type: 'codegen.*' },
  { type: ['*.query', 'workflow.r*d'] },
  { time: { from: (EXAMPLE_START + 5) * 1e3, to: (EXAMPLE_START + 15) * 1e3 } },
  { time: { from: new Date((EXAMPLE_START + 20) * 1e3).toISOString() } },
  { durationMs: { atLeast: 500 } },
  { durationMs: { atLeast: 1, atMost: 250 } },
  { attributes: { 'flow.color': 'red' } },
  { attributes: { 'flow.color': ['r*', 'green'], 'flow.number': { atLeast: 10, atMost: 20 } } },
  { attributes: { 'flow.color': { exists: false } } },
  { attributes: { 'flow.tags': 'b', 'flow.flag': true } },
  { text: 'NODE 1' },
  { text: ['no such', 'green'] },
  { traceId: hex(3, 32) },
  { traceId: [hex(3, 32).toUpperCase(), hex(4, 32)] },
  { spanId: hex(4, 16) },
  { slow: true },
  { slow: false, failed: true },
  { failed: false, level: { atLeast: 'warn' } },
]

/** A bit of everything; returns the events that should be there, newest first. */
function writeMixture(store: Store): FrameworkEvent[] {
  const events: FrameworkEvent[] = []
  for (let number = 1; number <= 30; number++) {
    const attributes = {
      ...(number % 3 > 0 && { 'flow.color': number % 3 === 1 ? 'red' : 'green' }),
      'flow.tags': number % 2 === 0 ? ['a', 'b'] : ['c'],
      'flow.flag': number % 4 === 0,
    }
    if (number % 5 === 0) {
      const log = exampleLog(number, { attributes, level: number % 2 === 0 ? 'warn' : 'critical', inSpan: 3 })
      store.log(log)
      events.unshift(classifyLog(log) as FrameworkEvent)
      continue
    }
    const span = exampleSpan(number, {
      attributes,
      type: ['codegen.run', 'database.query', 'workflow.node'][number % 3] ?? 'workflow.node',
      durationMs: number * 50,
      ...(number % 7 === 0 && { failure: 'no such node' }),
      ...(number % 4 === 0 && { slowSeconds: 0.1 }),
    })
    store.span(span)
    events.unshift(classifySpan(span))
  }
  return events
}

export const filterCases: readonly ContractCase[] = [
  ...FILTERS.map((filter) => ({
    capability: 'filters' as const,
    name: `filter ${JSON.stringify(filter)}`,
    async run(store: Store) {
      const expected = writeMixture(store).filter(matcher(filter))
      deepEqual(numbersOf(await store.events(filter)), numbersOf({ rows: expected }))
    },
  })),
  {
    capability: 'filters',
    name: 'afterId gives what was written after that event',
    async run(store) {
      for (const number of [1, 2, 3, 4]) store.span(exampleSpan(number))
      const { rows } = await store.events({}, { order: 'oldest' })
      const afterId = rows[1]?.id ?? Number.NaN
      deepEqual(numbersOf(await store.events({ afterId })), [4, 3])
      deepEqual(numbersOf(await store.events({ afterId }, { order: 'oldest', limit: 1 })), [3])
    },
  },
  {
    capability: 'filters',
    name: 'a function is a filter, and one that throws matches nothing',
    async run(store) {
      for (const number of [1, 2, 3]) store.span(exampleSpan(number))
      deepEqual(numbersOf(await store.events((event) => event.attributes['flow.number'] === 2)), [2])
      const thrown = await store.events(() => {
        throw new Error('not today')
      })
      deepEqual(numbersOf(thrown), [])
    },
  },
  {
    capability: 'filters',
    name: 'an unknown field is an error that lists the known ones and suggests the nearest',
    async run(store) {
      await rejects(store.events({ lebel: 'warn' } as FilterFields), (error: Error & { code?: string }) => {
        deepEqual(error.code, 'PROPRIO_STORE_UNKNOWN_FIELD')
        match(error.message, /filter\.lebel.*Did you mean 'level'\?/)
        return FILTER_FIELDS.every((field) => error.message.includes(field))
      })
    },
  },
  {
    capability: 'filters',
    name: 'a value that a field cannot have is an error that names the place',
    async run(store) {
      const wrong = { level: { atLeast: 'loud' } } as unknown as FilterFields
      await rejects(store.events(wrong), { code: 'PROPRIO_STORE_BAD_VALUE', path: 'filter.level.atLeast' })
    },
  },
]
