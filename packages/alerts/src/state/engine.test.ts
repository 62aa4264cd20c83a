// Rules over samples, from one evaluation to the next: each transition without waiting, and random ones against an independent, obvious model.
import { array, assert, constantFrom, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AlertChange, createEngine, type Engine, resolveRules, type Rule } from '../index.ts'

const intervalMs = 10_000
const seconds = (count: number): number => count * 1000

const engineOf = (...rules: readonly Rule[]): Engine =>
  createEngine({ rules: resolveRules(rules, { intervalMs }), now: 0, intervalMs })

const gauge = (more: Partial<Rule> = {}): Rule => ({
  name: 'full',
  when: { measure: 'used' },
  window: '10s',
  warn: 80,
  ...more,
})

/** Feeds one value an evaluation, undefined for none, and tells what has changed when. */
function fed(engine: Engine, values: readonly (number | undefined)[]): readonly string[] {
  return values.flatMap((value, index) => {
    const at = (index + 1) * intervalMs
    if (value !== undefined) engine.measure({ name: 'used', at, value, attributes: {} })
    return engine.evaluate(at).map(({ change, alert }) => `${at / 1000} ${alert.severity} ${change}`)
  })
}

describe('a measure', () => {
  test('fires beyond its limit, not at it, and is over past its clear limit', () => {
    expect(fed(engineOf(gauge()), [10, 80, 81, 75, 73, 72, 71, 90])).toEqual([
      '30 warn firing',
      '60 warn resolved',
      '80 warn firing',
    ])
  })

  test('never fires on the first evaluation after a start', () => {
    expect(fed(engineOf(gauge()), [99, 99, 10])).toEqual(['10 warn pending', '20 warn firing', '30 warn resolved'])
  })

  test('waits as long as `for` says, and begins anew when it was not so for once', () => {
    const rule = gauge({ for: '20s' })
    expect(fed(engineOf(rule), [0, 90, 90, 0, 90, 90, 90, 0])).toEqual([
      '20 warn pending',
      '50 warn pending',
      '70 warn firing',
      '80 warn resolved',
    ])
  })

  test('goes on firing as long as `keepFiringFor` says', () => {
    const rule = gauge({ keepFiringFor: '20s' })
    expect(fed(engineOf(rule), [0, 90, 0, 0, 90, 0, 0, 0])).toEqual(['20 warn firing', '80 warn resolved'])
  })

  test('has a warn and an error, each with a state of its own', () => {
    expect(fed(engineOf(gauge({ error: 95 })), [0, 90, 99, 90, 80, 10])).toEqual([
      '20 warn firing',
      '30 error firing',
      '50 error resolved',
      '60 warn resolved',
    ])
  })

  test.for<[absent: Rule['absent'], expected: readonly string[]]>([
    ['ignore', ['20 warn firing']],
    ['resolve', ['20 warn firing', '40 warn resolved']],
    ['fire', ['20 warn firing']],
  ])('that stops coming is never zero: absent %s', ([absent = 'ignore', expected]) => {
    expect(fed(engineOf(gauge({ absent })), [0, 90, undefined, undefined, undefined, undefined])).toEqual(expected)
  })

  test('absent: fire fires when what had come comes no more, and not before it has ever come', () => {
    expect(fed(engineOf(gauge({ absent: 'fire' })), [undefined, undefined])).toEqual([])
    expect(fed(engineOf(gauge({ absent: 'fire' })), [5, 5, undefined, undefined, undefined])).toEqual([
      '40 warn firing',
    ])
  })

  test('tells apart by attributes, and no more of them than it may', () => {
    const rules = resolveRules([gauge({ by: ['disk'], annotations: { summary: '{disk} is at {value} of {limit}' } })], {
      intervalMs,
    })
    const engine = createEngine({ rules, now: 0, intervalMs, maxIdentities: 2 })
    for (const at of [seconds(10), seconds(20)]) {
      for (const disk of ['a', 'b', 'c'])
        engine.measure({ name: 'used', at, value: disk === 'b' ? 10 : 90, attributes: { disk } })
      engine.evaluate(at)
    }
    expect(engine.counts()).toEqual({ identities: 2, overflowed: 2 })
    expect(engine.alerts()).toMatchObject([
      { labels: { disk: 'a' }, state: 'firing', value: 90, annotations: { summary: 'a is at 90 of 80' } },
    ])
  })
})

