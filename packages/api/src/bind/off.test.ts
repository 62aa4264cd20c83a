// While a layer is off nothing is made, and nothing of the host is asked.
import { expect, test } from '@proprio/testing/vitest'
import { beforeEach } from 'vitest'
import { counted } from '../fixtures/counted.ts'
import { capture, captureException, catalogue, operation, switchLayers, text } from '../index.ts'

const shop = catalogue(
  'shop',
  { version: '1' },
  { api: { get: operation({ summary: 's', span: 'get', attributes: { key: text('k') } }) } },
)
beforeEach(() => switchLayers({ '*': true, api: false }))

test('every handle is the same one, also one that is disposed', ({ telemetry }) => {
  const first = shop.api.get.start({ key: 'x' })
  expect(shop.api.get.start({})).toBe(first)
  expect(Object.isFrozen(first)).toBe(true)
  first[Symbol.dispose]()
  shop.api.get({}, (op) => expect(op).toBe(first))
  capture({ type: 'api.x' }, (op) => expect(op).toBe(first))
  expect([...telemetry.spans(), ...telemetry.logs(), ...telemetry.metrics()]).toEqual([])
})

test('a wrapped function runs without its attributes', ({ telemetry }) => {
  let asked = 0
  const wrapped = shop.api.get.wrap((_n: number) => (asked++, { key: 'x' }))(function (this: unknown, n: number) {
    return [this, n]
  })
  expect(wrapped.call('me', 5)).toEqual(['me', 5])
  expect(asked).toBe(0)
  switchLayers({ api: true })
  wrapped.call('me', 5)
  expect(asked).toBe(1)
  expect(telemetry.tree()).toBe('get shop.api.key="x"')
})

test('of what is captured only layer and type are read, an error not at all', ({ telemetry }) => {
  const read: PropertyKey[] = []
  const seen = <T extends object>(of: T): T =>
    new Proxy(of, { get: (target, key) => (read.push(key), Reflect.get(target, key)) as unknown })
  expect(capture(seen({ type: 'api.x', message: 'm', attributes: {} }), () => 5)).toBe(5)
  capture(seen({ type: 'api.x', durationMs: 5 }))
  capture(seen({ type: 'x', layer: 'api' }))
  captureException(seen(new Error('x')), seen({ layer: 'api' }))
  captureException(seen(new Error('x')), seen({ type: 'api.failed' }))
  expect([...new Set(read)]).toEqual(['layer', 'type'])
  expect([...telemetry.spans(), ...telemetry.logs(), ...telemetry.metrics()]).toEqual([])
})

test('ad-hoc types that are captured meanwhile use up none of those that may be', async ({ telemetry }) => {
  const many = () => {
    for (let n = 0; n < 2000; n++) capture({ type: `api.x${n}` }, () => 1)
    switchLayers({ api: true })
    capture({ type: 'api.late' }, () => 1)
  }
  expect(await counted('type_overflow', many)).toBe(0)
  expect(telemetry.tree()).toBe('api.late')
})

test("and so for layers that '*' switches off", ({ telemetry }) => {
  switchLayers({ '*': false })
  capture({ type: 'unheard.x' })
  captureException(new Error('x'))
  switchLayers({ '*': true })
  capture({ type: 'unheard.x' })
  captureException(new Error('x'))
  expect(telemetry.events().map(({ name }) => name)).toEqual(['unheard.x', 'exception'])
  expect(telemetry).toHaveSpans(0)
})
