// Contract stage: following. Nothing is missed in silence, and every way to end ends.
import { deepEqual, equal, ok, throws } from 'node:assert/strict'
import type { FilterFields } from '../filter/filter.ts'
import type { Followed } from '../reader.ts'
import type { ContractCase } from './case.ts'
import { exampleLog, exampleSpan } from './records.ts'

async function take(followed: AsyncIterator<Followed, undefined>, count: number): Promise<Followed[]> {
  const taken: Followed[] = []
  while (taken.length < count) {
    const { value, done } = await followed.next()
    if (done === true) break
    taken.push(value)
  }
  return taken
}

function numberIn({ event, gap }: Followed): unknown {
  return event === undefined ? gap : event.attributes['flow.number']
}

export const followCases: readonly ContractCase[] = [
  {
    capability: 'follow',
    name: 'follow gives events from now on that match, with the ids they have in pages',
    async run(store) {
      store.span(exampleSpan(1))
      const followed = store.follow({ layer: 'workflow' })
      store.span(exampleSpan(2))
      store.span(exampleSpan(3, { type: 'codegen.run' }))
      const third = followed.next()
      store.log(exampleLog(4))
      store.log(exampleLog(5, { part: 'slow' }))
      store.span(exampleSpan(6))
      const { value } = await third
      const taken = [...(value === undefined ? [] : [value]), ...(await take(followed, 2))]
      deepEqual(taken.map(numberIn), [2, 4, 6])
      const { rows } = await store.events({ layer: 'workflow' }, { order: 'oldest' })
      deepEqual(
        taken.map(({ seq }) => seq),
        rows.slice(1).map(({ id }) => id),
      )
      await followed.return?.()
    },
  },
  {
    capability: 'follow',
    name: 'with afterId, follow first gives what is stored after it, each event once',
    async run(store) {
      for (let number = 1; number <= 600; number++) store.span(exampleSpan(number))
      const { rows } = await store.events({}, { order: 'oldest', limit: 10 })
      const followed = store.follow({ afterId: rows[9]?.id ?? Number.NaN })
      const first = await take(followed, 300)
      for (let number = 601; number <= 620; number++) store.span(exampleSpan(number))
      const second = await take(followed, 310)
      const expected = Array.from({ length: 610 }, (_, index) => index + 11)
      deepEqual([...first, ...second].map(numberIn), expected)
      await followed.return?.()
    },
  },
  {
    capability: 'follow',
    name: 'a reader that fell behind is told of the gap, in its place',
    async run(store) {
      const followed = store.follow({}, { buffer: 5 })
      for (let number = 1; number <= 12; number++) store.span(exampleSpan(number))
      await store.flush()
      const taken = await take(followed, 6)
      deepEqual(taken.map(numberIn), [{ missed: 7 }, 8, 9, 10, 11, 12])
      ok(taken.every(({ seq }, index) => index === 0 || seq > (taken[index - 1]?.seq ?? Infinity)))
      await followed.return?.()
    },
  },
  {
    capability: 'follow',
    name: 'return() ends a reader that waits',
    async run(store) {
      const followed = store.follow()
      const waiting = followed.next()
      await followed.return?.()
      equal((await waiting).done, true)
      equal((await followed.next()).done, true)
    },
  },
  {
    capability: 'follow',
    name: 'an AbortSignal ends it, before and while it waits',
    async run(store) {
      const controller = new AbortController()
      const waiting = store.follow({}, { signal: controller.signal }).next()
      controller.abort()
      equal((await waiting).done, true)
      equal((await store.follow({}, { signal: AbortSignal.abort() }).next()).done, true)
    },
  },
  {
    capability: 'follow',
    name: 'when the store closes, what was buffered is still read, and then it ends',
    async run(store) {
      const followed = store.follow()
      store.span(exampleSpan(1))
      await store.close()
      const taken: unknown[] = []
      for await (const item of followed) taken.push(numberIn(item))
      deepEqual(taken, [1])
    },
  },
  {
    capability: 'follow',
    name: 'a wrong filter is thrown at once',
    async run(store) {
      throws(() => store.follow({ nothing: 1 } as FilterFields), { code: 'PROPRIO_STORE_UNKNOWN_FIELD' })
    },
  },
]
