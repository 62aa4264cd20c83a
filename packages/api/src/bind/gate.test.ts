// Layers and levels, switched on and off, also while the process runs.
import { trace } from '@opentelemetry/api'
import { virtualClock } from '@proprio/testing'
import { expect, test, type TestTelemetry } from '@proprio/testing/vitest'
import { beforeEach, describe } from 'vitest'
import { capture, catalogue, counter, gauge, occurrence, operation, switchLayers, text } from '../index.ts'

const shop = catalogue(
  'shop',
  { version: '1' },
  {
    api: {
      get: operation({
        summary: 's',
        span: 'get',
        slow: { warn: '10ms', error: '1h' },
        attributes: { key: text('k') },
      }),
      lost: operation({ summary: 's', span: 'lost', level: 'warn', attributes: {} }),
      seen: occurrence({ summary: 's', level: 'info', attributes: {} }),
      odd: occurrence({ summary: 's', level: 'warn', attributes: {} }),
      told: counter({ summary: 's', unit: '1' }),
    },
    other: {
      get: operation({ summary: 's', span: 'other', attributes: {} }),
      asked: gauge({ summary: 's', unit: '1' }),
    },
  },
)
beforeEach(() => switchLayers({ '*': true }))
const far = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }
const names = (telemetry: TestTelemetry) => [...telemetry.spans(), ...telemetry.events()].map(({ name }) => name)

test('off: nothing of the layer, everything of the others, results as ever', async ({ telemetry }) => {
  switchLayers({ api: false })
  const error = new Error('mine')
  expect(shop.api.get({}, () => 5)).toBe(5)
  expect(() =>
    shop.api.get({}, () => {
      throw error
    }),
  ).toThrow(error)
  const promise = Promise.resolve(1)
  expect(shop.api.get({}, () => promise)).toBe(promise)
  expect(
    await Array.fromAsync(
      shop.api.get.stream({}, async function* () {
        yield 1
      }),
    ),
  ).toEqual([1])
  using op = shop.api.get.start({})
  op.set({ key: 'x' })
  op.end()
  shop.api.get.record({}, { durationMs: 1, error })
  shop.api.odd({})
  shop.api.told.add(1)
  capture({ type: 'api.x' }, () => 1)
  expect([...telemetry.spans(), ...telemetry.logs(), ...telemetry.metrics()]).toEqual([])
  shop.other.get({}, () => 1)
  expect(telemetry.tree()).toBe('other')
  switchLayers({ api: true })
  shop.api.get({}, () => 1)
  expect(telemetry.tree()).toBe('other\nget')
})

test('inside an operation of a layer that is off, the active span stays the active one', ({ telemetry }) => {
  switchLayers({ api: false })
  shop.other.get({}, (outer) =>
    shop.api.get({}, (op) => {
      expect(trace.getActiveSpan()).toBe(outer.span)
      expect([op.span, op.traceparent]).toEqual([outer.span, ''])
      shop.other.get({}, () => 1)
    }),
  )
  expect(telemetry.tree()).toBe('other\n  other')
})