describe('operations', () => {
  const sell = (engine: Engine, at: number, took: number, failed = false): void =>
    engine.operation({
      catalogue: 'shop',
      type: 'order.sell',
      layer: 'order',
      at,
      seconds: took,
      failed,
      attributes: {},
      ids: { traceId: 't', spanId: `s${took}` },
    })

  test('a quantile of enough of them, with the worst as an example', () => {
    const engine = engineOf({
      name: 'slow',
      when: { operation: { layer: 'order' }, statistic: 'p95' },
      window: '1m',
      warn: '1s',
    })
    engine.evaluate(0)
    for (let n = 0; n < 19; n++) sell(engine, seconds(10), 5)
    expect(engine.evaluate(seconds(10))).toEqual([])
    sell(engine, seconds(20), 7)
    const [{ change, alert } = {} as AlertChange] = engine.evaluate(seconds(20))
    expect(change).toBe('firing')
    expect(alert).toMatchObject({ rule: 'slow', samples: 20, example: { value: 7, traceId: 't', spanId: 's7' } })
    expect(Math.abs((alert.value ?? 0) / 5 - 1)).toBeLessThan(0.025)
    expect(engine.evaluate(seconds(100)).map((one) => one.change)).toEqual(['resolved'])
  })

  test('a ratio of failures, of an operation of that type only', () => {
    const engine = engineOf({
      name: 'failing',
      when: { operation: { type: 'order.sell' }, statistic: 'errorRatio' },
      error: 0.2,
      minimumSamples: 5,
    })
    engine.evaluate(0)
    engine.operation({
      catalogue: 'shop',
      type: 'order.pay',
      layer: 'order',
      at: 1,
      seconds: 1,
      failed: true,
      attributes: {},
    })
    for (let n = 0; n < 4; n++) sell(engine, seconds(1), 1, n < 1)
    expect(engine.evaluate(seconds(10))).toEqual([])
    sell(engine, seconds(11), 1, true)
    expect(engine.evaluate(seconds(20)).map(({ alert }) => alert.value)).toEqual([0.4])
  })

  test('that does not come is missed, from the start on', () => {
    const engine = engineOf({
      name: 'quiet',
      when: { operation: { type: 'order.sell' }, statistic: 'absence' },
      error: '25s',
    })
    const changes = (at: number) => engine.evaluate(seconds(at)).map(({ change }) => change)
    expect([changes(10), changes(20), changes(30)]).toEqual([[], [], ['firing']])
    sell(engine, seconds(35), 1)
    expect(changes(40)).toEqual(['resolved'])
  })
})

describe('a clock that jumps', () => {
  test('forward or back is not time in which something was so', () => {
    const engine = engineOf(gauge({ for: '1m' }))
    const at = (ms: number, value: number) => {
      engine.measure({ name: 'used', at: ms, value, attributes: {} })
      return engine.evaluate(ms).map(({ change }) => change)
    }
    expect(at(seconds(10), 0)).toEqual([])
    expect(at(seconds(20), 90)).toEqual(['pending'])
    expect(at(seconds(7200), 90)).toEqual([])
    expect(at(seconds(100), 90)).toEqual([])
    expect(at(seconds(110), 90)).toEqual([])
    expect(at(seconds(120), 90)).toEqual([])
    expect(at(seconds(130), 90)).toEqual([])
    expect(at(seconds(140), 90)).toEqual(['firing'])
  })
})

// The model knows no windows and no steps: it looks at the whole history at every evaluation.
type State = 'inactive' | 'pending' | 'firing'

function modelled(
  values: readonly number[],
  limit: number,
  clear: number,
  forSteps: number,
  keepSteps: number,
): readonly State[] {
  const states: State[] = []
  for (const [now, value] of values.entries()) {
    const was = states.at(-1) ?? 'inactive'
    if (was === 'firing') {
      // The last time that it was so.
      const lastBad = values.slice(0, now + 1).findLastIndex((one) => one > clear)
      states.push(now - lastBad > keepSteps ? 'inactive' : 'firing')
      continue
    }
    // Since when it has been so without a break, after it last fired.
    const begins = Math.max(
      states.lastIndexOf('firing') + 1,
      values.slice(0, now + 1).findLastIndex((one) => one <= limit) + 1,
    )
    if (value <= limit) states.push('inactive')
    else states.push(now - begins >= forSteps && now > 0 ? 'firing' : 'pending')
  }
  return states
}

test('random rules and values: the states are those of the model', () => {
  assert(
    property(
      array(integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 60 }),
      integer({ min: 1, max: 19 }),
      constantFrom(0.5, 0.9, 1),
      integer({ min: 0, max: 4 }),
      integer({ min: 0, max: 4 }),
      (values, warn, clear, forSteps, keepSteps) => {
        const rule = gauge({ warn, clear, for: `${forSteps * 10}s`, keepFiringFor: `${keepSteps * 10}s` })
        const engine = engineOf(rule)
        const states = values.map((value, index) => {
          const at = (index + 1) * intervalMs
          engine.measure({ name: 'used', at, value, attributes: {} })
          engine.evaluate(at)
          return engine.alerts()[0]?.state ?? 'inactive'
        })
        expect(states).toEqual(modelled(values, warn, warn - warn * (1 - clear), forSteps, keepSteps))
      },
    ),
    { numRuns: 1000 },
  )
})
