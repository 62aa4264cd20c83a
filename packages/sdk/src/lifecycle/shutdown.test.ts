import { describe, expect, test } from 'vitest'
import { lifecycle, type Stage } from './index.ts'

const never = (): Promise<never> => new Promise(() => {})

const fails = (): never => {
  throw new Error('on purpose')
}

const stage = (name: string, log: string[], part: Partial<Stage> = {}): Stage => ({
  name,
  flush: () => {
    log.push(`flush ${name}`)
  },
  stop: () => {
    log.push(`stop ${name}`)
  },
  ...part,
})

const timed = async <Value>(work: Promise<Value>): Promise<{ value: Value; took: number }> => {
  const began = performance.now()
  const value = await work
  return { value, took: performance.now() - began }
}

describe('shutdown', () => {
  test('flushes all stages in order before it stops them in order', async () => {
    const log: string[] = []
    const outcome = await lifecycle([stage('one', log), stage('two', log)]).shutdown()
    expect(log).toEqual(['flush one', 'flush two', 'stop one', 'stop two'])
    expect(outcome).toEqual({ flushed: 0, dropped: 0, timedOut: false })
  })

  test('adds up what the stages say', async () => {
    const spans = stage('spans', [], {
      flush: async () => ({ flushed: 3 }),
      stop: async () => ({ flushed: 1, dropped: 2 }),
    })
    const logs = stage('logs', [], { flush: () => ({ flushed: 5, dropped: 1 }) })
    expect(await lifecycle([spans, logs]).shutdown()).toEqual({ flushed: 9, dropped: 3, timedOut: false })
  })

  test('is done once: every call answers with the same promise', async () => {
    const log: string[] = []
    const { shutdown } = lifecycle([stage('one', log)])
    const first = shutdown()
    expect(shutdown({ deadlineMs: 1 })).toBe(first)
    await first
    expect(shutdown()).toBe(first)
    expect(log).toEqual(['flush one', 'stop one'])
  })

  test('a stage that throws, or rejects, is not heard of by the caller or by the others', async () => {
    const log: string[] = []
    const throwing = stage('throws', log, { flush: fails })
    const rejecting = stage('rejects', log, { stop: () => Promise.reject(new Error('on purpose')), pending: () => 4 })
    const outcome = await lifecycle([throwing, rejecting, stage('last', log)]).shutdown()
    expect(log).toEqual(['flush rejects', 'flush last', 'stop throws', 'stop last'])
    expect(outcome).toEqual({ flushed: 0, dropped: 4, timedOut: false })
  })

  test('a stage that hangs is given up on at the deadline; the others have had their turn, and what it holds is dropped', async () => {
    const log: string[] = []
    const hanging = stage('hangs', log, { flush: never, stop: never, pending: () => 7 })
    const counting = stage('counts', log, { flush: () => ({ flushed: 2 }) })
    const { value, took } = await timed(
      lifecycle([hanging, counting, stage('last', log)]).shutdown({ deadlineMs: 500 }),
    )
    expect(value).toEqual({ flushed: 2, dropped: 7, timedOut: true })
    expect(log).toEqual(['flush last', 'stop counts', 'stop last'])
    expect(took).toBeGreaterThan(450)
    expect(took).toBeLessThan(750)
  })

  test('a slow stage has the whole time, not only its share of it', async () => {
    const slow = stage('slow', [], {
      flush: () => new Promise((resolve) => setTimeout(() => resolve({ flushed: 1 }), 250)),
    })
    const outcome = await lifecycle([slow, stage('two', []), stage('three', [])]).shutdown({ deadlineMs: 500 })
    expect(outcome).toEqual({ flushed: 1, dropped: 0, timedOut: false })
  })

  test('tells each stage how long there is left', async () => {
    const told: number[] = []
    const tells = stage('tells', [], {
      flush: (deadlineMs) => void told.push(deadlineMs),
      stop: (deadlineMs) => void told.push(deadlineMs),
    })
    await lifecycle([tells]).shutdown({ deadlineMs: 1_000 })
    expect(told[0]).toBeCloseTo(800, -2)
    expect(told[1]).toBeCloseTo(1_000, -2)
  })

  test('counts that are no counts are taken for none', async () => {
    const odd = stage('odd', [], { flush: () => ({ flushed: Number.NaN, dropped: -3 }) })
    expect(await lifecycle([odd]).shutdown()).toEqual({ flushed: 0, dropped: 0, timedOut: false })
  })
})

const revoked = (): never => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy as never
}
const trap = {
  get deadlineMs(): number {
    throw new Error('on purpose')
  },
}

describe('a deadline', () => {
  // The stage takes 50 ms, well below the default of 5 s.
  const slow = (): Stage =>
    stage('slow', [], { flush: () => new Promise((resolve) => setTimeout(() => resolve({ flushed: 1 }), 50)) })
  const done = { flushed: 1, dropped: 0, timedOut: false }

  test.each([
    ['Infinity', { deadlineMs: Infinity }],
    ['more than a timer takes', { deadlineMs: 2 ** 40 }],
    ['NaN', { deadlineMs: Number.NaN }],
    ['a text', { deadlineMs: '1' }],
    ['null', { deadlineMs: null }],
    ['options that are null', null],
    ['options that are a number', 1],
    ['options with a getter that throws', trap],
    ['options that are a revoked proxy', revoked()],
  ])('of %s leaves the time that is needed', async (_what, options) => {
    const { flush, shutdown } = lifecycle([slow()])
    expect(await flush(options as never)).toEqual(done)
    expect(await shutdown(options as never)).toEqual(done)
  })

  test('below 0 is over at once', async () => {
    const { flush } = lifecycle([slow()])
    const { value, took } = await timed(flush({ deadlineMs: -1 }))
    expect(value).toEqual({ flushed: 0, dropped: 0, timedOut: true })
    expect(took).toBeLessThan(45)
  })
})

describe('flush', () => {
  test('is a pass of its own every time, and stops nothing', async () => {
    const log: string[] = []
    const { flush } = lifecycle([stage('one', log, { flush: () => ({ flushed: 1 }) })])
    expect(await flush()).toEqual({ flushed: 1, dropped: 0, timedOut: false })
    expect(await flush()).toEqual({ flushed: 1, dropped: 0, timedOut: false })
    expect(log).toEqual([])
  })

  test('is bounded, and drops nothing: what a hanging stage holds it still holds', async () => {
    const { flush } = lifecycle([stage('hangs', [], { flush: never, pending: () => 7 })])
    const { value, took } = await timed(flush({ deadlineMs: 200 }))
    expect(value).toEqual({ flushed: 0, dropped: 0, timedOut: true })
    expect(took).toBeLessThan(450)
  })

  test('after shutdown waits for it and finds nothing', async () => {
    const log: string[] = []
    const { flush, shutdown } = lifecycle([stage('one', log)])
    void shutdown()
    expect(await flush()).toEqual({ flushed: 0, dropped: 0, timedOut: false })
    expect(log).toEqual(['flush one', 'stop one'])
  })
})

test('pending adds up what the stages hold, a failing one as nothing', () => {
  const stages = [stage('one', [], { pending: () => 2 }), stage('two', [], { pending: fails }), stage('three', [])]
  expect(lifecycle(stages).pending()).toBe(2)
})
