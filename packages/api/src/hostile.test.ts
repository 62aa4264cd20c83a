// Whatever it is handed, no call of ours throws or changes the host's result; the host's function runs exactly once.
import { logs, trace } from '@opentelemetry/api'
import { LoggerProvider } from '@opentelemetry/sdk-logs'
import { TracerProvider } from '@opentelemetry/sdk-trace'
import * as fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { flow } from './call-site/flow.ts'
import { counted, record } from './fixtures/recording.ts'
import {
  capture,
  captureException,
  catalogue,
  choice,
  counter,
  flag,
  gauge,
  histogram,
  id,
  integer,
  list,
  number,
  occurrence,
  operation,
  switchLayers,
  text,
  upDownCounter,
  withContext,
} from './index.ts'
import { abandonAll } from './runtime.ts'

const recording = record()
beforeEach(() => recording.clear())

const attributes = {
  text: text('t'),
  bounded: text('b', { dimension: { atMost: 5 } }),
  id: id('i'),
  integer: integer('n', { measure: 'counter', dimension: { atMost: 3 } }),
  number: number('n', { measure: 'histogram' }),
  flag: flag('f', { dimension: true }),
  choice: choice(['a', 'b'], 'c', { dimension: true }),
  list: list(text('x'), 'l'),
  secret: text('s', { sensitive: 'hash' }),
}
const dimensions = { bounded: attributes.bounded, flag: attributes.flag, choice: attributes.choice }
const any = catalogue(
  'any',
  { version: '1', context: { where: text('w', { dimension: { atMost: 3 } }) } },
  {
    api: {
      run: operation({ summary: 's', span: ['run {bounded} {choice}', 'run'], announce: true, attributes }),
      told: occurrence({ summary: 's', level: 'info', message: '{text} {secret} {list}', attributes }),
      sum: counter({ summary: 's', unit: '1', attributes: dimensions }),
      change: upDownCounter({ summary: 's', unit: '1', attributes: dimensions }),
      now: gauge({ summary: 's', unit: '1', attributes: dimensions }),
      spread: histogram({ summary: 's', unit: '1', attributes: dimensions }),
    },
  },
)

const never = (value: unknown): never => value as never
const revoked = <T extends object>(target: T): T => {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}
const refuses = (): never => {
  throw new Error('hostile')
}
const throwingProxy = new Proxy(
  {},
  {
    get: refuses,
    has: refuses,
    ownKeys: refuses,
    getPrototypeOf: refuses,
    getOwnPropertyDescriptor: refuses,
    set: refuses,
    defineProperty: refuses,
  },
)
const getter = {
  get text(): string {
    return refuses()
  },
  integer: 1,
}
const circular: Record<string, unknown> = { a: 1 }
circular['self'] = circular
const circularList: unknown[] = []
circularList.push(circularList)
const deep = (depth: number): unknown => {
  let value: unknown = 'end'
  for (let n = 0; n < depth; n++) value = n % 2 ? [value] : { value }
  return value
}
const deepObject = deep(100_000)
const huge = 'x'.repeat(50 * 1024 * 1024)
class Instance {
  readonly field = 1
}

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
    expect(performance.now() - began).toBeLessThan(250)
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

const worst: readonly unknown[] = [
  throwingProxy,
  revoked({}),
  revoked(() => 1),
  getter,
  circular,
  circularList,
  deepObject,
  huge,
  Symbol('s'),
  refuses,
  new Instance(),
  null,
  undefined,
  Number.NaN,
  5n,
  Array(2 ** 32 - 1),
]
// In a box: fast-check itself looks into what it makes, and a revoked proxy throws at it.
const boxed = (value: unknown) => ({ open: () => value })
const kinds = {
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
}
const anything = fc.oneof(
  fc.anything({ ...kinds, withNullPrototype: true, withObjectString: true, withBoxedValues: true }).map(boxed),
  fc.nat(worst.length - 1).map((index) => boxed(worst[index])),
  fc
    .dictionary(
      fc.constantFrom(...Object.keys(attributes), '__proto__', 'constructor'),
      fc.anything({ withBigInt: true }),
    )
    .map(boxed),
)

