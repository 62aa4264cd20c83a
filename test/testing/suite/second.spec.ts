// A second file, for the same worker where workers are not isolated. Its fixtures are of a module that files share.
import { describe, expect } from 'vitest'
import { currentTelemetry } from '@proprio/testing'
import { concurrently, withCustomer } from './shared-fixtures.ts'
import { sell, shop } from './shop.ts'

withCustomer('with fixtures that files share', async ({ customer, telemetry }) => {
  await sell(customer)
  expect(telemetry).toHaveSpan(shop.task.sell, { customer: 'zoe' })
  expect(currentTelemetry()).toHaveSpans(2)
})

describe('in a describe', () => {
  concurrently('at once', async ({ telemetry }) => {
    await sell('yan')
    expect(telemetry).toHaveSpans(2)
  })
})
