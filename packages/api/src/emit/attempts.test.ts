// Attempts: a span each, linked to the one before, with a pause between that can be cancelled.
import { beforeEach, describe, expect, test } from 'vitest'
import { flow } from '../call-site/flow.ts'
import { never, refuses, revoked, worst } from '../fixtures/hostile.ts'
import { counted, record } from '../fixtures/recording.ts'
import { useRandom } from '../runtime.ts'

const recording = record()
beforeEach(() => recording.clear())
const { node, run } = flow.workflow

const failing = (times: number) => {
  let calls = 0
  return () => {
    if (calls++ < times) throw new Error(`try ${calls}`)
    return 'done'
  }
}

test('until it succeeds: a span an attempt, each linked to the one before, beside the links that were given', async () => {
  const far = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }
  const numbers: number[] = []
  const work = failing(2)
  const result = await run({}, () =>
    node.attempts({ node: 'a' }, { times: 3, again: () => 1, links: [far] }, (op, attempt) => {
      op.set({ attempt })
      numbers.push(attempt)
      return work()
    }),
  )
  expect(result).toBe('done')
  expect(numbers).toEqual([1, 2, 3])
  const [first, second, third, parent] = recording.spans
  expect([first, second, third].map((span) => span?.status.message)).toEqual(['try 1', 'try 2', undefined])
  expect([first, second, third].map((span) => span?.parentSpanContext?.spanId)).toEqual(
    Array(3).fill(parent?.spanContext().spanId),
  )
  const linked = (span: typeof first) => span?.links.map((link) => link.context.spanId)
  expect(linked(first)).toEqual(['b'.repeat(16)])
  expect(linked(second)).toEqual(['b'.repeat(16), first?.spanContext().spanId])
  expect(linked(third)).toEqual(['b'.repeat(16), second?.spanContext().spanId])
})

test('rejects with the last attempt’s error; `again` sees each error and may stop', async () => {
  const errors: unknown[] = []
  const last = await node
    .attempts({ node: 'a' }, { times: 3, again: () => 0 }, failing(9))
    .catch((error: Error) => error.message)
  expect(last).toBe('try 3')
  await recording.clear()
  const again = (error: unknown, attempt: number) => {
    errors.push([(error as Error).message, attempt])
    return attempt < 2 ? 1 : false
  }
  await expect(node.attempts({ node: 'a' }, { times: 9, again }, failing(9))).rejects.toThrow('try 2')
  expect(errors).toEqual([
    ['try 1', 1],
    ['try 2', 2],
  ])
  expect(recording.spans).toHaveLength(2)
})

test('takes promises, and settles with their value or very error', async () => {
  const error = new Error('mine')
  await expect(node.attempts({ node: 'a' }, { times: 1 }, () => Promise.reject(error))).rejects.toBe(error)
  expect(await node.attempts({ node: 'a' }, { times: 1 }, () => Promise.resolve(5))).toBe(5)
})

test('the pause doubles with full jitter where `again` is not given', async () => {
  const restore = useRandom(() => 0.02)
  const began = performance.now()
  await node.attempts({ node: 'a' }, { times: 4 }, failing(3))
  restore()
  const waited = performance.now() - began
  expect(waited).toBeGreaterThan(2 + 4 + 8 - 2)
  expect(waited).toBeLessThan(10_000)
})

