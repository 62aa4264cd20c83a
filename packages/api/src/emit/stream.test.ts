// A stream is an operation that ends with its iteration.
import { trace } from '@opentelemetry/api'
import { beforeEach, describe, expect, test } from 'vitest'
import { flow } from '../call-site/flow.ts'
import { counted, record } from '../fixtures/recording.ts'
import { abandonAll, emitterHealth } from '../runtime.ts'

const recording = record()
beforeEach(() => recording.clear())
const { run } = flow.workflow
const last = () => recording.spans.at(-1)

async function* numbers(): AsyncGenerator<number> {
  yield* [1, 2, 3]
}

describe('ends', () => {
  test('when the iteration is done; values and order are the source’s', async () => {
    const seen: number[] = []
    for await (const n of run.stream({}, numbers)) {
      expect(recording.spans).toHaveLength(0)
      seen.push(n)
    }
    expect(seen).toEqual([1, 2, 3])
    expect(recording.spans).toHaveLength(1)
    expect(last()?.status.code).toBe(0)
    expect(emitterHealth().open).toBe(0)
  })

  test('when it is broken out of or returned from, and the source is told', async () => {
    let closed = 0
    async function* source() {
      try {
        yield* [1, 2, 3]
      } finally {
        closed++
      }
    }
    for await (const n of run.stream({}, source)) if (n === 2) break
    expect([closed, recording.spans.length]).toEqual([1, 1])
    const iterator = run.stream({}, source)[Symbol.asyncIterator]()
    await iterator.next()
    expect(await iterator.return?.(9)).toEqual({ done: true, value: 9 })
    expect([closed, recording.spans.length, last()?.status.code]).toEqual([2, 2, 0])
  })

  test('when the source throws, with its error', async () => {
    const error = new Error('cut off')
    async function* source() {
      yield 1
      throw error
    }
    const all = Array.fromAsync(run.stream({}, source))
    await expect(all).rejects.toBe(error)
    expect(last()?.status.message).toBe('cut off')
  })

  test('when an error is thrown in, unless the source goes on', async () => {
    async function* stubborn() {
      try {
        yield 1
      } catch {
        yield 2
      }
    }
    const iterator = run.stream({}, stubborn)[Symbol.asyncIterator]()
    await iterator.next()
    expect(await iterator.throw?.(new Error('in'))).toEqual({ done: false, value: 2 })
    expect(recording.spans).toHaveLength(0)
    await iterator.next()
    expect(last()?.status.code).toBe(0)
    const plain = run.stream({}, () => ({ [Symbol.asyncIterator]: () => ({ next: async () => ({ value: 1 }) }) }))
    const other = plain[Symbol.asyncIterator]()
    await other.next()
    const error = new Error('in')
    await expect(other.throw?.(error)).rejects.toBe(error)
    expect(last()?.status.message).toBe('in')
  })

  test('when the loop’s own body throws', async () => {
    const error = new Error('mine')
    const loop = async () => {
      for await (const _ of run.stream({}, numbers)) throw error
    }
    await expect(loop()).rejects.toBe(error)
    expect(recording.spans).toHaveLength(1)
  })

  test('once, however often it is asked again', async () => {
    const asked = async () => {
      const iterator = run.stream({}, numbers)[Symbol.asyncIterator]()
      for (let n = 0; n < 6; n++) await iterator.next()
      await iterator.return?.()
    }
    expect(await counted('ended_twice', asked)).toBe(0)
    expect(recording.spans).toHaveLength(1)
  })

  test('when the function throws, or its promise rejects before anyone iterates', async () => {
    const error = new Error('refused')
    expect(() =>
      run.stream({}, () => {
        throw error
      }),
    ).toThrow(error)
    expect(last()?.status.message).toBe('refused')
    const stream = run.stream({}, () => Promise.reject(error))
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(recording.spans).toHaveLength(2)
    await expect(Array.fromAsync(stream)).rejects.toBe(error)
    expect(recording.spans).toHaveLength(2)
  })
})

test('never iterated, it is ended by abandonAll(), as what was started and not ended', () => {
  run.stream({}, numbers)
  const open = run.start({})
  expect(emitterHealth().open).toBe(2)
  expect(abandonAll()).toBe(2)
  expect(recording.spans.map(({ attributes }) => attributes['error.type'])).toEqual(['abandoned', 'abandoned'])
  expect(recording.records.map(({ eventName, body }) => [eventName, body])).toEqual([
    ['flow.workflow.run.exception', 'never ended'],
    ['flow.workflow.run.exception', 'never ended'],
  ])
  open.end()
  expect(recording.spans).toHaveLength(2)
  expect(abandonAll()).toBe(0)
})

test('the function runs once, at once, inside the operation; so does every step, and nothing outside does', async () => {
  let runs = 0
  const active: (string | undefined)[] = []
  const name = () => active.push((trace.getActiveSpan() as { name?: string } | undefined)?.name)
  const stream = run.stream({}, async () => {
    runs++
    name()
    return (async function* () {
      name()
      yield 1
      name()
    })()
  })
  expect(runs).toBe(1)
  for await (const _ of stream) name()
  expect(active).toEqual(['workflow', 'workflow', undefined, 'workflow'])
})

test('sources of other kinds: a promise of a stream, a synchronous iterable, an iterator that answers without promises', async () => {
  expect(await Array.fromAsync(run.stream({}, async () => numbers()))).toEqual([1, 2, 3])
  expect(await Array.fromAsync(run.stream({}, () => [Promise.resolve(1), 2] as number[]))).toEqual([1, 2])
  let n = 0
  const answers = { [Symbol.asyncIterator]: () => ({ next: () => ({ done: n === 2, value: n++ }) }) }
  expect(await Array.fromAsync(run.stream({}, () => answers as never))).toEqual([0, 1])
  await expect(Array.fromAsync(run.stream({}, () => 5 as never))).rejects.toThrow(TypeError)
  expect(recording.spans).toHaveLength(4)
})

test('ticks: a step through the stream takes no more than two microtasks more than the source’s own', async () => {
  const ticks = async (iterator: AsyncIterator<number>): Promise<number> => {
    let passed = 0
    let arrivedAfter: number | undefined
    const step = iterator.next().then(() => (arrivedAfter = passed))
    for (; passed < 20; passed++) await Promise.resolve()
    await step
    return arrivedAfter ?? passed
  }
  const source = { [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: false, value: 1 }) }) }
  const own = await ticks(source[Symbol.asyncIterator]())
  const streamed = await ticks(run.stream({}, () => source)[Symbol.asyncIterator]())
  expect(streamed - own).toBeLessThanOrEqual(2)
  abandonAll()
})
