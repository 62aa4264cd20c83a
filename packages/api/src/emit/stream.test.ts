// A stream is an operation that ends with its iteration.
import { trace } from '@opentelemetry/api'
import { expect, test } from '@proprio/testing/vitest'
import { describe } from 'vitest'
import { flow } from '../call-site/flow.ts'
import { counted } from '../fixtures/counted.ts'
import { abandonAll, emitterHealth } from '../runtime.ts'

const { run } = flow.workflow

async function* numbers(): AsyncGenerator<number> {
  yield* [1, 2, 3]
}

describe('ends', () => {
  test('when the iteration is done; values and order are the source’s', async ({ telemetry }) => {
    const seen: number[] = []
    for await (const n of run.stream({}, numbers)) {
      expect(telemetry).toHaveSpans(0)
      seen.push(n)
    }
    expect(seen).toEqual([1, 2, 3])
    expect(telemetry.span(run)).toHaveStatus('unset')
    expect(telemetry).toHaveNoOpenSpans()
    expect(emitterHealth().open).toBe(0)
  })

  test('when it is broken out of or returned from, and the source is told', async ({ telemetry }) => {
    let closed = 0
    async function* source() {
      try {
        yield* [1, 2, 3]
      } finally {
        closed++
      }
    }
    for await (const n of run.stream({}, source)) if (n === 2) break
    expect(closed).toBe(1)
    expect(telemetry).toHaveSpans(1)
    const iterator = run.stream({}, source)[Symbol.asyncIterator]()
    await iterator.next()
    expect(await iterator.return?.(9)).toEqual({ done: true, value: 9 })
    expect(closed).toBe(2)
    expect(telemetry.tree()).toBe('workflow\nworkflow')
  })

  test('when the source throws, with its error', async ({ telemetry }) => {
    const error = new Error('cut off')
    async function* source() {
      yield 1
      throw error
    }
    const all = Array.fromAsync(run.stream({}, source))
    await expect(all).rejects.toBe(error)
    expect(telemetry.span(run)).toHaveStatus('error', 'cut off')
  })

  test('when an error is thrown in, unless the source goes on', async ({ telemetry }) => {
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
    expect(telemetry).toHaveSpans(0)
    await iterator.next()
    expect(telemetry.span(run)).toHaveStatus('unset')
    telemetry.clear()
    const plain = run.stream({}, () => ({ [Symbol.asyncIterator]: () => ({ next: async () => ({ value: 1 }) }) }))
    const other = plain[Symbol.asyncIterator]()
    await other.next()
    const error = new Error('in')
    await expect(other.throw?.(error)).rejects.toBe(error)
    expect(telemetry.span(run)).toHaveStatus('error', 'in')
  })

  test('when the loop’s own body throws', async ({ telemetry }) => {
    const error = new Error('mine')
    const loop = async () => {
      for await (const _ of run.stream({}, numbers)) throw error
    }
    await expect(loop()).rejects.toBe(error)
    expect(telemetry).toHaveSpans(1)
  })

  test('once, however often it is asked again', async ({ telemetry }) => {
    const asked = async () => {
      const iterator = run.stream({}, numbers)[Symbol.asyncIterator]()
      for (let n = 0; n < 6; n++) await iterator.next()
      await iterator.return?.()
    }
    expect(await counted('ended_twice', asked)).toBe(0)
    expect(telemetry).toHaveSpans(1)
  })

  test('when the function throws, or its promise rejects before anyone iterates', async ({ telemetry }) => {
    const error = new Error('refused')
    expect(() =>
      run.stream({}, () => {
        throw error
      }),
    ).toThrow(error)
    expect(telemetry.span(run)).toHaveStatus('error', 'refused')
    const stream = run.stream({}, () => Promise.reject(error))
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(telemetry).toHaveSpans(2)
    await expect(Array.fromAsync(stream)).rejects.toBe(error)
    expect(telemetry).toHaveSpans(2)
  })
})

test('never iterated, it is ended by abandonAll(), as what was started and not ended', ({ telemetry }) => {
  run.stream({}, numbers)
  const open = run.start({})
  expect(emitterHealth().open).toBe(2)
  expect(abandonAll()).toBe(2)
  expect(telemetry.tree()).toBe('workflow ! abandoned: never ended\nworkflow ! abandoned: never ended')
  const told = { name: 'flow.workflow.run.exception', message: 'never ended' }
  expect(telemetry.events()).toMatchObject([told, told])
  open.end()
  expect(telemetry).toHaveSpans(2)
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

test('sources of other kinds: a promise of a stream, a synchronous iterable, an iterator that answers without promises', async ({
  telemetry,
}) => {
  expect(await Array.fromAsync(run.stream({}, async () => numbers()))).toEqual([1, 2, 3])
  expect(await Array.fromAsync(run.stream({}, () => [Promise.resolve(1), 2] as number[]))).toEqual([1, 2])
  let n = 0
  const answers = { [Symbol.asyncIterator]: () => ({ next: () => ({ done: n === 2, value: n++ }) }) }
  expect(await Array.fromAsync(run.stream({}, () => answers as never))).toEqual([0, 1])
  await expect(Array.fromAsync(run.stream({}, () => 5 as never))).rejects.toThrow(TypeError)
  expect(telemetry).toHaveSpans(4)
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
