// Failures, for what vitest prints of them.
import { expect, test } from '@proprio/testing/vitest'
import { sell, shop } from './shop.ts'

test('another customer', async ({ telemetry }) => {
  await sell('ann', 2)
  expect(telemetry).toHaveSpan(shop.task.sell, { customer: 'bob', items: 2 })
})

test('not awaited', ({ telemetry }) => {
  void sell('ann')
  expect(telemetry).toHaveSpan(shop.task.sell)
})
