// Contract stage: pages. Every row that stays is met exactly once, whatever happens between two pages.
import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import type { FilterFields } from '../filter/filter.ts'
import type { PageOptions, Store } from '../reader.ts'
import { numbersOf } from './case.ts'
import type { ContractCase } from './case.ts'
import { exampleSpan } from './records.ts'

/** Reads every page; `between` is called after each. */
async function readAll(store: Store, filter: FilterFields, page: PageOptions, between: () => void): Promise<number[]> {
  const numbers: number[] = []
  let cursor: string | undefined
  do {
    const { rows, truncated, nextCursor } = await store.events(
      filter,
      cursor === undefined ? page : { ...page, cursor },
    )
    equal(truncated, nextCursor !== undefined)
    ok(rows.length <= (page.limit ?? 100))
    numbers.push(...numbersOf({ rows }))
    cursor = nextCursor
    between()
  } while (cursor !== undefined)
  return numbers
}

function write(store: Store, from: number, to: number): void {
  for (let number = from; number <= to; number++) store.span(exampleSpan(number))
}

export const pageCases: readonly ContractCase[] = [
  {
    capability: 'pages',
    name: 'pages meet every row once, in both orders',
    async run(store) {
      write(store, 1, 50)
      const ascending = Array.from({ length: 50 }, (_, index) => index + 1)
      deepEqual(await readAll(store, {}, { limit: 7, order: 'oldest' }, () => {}), ascending)
      deepEqual(await readAll(store, {}, { limit: 7 }, () => {}), ascending.toReversed())
    },
  },
  {
    capability: 'pages',
    name: 'rows written between two pages move nothing',
    async run(store) {
      write(store, 1, 20)
      let written = 20
      const filter = { attributes: { 'flow.number': { atMost: 20 } } }
      const numbers = await readAll(store, filter, { limit: 6 }, () => write(store, ++written, written))
      deepEqual(
        numbers,
        Array.from({ length: 20 }, (_, index) => 20 - index),
      )
    },
  },
  {
    capability: 'pages',
    name: 'a page is 100 rows unless told, and says that there are more',
    async run(store) {
      write(store, 1, 101)
      const page = await store.events()
      equal(page.rows.length, 100)
      equal(page.truncated, true)
      equal((await store.events({}, { limit: 101 })).truncated, false)
    },
  },
  {
    capability: 'pages',
    name: 'a cursor is refused by another filter and another order, and an invented one by all',
    async run(store) {
      write(store, 1, 3)
      const { nextCursor: cursor = '' } = await store.events({ layer: 'workflow' }, { limit: 1 })
      const code = 'PROPRIO_STORE_BAD_CURSOR'
      await rejects(store.events({}, { cursor }), { code })
      await rejects(store.events({ layer: 'workflow' }, { cursor, order: 'oldest' }), { code })
      await rejects(store.events({}, { cursor: 'made up' }), { code })
    },
  },
  {
    capability: 'pages',
    name: 'a limit is a whole number from 1 to 10,000',
    async run(store) {
      for (const limit of [0, -1, 1.5, 10_001, Number.NaN]) {
        await rejects(store.events({}, { limit }), { code: 'PROPRIO_STORE_BAD_VALUE', path: 'page.limit' })
      }
    },
  },
]
