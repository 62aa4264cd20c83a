// What compiles and what does not, in a project that has installed @proprio/testing.
import { catalogue, integer, occurrence, operation, text } from '@proprio/api'
import { assertSpan, currentTelemetry, type TestTelemetry } from '@proprio/testing'
import { expect, recordEveryTest, test } from '@proprio/testing/vitest'
import CoverageReporter from '@proprio/testing/vitest/coverage-reporter'
import TraceReporter from '@proprio/testing/vitest/trace-reporter'
import { expect as vitestExpect, test as vitestTest } from 'vitest'
import type { Reporter } from 'vitest/node'

const shop = catalogue(
  'shop',
  { version: '1.0.0' },
  {
    task: {
      sell: operation({
        summary: 'A sale.',
        span: 'sell',
        attributes: { customer: text('Who.'), items: integer('How many.') },
      }),
      sold: occurrence({ summary: 'Sold.', level: 'info', attributes: { customer: text('Who.') } }),
    },
  },
)

recordEveryTest()

test('typed from the catalogue', async ({ telemetry, expect: own }) => {
  const itself: TestTelemetry = telemetry
  await itself.settled()
  expect(telemetry).toHaveSpan(shop.task.sell, { customer: 'ann', items: expect.any(Number) })
  own(telemetry).not.toHaveSpans(2, shop.task.sell, { items: 2 })
  expect(telemetry).toHaveEvent(shop.task.sold, { customer: 'ann' }, { level: 'info' })
  expect(telemetry).toHaveTrace({ span: shop.task.sell, children: [{ span: /pay/, times: 1 }] })
  expect(telemetry.span(shop.task.sell)).toHaveAttributes(shop.task.sell, { customer: 'ann' })
  expect({ telemetry }).toEqual({ telemetry: expect.toHaveSpan(shop.task.sell, { customer: 'ann' }) })
  expect({ telemetry }).toEqual({ telemetry: expect.not.toHaveSpan('nobody') })
  await expect.poll(() => telemetry).toHaveSpans(1)
  // @ts-expect-error -- an attribute that the operation lacks
  expect(telemetry).toHaveSpan(shop.task.sell, { client: 'ann' })
  // @ts-expect-error -- an attribute of another type
  expect(telemetry).toHaveSpan(shop.task.sell, { items: 'two' })
  // @ts-expect-error -- an attribute that the occurrence lacks, also where it is not to be there
  expect(telemetry).not.toHaveEvent(shop.task.sold, { items: 2 })
  // @ts-expect-error -- also where it is asymmetric
  expect({ telemetry }).toEqual({ telemetry: expect.toHaveSpan(shop.task.sell, { client: 'ann' }) })
  // @ts-expect-error -- no level
  expect(telemetry).toHaveEvent(shop.task.sold, {}, { level: 'loud' })
  // @ts-expect-error -- no key of an expected trace
  expect(telemetry).toHaveTrace({ span: 'sell', child: [] })
  // @ts-expect-error -- the plain assertion too
  assertSpan(telemetry, shop.task.sell, { client: 'ann' })
})

vitestTest('vitest’s own', () => {
  vitestExpect(currentTelemetry()).toHaveSpan(shop.task.sell, { customer: 'ann' })
  // @ts-expect-error -- an attribute that the operation lacks
  vitestExpect(currentTelemetry()).toHaveSpan(shop.task.sell, { client: 'ann' })
})

test.extend<{ customer: string }>({ customer: async ({ telemetry }, use) => use(telemetry.tree()) })(
  'fixtures on top of ours',
  ({ customer, telemetry }) => {
    expect(telemetry.tree()).toBe(customer)
    // @ts-expect-error -- no such question
    telemetry.ask()
  },
)

test.for([1, 2])('for %i', (number, { telemetry }) => expect(telemetry).toHaveSpans(number))
test.concurrent.each([1, 2])('each %i', (number: number) => expect(number).toBeLessThan(3))

export const reporters: readonly Reporter[] = [new TraceReporter(), new CoverageReporter({ floor: 0.9 })]
