// The handle that register() returns, in one process: asked, switched, told about catalogues, and ended. What needs a process of its own is in test/system.
import { capture, catalogue, occurrence } from '@proprio/api'
import { memoryStore } from '@proprio/store'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { ProprioError, register, telemetry, withProprio } from './index.ts'

const mine = memoryStore()
const handle = register({
  service: { name: 'shop', version: '1.2.0' },
  resource: { 'api.password': 'hunter2' },
  store: [mine, 'memory'],
  layers: { quiet: false },
  signals: false,
})

afterAll(() => handle.shutdown())
beforeEach(() => mine.clear())

test('a store of one’s own is written and answers the queries', async () => {
  capture({ type: 'shop.checkout', level: 'warn', attributes: { cart: 7 } })
  const { rows } = await handle.query.warnings()
  expect(rows).toMatchObject([{ type: 'shop.checkout', layer: 'shop', attributes: { cart: 7 } }])
  expect((await mine.events()).rows).toEqual(rows)
  expect(handle.health()).toMatchObject({ service: 'shop', unaccounted: 0, failures: {} })
})

test('the resource is redacted as everything else', async () => {
  capture({ type: 'shop.seen' })
  const { rows } = await handle.query.logs()
  expect(rows[0]?.resource).toMatchObject({ 'service.version': '1.2.0', 'api.password': '[redacted]' })
})

test('layers are switched by option, and at run time', async () => {
  capture({ type: 'quiet.word' })
  expect((await handle.query.events()).rows).toEqual([])
  handle.layers({ quiet: true, shop: false })
  capture({ type: 'quiet.word' })
  capture({ type: 'shop.seen' })
  expect((await handle.query.events()).rows.map(({ type }) => type)).toEqual(['quiet.word'])
  handle.layers({ shop: true })
})

test('the catalogues of the process are told', () => {
  catalogue(
    'flow',
    { version: '3.0.0' },
    { workflow: { seen: occurrence({ summary: 'Seen.', level: 'info', attributes: {} }) } },
  )
  expect(handle.catalogues()).toMatchObject([{ name: 'flow', version: '3.0.0' }])
})

test('later calls give the same handle, and health names where and what they ignored', () => {
  expect(register({ service: 'other' })).toBe(handle)
  expect(telemetry()).toBe(handle)
  withProprio({ prometheus: true })
  const { registration } = handle.health()
  expect(registration.at).toContain('register.test.ts')
  expect(registration.again).toMatchObject([{ ignored: ['service'] }, { ignored: ['prometheus'] }])
  expect(registration.again[0]?.at).toContain('register.test.ts')
})

test('a wrong option is a coded error, also where it would have no effect', () => {
  expect(() => withProprio({ servcie: 'x' } as never)).toThrow(ProprioError)
  expect(() => withProprio({ instrumentations: [{}] } as never)).toThrow(/PROPRIO_SDK_BAD_OPTION/)
  expect(() => withProprio({ ignore: 'all' } as never)).toThrow(/ignore/)
})

test('what is running is told, its secrets masked, until it has ended', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const work = capture({ type: 'shop.wait', attributes: { password: 'hunter2' } }, () => promise)
  expect((await handle.query.running()).rows).toMatchObject([
    { type: 'shop.wait', attributes: { password: '[redacted]' } },
  ])
  resolve()
  await work
  expect((await handle.query.running()).rows).toEqual([])
})

test('shutdown() answers once, whatever it is handed, and ends who follows', async () => {
  const followed = handle.query.follow()
  const next = followed.next()
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  expect(await handle.flush(proxy)).toEqual({ flushed: 0, dropped: 0, timedOut: false })
  const outcome = await handle.shutdown(proxy)
  expect(outcome).toEqual({ flushed: 0, dropped: 0, timedOut: false })
  expect(await handle.shutdown()).toEqual(outcome)
  expect((await next).done).toBe(true)
  expect(handle.health().unaccounted).toBe(0)
})

test('register() after the end says that it has no effect', () => {
  const said = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const errors = vi.spyOn(console, 'error').mockImplementation(() => {})
  expect(register()).toBe(handle)
  expect([...said.mock.calls, ...errors.mock.calls].join()).toMatch(/has ended with shutdown\(\).* has no effect/)
})