describe('an AbortSignal', () => {
  test('ends the pause, with its reason', async () => {
    const controller = new AbortController()
    const began = performance.now()
    setTimeout(() => controller.abort(new Error('enough')), 10)
    const options = { times: 3, again: () => 60_000, signal: controller.signal }
    await expect(node.attempts({ node: 'a' }, options, failing(9))).rejects.toThrow('enough')
    expect(performance.now() - began).toBeLessThan(30_000)
    expect(recording.spans).toHaveLength(1)
  })

  test('that is aborted already keeps the first attempt from being made', async () => {
    const signal = AbortSignal.abort(new Error('never'))
    let calls = 0
    await expect(node.attempts({ node: 'a' }, { times: 3, signal }, () => calls++)).rejects.toThrow('never')
    expect([calls, recording.spans.length]).toEqual([0, 0])
  })

  test('of another realm is one too, by its shape', async () => {
    const foreign = {
      aborted: false,
      reason: new Error('far'),
      addEventListener: (_type: string, cancel: () => void) => void setTimeout(cancel, 5),
    }
    const options = { times: 3, again: () => 60_000, signal: never(foreign) }
    await expect(node.attempts({ node: 'a' }, options, failing(9))).rejects.toBe(foreign.reason)
  })

  test('that the work itself obeys ends the attempts with the work’s error', async () => {
    const controller = new AbortController()
    const work = async () => {
      controller.abort()
      controller.signal.throwIfAborted()
    }
    const error = await node
      .attempts({ node: 'a' }, { times: 3, again: () => 0, signal: controller.signal }, work)
      .catch((thrown: unknown) => thrown)
    expect((error as Error).name).toBe('AbortError')
    expect(recording.spans).toHaveLength(1)
  })
})

test('`again` that throws ends the attempts with the error of the work, and is counted', async () => {
  const again = () => {
    throw new Error('of again')
  }
  const attempt = () => expect(node.attempts({ node: 'a' }, { times: 3, again }, failing(9))).rejects.toThrow('try 1')
  expect(await counted('internal_error', attempt)).toBe(1)
  const gone = never(revoked(() => 1))
  await expect(node.attempts({ node: 'a' }, { times: 3, again: gone }, failing(9))).rejects.toThrow('try 1')
  expect(recording.spans.map(({ status }) => status.message)).toEqual(['try 1', 'try 1'])
})

describe('whatever one of its options is, the work is done, and the others hold', () => {
  const { signal } = new AbortController()
  const odd: readonly unknown[] = [
    ...worst,
    Object.create(AbortSignal.prototype),
    new Proxy(signal, { get: refuses, getPrototypeOf: refuses }),
    { aborted: false, addEventListener: refuses, removeEventListener: refuses },
    { aborted: true },
    -1,
    Infinity,
    '3',
    [],
  ]
  const far = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }

  test.each(['signal', 'again', 'times', 'links'])('%s', async (key) => {
    for (const value of odd) {
      const options = { parent: far, times: 2, again: () => 0, [key]: value }
      expect(await node.attempts({ node: 'a' }, never(options), () => 5)).toBe(5)
      const error = new Error('mine')
      let runs = 0
      const work = () => {
        if (++runs < 3) throw error
      }
      const settled = await node.attempts({ node: 'a' }, never(options), work).catch((thrown: unknown) => thrown)
      if (key !== 'times') expect(settled).toBe(error)
      expect(runs).toBeGreaterThan(0)
    }
    expect(recording.spans.every((span) => span.parentSpanContext?.spanId === 'b'.repeat(16))).toBe(true)
  })

  test.each(['signal', 'again', 'times', 'links', 'level', 'at'])('a getter of %s that throws', async (key) => {
    const options = Object.defineProperty({ parent: far, times: 1 }, key, { enumerable: true, get: refuses })
    expect(await node.attempts({ node: 'a' }, never(options), () => 5)).toBe(5)
    expect(recording.spans[0]?.parentSpanContext?.spanId).toBe('b'.repeat(16))
  })
})

test('whatever the options are, the work is done once at least', async () => {
  for (const options of [null, undefined, 5, { times: Number.NaN }, { times: '3', again: 5, signal: 5, links: 7 }]) {
    expect(await node.attempts({ node: 'a' }, options as never, () => 5)).toBe(5)
  }
  const stops = [undefined, true, null]
  for (const stop of stops) {
    await expect(node.attempts({ node: 'a' }, { times: 3, again: () => stop as never }, failing(9))).rejects.toThrow(
      'try 1',
    )
  }
  expect(await node.attempts({ node: 'a' }, { times: 3, again: () => Number.NaN }, failing(1))).toBe('done')
  expect(await counted('not_a_function', () => node.attempts({ node: 'a' }, { times: 1 }, 5 as never))).toBe(1)
})
