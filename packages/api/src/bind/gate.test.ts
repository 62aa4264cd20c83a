// Layers and levels, switched on and off, also while the process runs.
import { trace } from '@opentelemetry/api'
import { beforeEach, describe, expect, test } from 'vitest'
import { record } from '../fixtures/recording.ts'
import { capture, catalogue, counter, gauge, occurrence, operation, switchLayers, text } from '../index.ts'

const recording = record()
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
beforeEach(async () => {
  switchLayers({ '*': true })
  await recording.clear()
})
const names = () => [...recording.spans.map(({ name }) => name), ...recording.records.map(({ eventName }) => eventName)]

test('off: nothing of the layer, everything of the others, results as ever', async () => {
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
  expect(names()).toEqual([])
  expect(await recording.points()).toEqual([])
  shop.other.get({}, () => 1)
  expect(names()).toEqual(['other'])
  switchLayers({ api: true })
  shop.api.get({}, () => 1)
  expect(names()).toEqual(['other', 'get'])
})

test('inside an operation of a layer that is off, the active span stays the active one', () => {
  switchLayers({ api: false })
  shop.other.get({}, (outer) =>
    shop.api.get({}, (op) => {
      expect(trace.getActiveSpan()).toBe(outer.span)
      expect([op.span, op.traceparent]).toEqual([outer.span, ''])
      shop.other.get({}, () => 1)
    }),
  )
  const [inner, outer] = recording.spans
  expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId)
})

describe('from warn on', () => {
  beforeEach(() => switchLayers({ api: 'warn' }))

  test('occurrences below it are not, others are; measures go on', async () => {
    shop.api.seen({})
    shop.api.odd({})
    shop.api.seen({}, { level: 'error' })
    shop.api.told.add(1)
    expect(names()).toEqual(['shop.api.odd', 'shop.api.seen'])
    expect((await recording.points()).map(({ metric }) => metric)).toEqual([
      'shop.api.odd.count',
      'shop.api.seen.count',
      'shop.api.told',
    ])
  })

  test.each<[string, (fail: boolean) => unknown]>([
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
  ])('an operation is told only when it fails: %s', async (_name, work) => {
    await work(false)
    expect(names()).toEqual([])
    await work(true)
    expect(names()).toEqual(['get', 'shop.api.get.exception'])
  })

  test('or when it is slow, or its outcome has that level; with its attributes, parent, duration and start', async () => {
    await shop.other.get({}, async () => {
      await shop.api.get({ key: 'a' }, async (op) => {
        await new Promise((resolve) => setTimeout(resolve, 15))
        op.set({ key: 'b' })
        op.link({ traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` })
      })
    })
    const [slow, outer] = recording.spans
    expect(slow?.attributes['shop.api.key']).toBe('b')
    expect(slow?.links.map((link) => link.context.spanId)).toEqual(['b'.repeat(16)])
    expect(slow?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId)
    expect((slow?.duration[1] ?? 0) / 1e6).toBeGreaterThan(13)
    await recording.clear()
    shop.api.get({}, { level: 'warn' }, () => 1)
    expect(recording.spans[0]?.attributes['proprio.level']).toBe('warn')
  })

  test('it is slow by when it began, also where that is said', async () => {
    const at = Date.now() - 10_000
    shop.api.get.start({}, { at }).end()
    shop.api.get({}, { at: new Date(at) }, () => 1)
    await shop.api.get({}, { at }, async () => 1)
    expect(names()).toEqual(['get', 'get', 'get'])
    for (const { startTime, duration } of recording.spans) {
      expect(startTime[0] * 1000 + startTime[1] / 1e6).toBeCloseTo(at, 2)
      expect(duration[0] + duration[1] / 1e9).toBeGreaterThan(9.9)
      expect(duration[0] + duration[1] / 1e9).toBeLessThan(60)
    }
    for (const { value } of await recording.points()) expect(value).toBeGreaterThan(9.9)
    await recording.clear()
    shop.api.get.start({}, { at: Date.now() + 60_000 }).end()
    expect(names()).toEqual([])
  })

  test('an expected failure is told at its own level, and not above it', () => {
    shop.api.lost({}, (op) => op.fail('x'))
    switchLayers({ api: 'error' })
    shop.api.lost({}, (op) => op.fail('x'))
    expect(names()).toEqual(['lost', 'shop.api.lost.exception'])
  })
})

test("'*' stands for every layer not named, later ones too; what is no switch changes nothing", () => {
  switchLayers({ '*': false, other: true })
  const later = catalogue(
    'later',
    { version: '1' },
    { fresh: { get: operation({ summary: 's', span: 'fresh', attributes: {} }) } },
  )
  shop.api.get({}, () => 1)
  later.fresh.get({}, () => 1)
  shop.other.get({}, () => 1)
  expect(names()).toEqual(['other'])
  for (const wrong of [null, undefined, 5, { other: 'constructor' }, { other: null }]) switchLayers(wrong as never)
  shop.other.get({}, () => 1)
  expect(names()).toEqual(['other', 'other'])
  switchLayers({ '*': true })
  later.fresh.get({}, () => 1)
  expect(names()).toEqual(['other', 'other', 'fresh'])
})
