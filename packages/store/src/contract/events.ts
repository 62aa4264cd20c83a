// Contract stage: what is written is there, as one framework event a record, at once.
import { deepEqual, equal, ok } from 'node:assert/strict'
import { classifyLog, classifySpan } from '../classification/classify.ts'
import type { StoredEvent } from '../event/framework-event.ts'
import { numbersOf } from './case.ts'
import type { ContractCase } from './case.ts'
import { exampleLog, exampleSpan } from './records.ts'

export const eventCases: readonly ContractCase[] = [
  {
    capability: 'events',
    name: 'a finished span is one framework event, and the next query shows it',
    async run(store) {
      const span = exampleSpan(1, {
        failure: 'no such node',
        slowSeconds: 0.2,
        attributes: { list: [1, 2], nan: Number.NaN },
      })
      store.span(span)
      const { rows, truncated } = await store.events()
      deepEqual(rows.map(withoutId), [classifySpan(span)])
      equal(truncated, false)
    },
  },
  {
    capability: 'events',
    name: 'an occurrence is one framework event, and the next query shows it',
    async run(store) {
      const log = exampleLog(1, { level: 'warn', inSpan: 7 })
      store.log(log)
      const { rows } = await store.events()
      deepEqual(rows.map(withoutId), [classifyLog(log)])
    },
  },
  {
    capability: 'events',
    name: 'a log record that is part of an operation is no framework event',
    async run(store) {
      store.log(exampleLog(1, { part: 'exception' }))
      store.log(exampleLog(2))
      deepEqual(numbersOf(await store.events()), [2])
    },
  },
  {
    capability: 'events',
    name: 'events come newest first, oldest first when asked, with ids that grow',
    async run(store) {
      for (const number of [1, 2, 3]) store.span(exampleSpan(number))
      deepEqual(numbersOf(await store.events()), [3, 2, 1])
      const { rows } = await store.events({}, { order: 'oldest' })
      deepEqual(numbersOf({ rows }), [1, 2, 3])
      ok(rows.every(({ id }, index) => index === 0 || id > (rows[index - 1]?.id ?? Infinity)))
    },
  },
  {
    capability: 'events',
    name: 'what a page gives is plain: it can be cloned and written as JSON',
    async run(store) {
      store.span(exampleSpan(1, { attributes: { nested: { deep: ['x'] } } }))
      const { rows } = await store.events()
      deepEqual(structuredClone(rows), rows)
      deepEqual(JSON.parse(JSON.stringify(rows)), rows)
    },
  },
]

function withoutId({ id, ...event }: StoredEvent): Omit<StoredEvent, 'id'> {
  equal(typeof id, 'number')
  return event
}