describe('anything, through every public call', () => {
  test('nothing throws, results are the host’s, and its function runs exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(anything, anything, anything, async (...boxes) => {
        const [one, two, three] = boxes.map((box) => box.open())
        let runs = 0
        const result = { mine: three }
        const work = (op: { set(v: never): void; fail(e: unknown, o?: never): void; link(to: never): void }) => {
          runs++
          op.set(never(one))
          op.fail(two, never(three))
          op.link(never(one))
          return result
        }
        const options = typeof two === 'function' ? {} : two
        expect(any.api.run(never(one), work)).toBe(result)
        expect(any.api.run(never(one), never(options), work)).toBe(result)
        expect(any.api.run(never({ text: one, list: two, integer: three, secret: one }), work)).toBe(result)
        expect(any.api.run.wrap(never(one), never(two))(() => (runs++, result))()).toBe(result)
        expect(capture(never(one), work)).toBe(result)
        expect(capture({ type: never(one), layer: never(two), attributes: never(three) }, work)).toBe(result)
        expect(withContext(never(one), () => (runs++, result))).toBe(result)
        expect(any.within(never(one), () => (runs++, result))).toBe(result)
        expect(runs).toBe(8)
        any.api.told(never(one), never(two))
        any.api.told(never({ text: one, bounded: two, list: three }))
        any.api.run.record(never(one), never(two))
        any.api.run.record({}, { durationMs: never(one), error: two, at: never(three) })
        const started = any.api.run.start(never(one), never(two))
        started.set(never(three))
        started.end()
        capture(never(one), never(options))
        captureException(one, never(two), never(three))
        any.api.sum.add(never(one), never(two))
        any.api.now.set(1, never({ bounded: one, flag: two, choice: three }))
        expect(await any.api.run.attempts(never(one), never(two), () => (runs++, result))).toBe(result)
        const streamed = any.api.run.stream(never(one), () => (runs++, [result]), never(two))
        expect(await Array.fromAsync(streamed)).toEqual([result])
        expect(runs).toBe(10)
        any.api.now.observe(never(one))[Symbol.dispose]()
        any.api.now.observe((report) => report(never(one), never(two)))[Symbol.dispose]()
        switchLayers(never(one))
        switchLayers({ '*': true })
      }),
      { numRuns: 200 },
    )
  })

  test('what the host’s function gives back or throws is untouched, whatever it is', async () => {
    await fc.assert(
      fc.property(anything, (box) => {
        const value = box.open()
        let runs = 0
        const given = () => {
          runs++
          return value
        }
        expect(Object.is(any.api.run({}, given), value)).toBe(true)
        expect(Object.is(capture({ type: 'a.b' }, given), value)).toBe(true)
        let thrown: unknown
        try {
          any.api.run({}, () => {
            runs++
            throw value
          })
        } catch (error) {
          thrown = error
        }
        expect(Object.is(thrown, value)).toBe(true)
        expect(runs).toBe(3)
      }),
      { numRuns: 200 },
    )
    abandonAll()
  })

  test('functions that are none', async () => {
    for (const none of [null, undefined, 5, 'x', {}, throwingProxy]) {
      expect(any.api.run({}, never(none))).toBeUndefined()
      expect(any.within({}, never(none))).toBeUndefined()
      expect(withContext({}, never(none))).toBeUndefined()
      expect(await any.api.run.attempts({}, { times: 2 }, never(none))).toBeUndefined()
      expect(await Array.fromAsync(any.api.run.stream({}, never(none)))).toEqual([])
      any.api.now.observe(never(none))[Symbol.dispose]()
      any.api.run.wrap(() => ({}))(never(none))
    }
  })
})

test('an SDK whose processors throw reaches neither the host nor the rest of the operation', async () => {
  const trouble = flow.workflow
  const nothing = { forceFlush: async () => {}, shutdown: async () => {} }
  const ended: string[] = []
  trace.disable()
  logs.disable()
  const keep = { onStart() {}, onEnd: ({ name }: { name: string }) => void ended.push(name), ...nothing }
  trace.setGlobalTracerProvider(
    new TracerProvider({ spanProcessors: [keep, { onStart() {}, onEnd: refuses, ...nothing }] }),
  )
  logs.setGlobalLoggerProvider(new LoggerProvider({ processors: [{ onEmit: refuses, ...nothing }] }))
  expect(trouble.run({}, (op) => (op.fail(new Error('x')), 5))).toBe(5)
  trouble.retryScheduled({ attempt: 1 })
  expect(ended).toEqual(['workflow'])
  trace.disable()
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [{ onStart: refuses, onEnd() {}, ...nothing }] }))
  let runs = 0
  expect(trouble.run({}, () => ++runs)).toBe(1)
  expect(runs).toBe(1)
})
