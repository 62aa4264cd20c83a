// vitest's own `test` once more, for the same worker where workers are not isolated.
import { expect, test } from 'vitest'
import { currentTelemetry } from '@proprio/testing'
import { sell, shop } from './shop.ts'

test('recorded too', async () => {
  await sell('eve')
  expect(currentTelemetry()).toHaveSpan(shop.task.sell, { customer: 'eve' })
  expect(currentTelemetry().unclaimed()).not.toHaveSpan('of.nobody')
})
