// A register() that keeps nothing, asked all the same, and called again with whatever a caller may hand it.
import { capture } from '@proprio/api'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { register, type Telemetry } from './index.ts'

let handle: Telemetry
beforeAll(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  handle = register({ store: false, signals: false })
})
const { prepareStackTrace } = Error
afterEach(() => {
  Error.prepareStackTrace = prepareStackTrace
})

const revoked = (): never => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy as never
}

test.each([
  ['null', null],
  ['a revoked proxy', revoked()],
  ['a number', 7],
  ['a text', 'shop'],
])('a later register() with %s gives the handle, and throws nothing', (_what, options) => {
  expect(register(options as never)).toBe(handle)
})

test('nor does one under a stack that the application makes something else of', () => {
  Error.prepareStackTrace = (_error, frames) => frames
  expect(register({ service: 'other' })).toBe(handle)
  Error.prepareStackTrace = () => {
    throw new Error('on purpose')
  }
  expect(register({ service: 'other' })).toBe(handle)
})

test('of later calls the first are listed, and the others counted', () => {
  const before = handle.health().registration.again.length
  const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`option${index}`, 1]))
  for (let index = 0; index < 1_000; index++) register(many as never)
  const { again, unlisted } = handle.health().registration
  expect(again).toHaveLength(16)
  expect(unlisted).toBe(before + 1_000 - 16)
  expect(again.at(-1)?.ignored).toHaveLength(16)
})

test('queries find nothing, and who follows is told the end by shutdown()', async () => {
  capture({ type: 'shop.seen' })
  expect((await handle.query.events()).rows).toEqual([])
  const next = handle.query.follow().next()
  await handle.shutdown()
  expect(await next).toEqual({ done: true, value: undefined })
  expect((await handle.query.follow().next()).done).toBe(true)
})
