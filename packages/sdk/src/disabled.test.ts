// OTEL_SDK_DISABLED: the handle is there, nothing is recorded, and whoever waits for something is told the end.
import { capture } from '@proprio/api'
import { expect, test, vi } from 'vitest'
import { register } from './index.ts'

test('nothing is recorded, and shutdown() ends who follows', async () => {
  vi.stubEnv('OTEL_SDK_DISABLED', 'true')
  vi.stubEnv('PROPRIO_STORE', 'false')
  const handle = register({ signals: false })
  const next = handle.query.follow().next()
  capture({ type: 'shop.seen' })
  expect(handle.health()).toMatchObject({ signals: { traces: { state: 'off' } }, unaccounted: 0 })
  expect(await handle.shutdown()).toEqual({ flushed: 0, dropped: 0, timedOut: false })
  expect(await next).toEqual({ done: true, value: undefined })
})
