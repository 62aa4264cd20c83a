// Attempts: a span each, linked to the one before, with a pause between that can be cancelled.
import { expect, test } from '@proprio/testing/vitest'
import { describe } from 'vitest'
import { flow } from '../call-site/flow.ts'
import { counted } from '../fixtures/counted.ts'
import { never, refuses, revoked, worst } from '../fixtures/hostile.ts'
import { useRandom } from '../runtime.ts'

const far = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }
const { node, run } = flow.workflow

const failing = (times: number) => {
  let calls = 0
  return () => {
    if (calls++ < times) throw new Error(`try ${calls}`)
    return 'done'
  }
}

test('until it succeeds: a span an attempt, each linked to the one before, beside the links that were given', async ({
  telemetry,
}) => {
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
  expect(telemetry.tree({ ids: true })).toMatchInlineSnapshot(`
    "trace#1/span#1 workflow
      trace#1/span#2 node a ! Error: try 1 flow.workflow.attempt=1 flow.workflow.node="a" → elsewhere
      trace#1/span#3 node a ! Error: try 2 flow.workflow.attempt=2 flow.workflow.node="a" → elsewhere → trace#1/span#2
      trace#1/span#4 node a flow.workflow.attempt=3 flow.workflow.node="a" → elsewhere → trace#1/span#3"
  `)
  for (const span of telemetry.spans(node)) expect(span).toBeLinkedTo(far)
})

test('rejects with the last attempt’s error; `again` sees each error and may stop', async ({ telemetry }) => {
  const errors: unknown[] = []
  const last = await node
    .attempts({ node: 'a' }, { times: 3, again: () => 0 }, failing(9))
    .catch((error: Error) => error.message)
  expect(last).toBe('try 3')
  telemetry.clear()
  const again = (error: unknown, attempt: number) => {
    errors.push([(error as Error).message, attempt])
    return attempt < 2 ? 1 : false
  }
  await expect(node.attempts({ node: 'a' }, { times: 9, again }, failing(9))).rejects.toThrow('try 2')
  expect(errors).toEqual([
    ['try 1', 1],
    ['try 2', 2],
  ])
  expect(telemetry).toHaveSpans(2)
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
  test('ends the pause, with its reason', async ({ telemetry }) => {
    const controller = new AbortController()
    const began = performance.now()
    setTimeout(() => controller.abort(new Error('enough')), 10)
    const options = { times: 3, again: () => 60_000, signal: controller.signal }
    await expect(node.attempts({ node: 'a' }, options, failing(9))).rejects.toThrow('enough')
    expect(performance.now() - began).toBeLessThan(30_000)
    expect(telemetry).toHaveSpans(1)
  })

  test('that is aborted already keeps the first attempt from being made', async ({ telemetry }) => {
    const signal = AbortSignal.abort(new Error('never'))
    let calls = 0
    await expect(node.attempts({ node: 'a' }, { times: 3, signal }, () => calls++)).rejects.toThrow('never')
    expect(calls).toBe(0)
    expect(telemetry).toHaveSpans(0)
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

  test('that the work itself obeys ends the attempts with the work’s error', async ({ telemetry }) => {
    const controller = new AbortController()
    const work = async () => {
      controller.abort()
      controller.signal.throwIfAborted()
    }
    const error = await node
      .attempts({ node: 'a' }, { times: 3, again: () => 0, signal: controller.signal }, work)
      .catch((thrown: unknown) => thrown)
    expect((error as Error).name).toBe('AbortError')
    expect(telemetry).toHaveSpans(1)
  })
})

test('`again` that throws ends the attempts with the error of the work, and is counted', async ({ telemetry }) => {
  const again = () => {
    throw new Error('of again')
  }
  const attempt = () => expect(node.attempts({ node: 'a' }, { times: 3, again }, failing(9))).rejects.toThrow('try 1')
  expect(await counted('internal_error', attempt)).toBe(1)
  const gone = never(revoked(() => 1))
  await expect(node.attempts({ node: 'a' }, { times: 3, again: gone }, failing(9))).rejects.toThrow('try 1')
  expect(telemetry).toHaveSpans(2)
  for (const span of telemetry.spans()) expect(span).toHaveStatus('error', 'try 1')
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

  test.for(['signal', 'again', 'times', 'links'])('%s', async (key, { telemetry }) => {
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
    for (const span of telemetry.spans()) expect(span).toBeChildOf(far)
  })

  test.for(['signal', 'again', 'times', 'links', 'level', 'at'])(
    'a getter of %s that throws',
    async (key, { telemetry }) => {
      const options = Object.defineProperty({ parent: far, times: 1 }, key, { enumerable: true, get: refuses })
      expect(await node.attempts({ node: 'a' }, never(options), () => 5)).toBe(5)
      expect(telemetry.span(node)).toBeChildOf(far)
    },
  )
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
