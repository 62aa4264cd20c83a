// Code under test that registers when it is loaded, before @proprio/testing is.
import { order } from './application.ts'
import { expect, test } from '@proprio/testing/vitest'
import { telemetry as registered } from '@proprio/sdk'

test('the recorder joins what the application has registered', async ({ telemetry }) => {
  await order('ann')
  expect(telemetry).toHaveSpan('shop.order', { customer: 'ann' })
  const { rows } = await registered().query.events({ type: 'shop.order' })
  expect(rows.map(({ traceId }) => traceId)).toContain(telemetry.span('shop.order').traceId)
})

test('and keeps its tests apart', async ({ telemetry }) => {
  await order('bob')
  expect(telemetry).toHaveSpans(1)
})
