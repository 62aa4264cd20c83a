// The table of hostile inputs, row by row, through every public call: what is handed in is named or cut and counted, nothing throws.
import { beforeEach, describe, expect, test } from 'vitest'
import { counted } from './fixtures/counted.ts'
import {
  any,
  never,
  revoked,
  refuses,
  throwingProxy,
  getter,
  circular,
  circularList,
  deepObject,
  huge,
  Instance,
} from './fixtures/hostile.ts'
import { record } from './fixtures/recording.ts'
import { capture, captureException, withContext } from './index.ts'

const recording = record()
beforeEach(() => recording.clear())

/** What the attribute `text` becomes, and how many times something was counted as invalid. */
async function asText(value: unknown): Promise<[unknown, number]> {
  recording.spans.length = 0
  const times = await counted('attribute_invalid', () => any.api.run({ text: never(value) }, () => 1))
  return [recording.spans[0]?.attributes['any.api.text'], times]
}

describe('the table of hostile inputs, row by row', () => {
  test('throwing getters, throwing ownKeys, revoked proxies: named, counted', async () => {
    expect(await counted('attribute_invalid', () => any.api.run(never(getter), () => 1))).toBe(1)
    expect(recording.spans[0]?.attributes).toMatchObject({ 'any.api.text': '[unreadable]', 'any.api.integer': 1 })
    for (const values of [throwingProxy, revoked({}), revoked([])]) {
      expect(await counted('attribute_invalid', () => any.api.run(never(values), () => 1))).toBe(1)
    }
    expect(recording.spans).toHaveLength(4)
    for (const value of [revoked({}), revoked([]), throwingProxy])
      expect(await asText(value)).toEqual(['[unreadable]', 1])
    expect(
      await asText({
        get a() {
          return refuses()
        },
        b: 1,
      }),
    ).toEqual(['{"a":"[unreadable]","b":1}', 1])
  })

  test('nested 100,000 deep: cut at 64, counted', async () => {
    const [value, times] = await asText(deepObject)
    expect(times).toBe(1)
    expect(String(value).split(/[[{]/).length - 1).toBe(65)
    expect(JSON.parse(String(value))).toBeTypeOf('object')
  })

  test('circular: named at the repeated node, counted', async () => {
    expect(await asText(circular)).toEqual(['{"a":1,"self":"[circular]"}', 1])
    expect(await asText(circularList)).toEqual(['["[circular]"]', 1])
    const shared = { s: 1 }
    expect(await asText({ a: shared, b: shared })).toEqual(['{"a":{"s":1},"b":{"s":1}}', 0])
  })

  test('BigInt, Date, Map, Set, objects and lists are values; symbols, functions and instances are type tags, counted', async () => {
    const date = new Date(0)
    const rows: [unknown, unknown, number][] = [
      [2n ** 70n, '1180591620717411303424', 0],
      [date, date.toISOString(), 0],
      [new Date(Number.NaN), 'Invalid Date', 0],
      [
        new Map<unknown, unknown>([
          ['a', 1],
          [2, { b: date }],
        ]),
        `{"2":{"b":"${date.toISOString()}"},"a":1}`,
        0,
      ],
      [new Set([1, 'a']), '[1,"a"]', 0],
      [{ a: [1, null], b: undefined, n: Number.NaN }, '{"a":[1,null],"n":"NaN"}', 0],
      [Symbol('s'), '[symbol]', 1],
      [() => 1, '[function]', 1],
      [new Instance(), '[Instance]', 1],
      [new URL('http://user:password@host/'), '[URL]', 1],
      [{ a: new Instance() }, '{"a":"[Instance]"}', 1],
    ]
    for (const [value, expected, times] of rows) expect(await asText(value)).toEqual([expected, times])
    any.api.run({ integer: never(5n) }, () => 1)
    expect(recording.spans.at(-1)?.attributes['any.api.integer']).toBe(5)
  })

  test('NaN and Infinity stay numbers where numbers are meant, and never reach a metric', async () => {
    for (const number of [Number.NaN, Infinity, -Infinity]) any.api.run({ number, integer: number }, () => 1)
    expect(recording.spans.map(({ attributes: given }) => given['any.api.number'])).toEqual([
      Number.NaN,
      Infinity,
      -Infinity,
    ])
    expect(recording.spans.every(({ attributes: given }) => !('any.api.integer' in given))).toBe(true)
    const points = await recording.points()
    expect(points.map(({ metric }) => metric)).toEqual(['any.api.run.duration'])
  })

  test('a value of the wrong kind is text where text is meant, else dropped; counted', async () => {
    const wrong = { text: 5, flag: 'yes', integer: '5', list: 'x', choice: true }
    expect(await counted('attribute_invalid', () => any.api.run(never(wrong), () => 1))).toBe(5)
    const { attributes: given } = recording.spans[0] ?? { attributes: {} }
    expect(given).toEqual({
      'proprio.type': 'api.run',
      'proprio.layer': 'api',
      'any.api.text': '5',
      'any.api.choice': 'true',
    })
    any.api.run({ integer: 1.6, list: never([1, 2]) }, () => 1)
    expect(recording.spans[1]?.attributes).toMatchObject({ 'any.api.integer': 2, 'any.api.list': ['1', '2'] })
  })

  test('50 MB: cut to 8 KiB by code point, at once, and the rest is let go', async () => {
    const began = performance.now()
    const [value, times] = await asText(huge)
    expect(performance.now() - began).toBeLessThan(1000)
    expect([String(value).length, times]).toEqual([8192, 1])
    const [pair] = await asText(`${'x'.repeat(8191)}😀`)
    expect(pair).toBe('x'.repeat(8191))
    const [text] = await asText({ a: huge, b: [huge] })
    expect(String(text).length).toBeLessThanOrEqual(8300)
    capture({ type: huge, layer: huge, message: huge, attributes: { [huge]: huge } })
    const told = recording.records.at(-1)
    expect([told?.eventName?.length, String(told?.body).length]).toEqual([255, 8192])
    captureException(Object.assign(new Error(huge), { stack: huge, name: huge }))
    expect(JSON.stringify(recording.records.at(-1)?.attributes).length).toBeLessThan(20_000)
  })

  test('lone surrogates are mended, NUL is kept', async () => {
    expect(await asText('a\ud800b\0')).toEqual(['a\ufffdb\0', 0])
    any.api.run({ list: ['\udc00'] }, () => 1)
    expect(recording.spans.at(-1)?.attributes['any.api.list']).toEqual(['\ufffd'])
  })

  test('null where something was meant: no-op, counted where something is lost', () => {
    any.api.run(never(null), (op) => {
      op.set(never(null))
      op.set(never(5))
      op.fail(null)
      op.fail(new Error('x'), never(null))
      op.link(never(null))
      op.link(never({ traceparent: null }))
      op.link(
        never({
          get traceparent() {
            return refuses()
          },
        }),
      )
      expect(op.with(never(null))).toBeUndefined()
    })
    captureException(
      {
        get message() {
          return refuses()
        },
      },
      never(null),
      never(null),
    )
    expect(recording.spans[0]?.status.message).toBe('x')
    expect(recording.records.at(-1)?.attributes['exception.message']).toBe('[unreadable]')
  })

  test('options that are none: a sanitised span', () => {
    const wrong = [
      null,
      5,
      'x',
      throwingProxy,
      revoked({}),
      { links: [null] },
      { links: 5 },
      { links: revoked([]) },
      { parent: 5 },
      { parent: { traceparent: 7 } },
      { parent: { span: {} } },
      { parent: { span: { spanContext: refuses } } },
      { at: Number.NaN },
      { at: 'yesterday' },
      { at: new Date(Number.NaN) },
      { at: 1e300 },
      { at: -1 },
      { at: throwingProxy },
      { level: 'loud' },
      { level: {} },
      { links: [{ traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, attributes: getter }] },
    ]
    for (const options of wrong) {
      const before = recording.spans.length
      expect(any.api.run({}, never(options), () => 5)).toBe(5)
      expect(recording.spans.length).toBe(before + 1)
      any.api.told({}, never(options))
      any.api.run.record({}, never(options))
      any.api.run.start({}, never(options)).end()
      capture({ type: 'a.b' }, never(options))
      captureException(new Error('x'), never(options), never(options))
    }
    for (const { startTime, endTime } of recording.spans) {
      expect([...startTime, ...endTime].every((part) => Number.isSafeInteger(Math.trunc(part)) && part >= 0)).toBe(true)
    }
  })

  test('__proto__ as a key is kept under a name that no SDK loses, and pollutes nothing', () => {
    const values = JSON.parse('{ "__proto__": "mine", "constructor": "x" }') as object
    capture({ type: 'a.b', attributes: values }, () => 1)
    withContext(never(values), () => capture({ type: 'a.b' }, () => 1))
    for (const { attributes: given } of recording.spans)
      expect(given).toMatchObject({ _proto_: 'mine', constructor: 'x' })
    expect(({} as { mine?: unknown }).mine).toBeUndefined()
  })

  test('metrics with hostile values and dimensions: no-op or folded, counted', async () => {
    for (const given of [
      circular,
      getter,
      throwingProxy,
      revoked({}),
      null,
      5n,
      { bounded: circular, flag: 'x', choice: deepObject },
    ]) {
      for (const value of [1, null, Number.NaN, 5n, circular]) {
        any.api.sum.add(never(value), never(given))
        any.api.change.add(never(value), never(given))
        any.api.now.set(never(value), never(given))
        any.api.spread.record(never(value), never(given))
      }
    }
    for (const { value } of await recording.points()) expect(Number.isFinite(value)).toBe(true)
  })
})
