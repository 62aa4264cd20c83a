// While a layer is off nothing is made, and nothing of the host is asked.
import { beforeEach, expect, test } from 'vitest'
import { counted, record } from '../fixtures/recording.ts'
import { capture, captureException, catalogue, operation, switchLayers, text } from '../index.ts'

const recording = record()
const shop = catalogue(
  'shop',
  { version: '1' },
  { api: { get: operation({ summary: 's', span: 'get', attributes: { key: text('k') } }) } },
)
beforeEach(async () => {
  switchLayers({ '*': true, api: false })
  await recording.clear()
})
const names = () => [...recording.spans.map(({ name }) => name), ...recording.records.map(({ eventName }) => eventName)]

test('every handle is the same one, also one that is disposed', () => {
  const first = shop.api.get.start({ key: 'x' })
  expect(shop.api.get.start({})).toBe(first)
  expect(Object.isFrozen(first)).toBe(true)
  first[Symbol.dispose]()
  shop.api.get({}, (op) => expect(op).toBe(first))
  capture({ type: 'api.x' }, (op) => expect(op).toBe(first))
  expect(names()).toEqual([])
})

test('a wrapped function runs without its attributes', () => {
  let asked = 0
  const wrapped = shop.api.get.wrap((_n: number) => (asked++, { key: 'x' }))(function (this: unknown, n: number) {
    return [this, n]
  })
  expect(wrapped.call('me', 5)).toEqual(['me', 5])
  expect(asked).toBe(0)
  switchLayers({ api: true })
  wrapped.call('me', 5)
  expect([asked, names()]).toEqual([1, ['get']])
})

test('of what is captured only layer and type are read, an error not at all', () => {
  const read: PropertyKey[] = []
  const seen = <T extends object>(of: T): T =>
    new Proxy(of, { get: (target, key) => (read.push(key), Reflect.get(target, key)) as unknown })
  expect(capture(seen({ type: 'api.x', message: 'm', attributes: {} }), () => 5)).toBe(5)
  capture(seen({ type: 'api.x', durationMs: 5 }))
  capture(seen({ type: 'x', layer: 'api' }))
  captureException(seen(new Error('x')), seen({ layer: 'api' }))
  captureException(seen(new Error('x')), seen({ type: 'api.failed' }))
  expect([...new Set(read)]).toEqual(['layer', 'type'])
  expect(names()).toEqual([])
})

test('ad-hoc types that are captured meanwhile use up none of those that may be', async () => {
  const many = () => {
    for (let n = 0; n < 2000; n++) capture({ type: `api.x${n}` }, () => 1)
    switchLayers({ api: true })
    capture({ type: 'api.late' }, () => 1)
  }
  expect(await counted('type_overflow', many)).toBe(0)
  expect(names()).toEqual(['api.late'])
})

test("and so for layers that '*' switches off", () => {
  switchLayers({ '*': false })
  capture({ type: 'unheard.x' })
  captureException(new Error('x'))
  switchLayers({ '*': true })
  capture({ type: 'unheard.x' })
  captureException(new Error('x'))
  expect(names()).toEqual(['unheard.x', 'exception'])
})
