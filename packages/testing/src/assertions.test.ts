// Each assertion: where it holds, where it does not and what it says then, and what it cannot be asked.
import { capture, catalogue, choice, integer, occurrence, operation } from '@proprio/api'
import { describe, expect, test } from 'vitest'
import {
  assertEvent,
  assertNoErrors,
  assertNoOpenSpans,
  assertSpan,
  recordTelemetry,
  type TestTelemetry,
} from './index.ts'

const shop = catalogue(
  'shop',
  { version: '1.0.0' },
  {
    order: {
      sell: operation({
        summary: 'One order.',
        span: 'sell {channel}',
        attributes: {
          channel: choice(['web', 'app'], 'Where.', { dimension: true, required: true }),
          items: integer('How many.'),
        },
      }),
      refused: occurrence({ summary: 'Not sold.', level: 'warn', attributes: { items: integer('How many.') } }),
      idle: operation({ summary: 'Nothing to do.', span: 'idle', attributes: {} }),
    },
  },
)

const selling = (check: (telemetry: TestTelemetry) => void): void =>
  recordTelemetry((telemetry) => {
    shop.order.sell({ channel: 'web', items: 3 }, () => shop.order.refused({ items: 2 }))
    check(telemetry)
  })

test('a span by its operation, name, pattern or function, with some of its attributes', () => {
  selling((telemetry) => {
    assertSpan(telemetry, shop.order.sell)
    assertSpan(telemetry, shop.order.sell, { channel: 'web', items: 3 })
    assertSpan(telemetry, shop.order.sell, { items: expect.any(Number) })
    assertSpan(telemetry, 'sell web', { 'shop.order.items': 3 })
    assertSpan(telemetry, /^sell/)
    assertSpan(telemetry, ({ kind }) => kind === 'internal')
    assertNoErrors(telemetry)
    assertNoOpenSpans(telemetry)
  })
})

test('an event by its occurrence, with its level', () => {
  selling((telemetry) => {
    assertEvent(telemetry, shop.order.refused, { items: 2 }, { level: 'warn' })
    assertEvent(telemetry, 'shop.order.refused')
    expect(() => assertEvent(telemetry, shop.order.refused, {}, { level: 'error' }))
      .toThrowErrorMatchingInlineSnapshot(`
        [AssertionError: expected an event order.refused of shop at level error

        the test has made:
        shop.order.refused]
      `)
  })
})

describe('a failure says what came nearest and what there is', () => {
  test('other attributes', () => {
    selling((telemetry) => {
      const failing = () => assertSpan(telemetry, shop.order.sell, { channel: 'app', items: 3 })
      expect(failing).toThrowErrorMatchingInlineSnapshot(`
        [AssertionError: expected a span order.sell of shop with these attributes

        the nearest differs:
          shop.order.channel: expected 'app', was 'web'

        the test has made:
        sell web [internal] shop.order.channel="web" shop.order.items=3]
      `)
      expect(failing).toThrow(
        expect.objectContaining({
          actual: { 'shop.order.channel': 'web', 'shop.order.items': 3 },
          expected: { 'shop.order.channel': 'app', 'shop.order.items': 3 },
        }),
      )
    })
  })

  test('another case', () => {
    selling((telemetry) => {
      expect(() => assertSpan(telemetry, 'Sell Web')).toThrowErrorMatchingInlineSnapshot(`
        [AssertionError: expected a span "Sell Web"

        there is "sell web": the names differ by case

        the test has made:
        sell web [internal] shop.order.channel="web" shop.order.items=3]
      `)
    })
  })

  test('nothing at all', () => {
    recordTelemetry((telemetry) => {
      expect(() => assertSpan(telemetry, shop.order.idle)).toThrowErrorMatchingInlineSnapshot(`
        [AssertionError: expected a span order.idle of shop

        the test has made no span]
      `)
      expect(() => assertEvent(telemetry, /refused/)).toThrowErrorMatchingInlineSnapshot(`
        [AssertionError: expected an event /refused/

        the test has made no event]
      `)
    })
  })

  test('something that is still open', async () => {
    await recordTelemetry(async (telemetry) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      const work = shop.order.idle({}, () => promise)
      expect(() => assertSpan(telemetry, shop.order.idle)).toThrowErrorMatchingInlineSnapshot(`
        [AssertionError: expected a span order.idle of shop

        the test has made no span
        still open: "idle". Is something not awaited? See telemetry.settled()]
      `)
      expect(() => assertNoOpenSpans(telemetry)).toThrowErrorMatchingInlineSnapshot(`
        [AssertionError: expected no span to be open

        the test has made no span
        still open: "idle". Is something not awaited? See telemetry.settled()]
      `)
      resolve()
      await work
      assertSpan(telemetry, shop.order.idle)
    })
  })

  test('an error', () => {
    recordTelemetry((telemetry) => {
      const failing = () =>
        shop.order.sell({ channel: 'app' }, (): void => {
          throw new RangeError('none left')
        })
      expect(failing).toThrow('none left')
      expect(() => assertNoErrors(telemetry)).toThrowErrorMatchingInlineSnapshot(`
        [AssertionError: expected no span to fail, and 1 did:
        sell app: none left

        the test has made:
        sell app [internal] !none left error.type="RangeError" shop.order.channel="app"]
      `)
    })
  })
})

describe('what cannot be asked is an error that names the mistake, and no failed assertion', () => {
  const mistakes: readonly (readonly [which: unknown, message: string])[] = [
    [{}, 'an object that is no emitter names no span. Give an emitter of a catalogue, a name, a pattern or a function'],
    [undefined, 'undefined names no span'],
    [shop.order.refused, 'shop order.refused is no operation but of kind occurrence, so it makes no span'],
  ]
  test.for(mistakes)('%#', ([which, message]) => {
    selling((telemetry) => {
      const asking = (): void => assertSpan(telemetry, which as string)
      expect(asking).toThrow(TypeError)
      expect(asking).toThrow(message)
    })
  })

  test('an attribute that the event type lacks does not compile, and is named', () => {
    selling((telemetry) => {
      // @ts-expect-error price is no attribute of it
      const asking = (): void => assertSpan(telemetry, shop.order.sell, { price: 3 })
      expect(asking).toThrow(TypeError)
      expect(asking).toThrow('shop order.sell has no attribute "price". It has: channel, items')
    })
  })
})

test('an ad-hoc event type is found by its name', () => {
  recordTelemetry((telemetry) => {
    capture({ type: 'a.b', attributes: { part: 1 } })
    assertEvent(telemetry, 'a.b', { part: 1 })
  })
})