describe('from warn on', () => {
  beforeEach(() => switchLayers({ api: 'warn' }))

  test('occurrences below it are not, others are; measures go on', ({ telemetry }) => {
    shop.api.seen({})
    shop.api.odd({})
    shop.api.seen({}, { level: 'error' })
    shop.api.told.add(1)
    expect(telemetry.events().map(({ name, level }) => [name, level])).toEqual([
      ['shop.api.odd', 'warn'],
      ['shop.api.seen', 'error'],
    ])
    expect(telemetry.metrics().map(({ name }) => name)).toEqual([
      'shop.api.odd.count',
      'shop.api.seen.count',
      'shop.api.told',
    ])
  })

  test.for<[string, (fail: boolean) => unknown]>([
    ['run', (fail) => shop.api.get({}, (op) => fail && op.fail(new Error('x')))],
    ['promise', (fail) => shop.api.get({}, async (op) => fail && op.fail(new Error('x')))],
    [
      'thrown',
      (fail) => {
        try {
          shop.api.get({}, () => {
            if (fail) throw new Error('x')
          })
        } catch {}
      },
    ],
    [
      'start',
      (fail) => {
        const op = shop.api.get.start({})
        if (fail) op.fail(new Error('x'))
        op.end()
      },
    ],
    [
      'using',
      (fail) => {
        using op = shop.api.get.start({})
        if (!fail) op.end()
      },
    ],
    [
      'stream',
      (fail) =>
        Array.fromAsync(
          shop.api.get.stream({}, async function* (op) {
            if (fail) op.fail(new Error('x'))
            yield 1
          }),
        ),
    ],
    ['attempts', (fail) => shop.api.get.attempts({}, { times: 1 }, (op) => fail && op.fail(new Error('x')))],
    ['record', (fail) => shop.api.get.record({}, { durationMs: 1, ...(fail && { error: new Error('x') }) })],
    ['wrap', (fail) => shop.api.get.wrap(() => ({}), fail ? { error: 'x' } : {})(() => 1)()],
  ])('an operation is told only when it fails: %s', async ([, work], { telemetry }) => {
    telemetry.use(virtualClock())
    await work(false)
    expect(names(telemetry)).toEqual([])
    await work(true)
    expect(names(telemetry)).toEqual(['get', 'shop.api.get.exception'])
    expect(telemetry).not.toHaveNoErrors()
  })

  test('or when it is slow, or its outcome has that level; with its attributes, parent, duration and start', async ({
    telemetry,
  }) => {
    const clock = virtualClock()
    telemetry.use(clock)
    await shop.other.get({}, async () => {
      await shop.api.get({ key: 'a' }, async (op) => {
        clock.advance(15)
        op.set({ key: 'b' })
        op.link(far)
      })
    })
    const slow = telemetry.span(shop.api.get)
    expect(slow).toBeSlow()
    expect(slow).toHaveAttributes(shop.api.get, { key: 'b' })
    expect(slow).toBeLinkedTo(far)
    expect(telemetry.tree({ durations: true })).toMatchInlineSnapshot(`
      "other 15 ms
        get 15 ms (slow: over 0.01 s) shop.api.key="b" → elsewhere"
    `)
    telemetry.clear()
    shop.api.get({}, { level: 'warn' }, () => 1)
    expect(telemetry.span(shop.api.get)).toHaveAttributes({ 'proprio.level': 'warn' })
  })

  test('it is slow by when it began, also where that is said', async ({ telemetry }) => {
    const clock = virtualClock()
    telemetry.use(clock)
    const at = clock.now() - 10_000
    shop.api.get.start({}, { at }).end()
    shop.api.get({}, { at: new Date(at) }, () => 1)
    await shop.api.get({}, { at }, async () => 1)
    expect(telemetry).toHaveSpans(3, shop.api.get)
    for (const { start, end } of telemetry.spans())
      expect([start, end]).toEqual([
        [at / 1000, 0],
        [at / 1000 + 10, 0],
      ])
    expect(telemetry).toHaveMetric(shop.api.get, { count: 3, quantile: { 0: 10, 1: 10 } })
    telemetry.clear()
    shop.api.get.start({}, { at: clock.now() + 60_000 }).end()
    expect(names(telemetry)).toEqual([])
  })

  test('an expected failure is told at its own level, and not above it', ({ telemetry }) => {
    shop.api.lost({}, (op) => op.fail('x'))
    switchLayers({ api: 'error' })
    shop.api.lost({}, (op) => op.fail('x'))
    expect(names(telemetry)).toEqual(['lost', 'shop.api.lost.exception'])
    expect(telemetry).toHaveEvent('shop.api.lost.exception', {}, { level: 'warn' })
  })
})

test("'*' stands for every layer not named, later ones too; what is no switch changes nothing", ({ telemetry }) => {
  switchLayers({ '*': false, other: true })
  const later = catalogue(
    'later',
    { version: '1' },
    { fresh: { get: operation({ summary: 's', span: 'fresh', attributes: {} }) } },
  )
  shop.api.get({}, () => 1)
  later.fresh.get({}, () => 1)
  shop.other.get({}, () => 1)
  expect(telemetry.tree()).toBe('other')
  for (const wrong of [null, undefined, 5, { other: 'constructor' }, { other: null }]) switchLayers(wrong as never)
  shop.other.get({}, () => 1)
  expect(telemetry.tree()).toBe('other\nother')
  switchLayers({ '*': true })
  later.fresh.get({}, () => 1)
  expect(telemetry.tree()).toBe('other\nother\nfresh')
})
