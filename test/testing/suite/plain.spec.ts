// vitest's own `test` and `expect`, where a setup file records every test.
import { beforeAll, describe, expect, test } from 'vitest'
import { currentTelemetry } from '@proprio/testing'
import { sell, shop, tick } from './shop.ts'

beforeAll(() => tick('of.nobody'))

test('by name', async () => {
  await sell('ann')
  expect(currentTelemetry()).toHaveSpan(shop.task.sell, { customer: 'ann' })
  expect(currentTelemetry()).toHaveSpans(2)
})

test.concurrent.for(['bob', 'cid', 'dan'])('at once, %s', async (customer) => {
  await sell(customer)
  expect(currentTelemetry()).toHaveSpans(1, shop.task.sell, { customer })
  expect(currentTelemetry()).toHaveSpans(2)
})

describe('in a describe', () => {
  test('nothing of another’s', () => {
    expect(currentTelemetry().spans()).toEqual([])
    expect(currentTelemetry().unclaimed()).toHaveSpan('of.nobody')
  })
})
