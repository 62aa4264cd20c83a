// `test` and `expect` of @proprio/testing.
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeEach, describe, vi } from 'vitest'
import { currentTelemetry } from '@proprio/testing'
import { expect, it, test } from '@proprio/testing/vitest'
import { sell, sellLater, shop, tick } from './shop.ts'

const names = (spans: readonly { readonly name: string }[]): string[] => spans.map(({ name }) => name)

test('its own', async ({ telemetry }) => {
  expect(await sell('ann', 2)).toBe('sold to ann')
  expect(telemetry).toHaveSpan(shop.task.sell, { customer: 'ann', items: 2 })
  expect(telemetry).toHaveEvent(shop.task.sold, { customer: 'ann' })
  expect(telemetry).toHaveTrace({ span: shop.task.sell, children: [{ span: shop.task.pay }] })
  expect(telemetry).not.toHaveSpan('nobody')
  expect(telemetry).toHaveNoErrors()
  expect(telemetry).toConformTo(shop)
  expect({ telemetry }).toEqual({ telemetry: expect.toHaveSpan(shop.task.pay) })
  expect({ telemetry }).not.toEqual({ telemetry: expect.toHaveSpan('nobody') })
})

it('nothing of another’s', ({ telemetry }) => {
  expect(telemetry.spans()).toEqual([])
})

test('as a snapshot', async ({ telemetry }) => {
  await sell('ann', 2)
  expect(telemetry).toMatchSnapshot()
  expect(telemetry).toMatchInlineSnapshot(`
    sell shop.task.customer="ann" shop.task.items=2
      · shop.task.sold shop.task.customer="ann"
      pay shop.task.amount=200
  `)
})

describe('at once', () => {
  for (const customer of ['ann', 'bob', 'cid', 'dan', 'eve'])
    test.concurrent(`beside others, ${customer}`, async ({ telemetry, expect }) => {
      await Promise.all([sell(customer, 1), sell(customer, 2)])
      expect(telemetry).toHaveSpans(2, shop.task.sell, { customer })
      expect(telemetry).toHaveSpans(4)
    })
})

describe.concurrent('a describe at once', () => {
  for (const customer of ['ann', 'bob', 'cid'])
    test(customer, async ({ telemetry }) => {
      await sell(customer)
      expect(telemetry).toHaveSpans(1, shop.task.sell, { customer })
      expect(telemetry).toHaveSpans(2)
    })
})

describe('hooks', () => {
  beforeEach(() => {
    tick('hook.before')
    return () => {
      expect(names(currentTelemetry().spans())).toEqual(['hook.before', 'hook.body', 'hook.after'])
    }
  })
  afterEach(() => {
    tick('hook.after')
  })
  test('are of their test', ({ telemetry }) => {
    tick('hook.body')
    expect(names(telemetry.spans())).toEqual(['hook.before', 'hook.body'])
  })
  test.concurrent('also beside others', ({ telemetry }) => {
    tick('hook.body')
    expect(names(telemetry.spans())).toEqual(['hook.before', 'hook.body'])
  })
})

describe('fixtures', () => {
  const withShop = test.extend<{ sold: string }>({
    sold: async ({ telemetry }, use) => {
      const said = await sell('eve')
      expect(telemetry).toHaveSpan(shop.task.sell)
      await use(said)
    },
  })
  withShop('on top of ours', ({ sold, telemetry }) => {
    expect(sold).toBe('sold to eve')
    expect(telemetry).toHaveSpans(2)
  })
  withShop.for([1, 2])('and in %i', (number, { sold, telemetry }) => {
    expect([`sold to eve`, number]).toEqual([sold, number])
    expect(telemetry).toHaveSpans(2)
  })
})

describe('again', () => {
  let tries = 0
  test('after a failure', { retry: 2 }, ({ telemetry }) => {
    tick(`try.${++tries}`)
    expect(names(telemetry.spans())).toEqual([`try.${tries}`])
    expect(tries).toBe(3)
  })
  let times = 0
  test('and again', { repeats: 2 }, ({ telemetry }) => {
    tick(`time.${++times}`)
    expect(names(telemetry.spans())).toEqual([`time.${times}`])
  })
  afterAll(() => expect([tries, times]).toEqual([3, 3]))
})

describe('what is left over', () => {
  test.fails('from a test that was given up', { timeout: 20 }, async () => {
    await delay(40)
    tick('left.over')
  })
  test('is not of the next', async ({ telemetry }) => {
    await delay(60)
    expect(telemetry.spans()).toEqual([])
    expect(telemetry.unclaimed()).not.toHaveSpan('left.over')
  })
})

describe('tables', () => {
  test.for(['ann', 'bob'])('for %s', async (customer, { telemetry }) => {
    await sell(customer)
    expect(telemetry).toHaveSpan(shop.task.sell, { customer })
  })
  test.each([
    ['ann', 1],
    ['bob', 2],
  ] as const)('each %s %i', async (customer, items) => {
    await sell(customer, items)
    expect(currentTelemetry()).toHaveSpan(shop.task.sell, { customer, items })
  })
  test.skip('skipped', ({ telemetry }) => expect(telemetry).toHaveSpan('nobody'))
  test.todo('to do')
  test.skipIf(true)('skipped on a condition', () => expect(1).toBe(2))
  test.runIf(true)('run on a condition', ({ telemetry }) => expect(telemetry).toHaveSpans(0))
  test.fails('fails, as it should', ({ telemetry }) => expect(telemetry).toHaveSpan('nobody'))
  test('skips itself', ({ skip }) => skip())
})

describe('fake timers', () => {
  beforeEach(() => void vi.useFakeTimers({ now: new Date('2030-01-01T00:00:00Z') }))
  afterEach(() => void vi.useRealTimers())

  test('telemetry.use(Date)', async ({ telemetry }) => {
    telemetry.use(Date)
    const sold = sellLater('ann', 60_000)
    await vi.advanceTimersByTimeAsync(60_000)
    await sold
    shop.task.sell({ customer: 'bob' }, () => vi.advanceTimersByTime(1500))
    const [first, second] = telemetry.spans(shop.task.sell)
    expect(first?.start).toEqual([Date.parse('2030-01-01T00:01:00Z') / 1000, 0])
    expect(first).not.toBeSlow()
    expect(second).toBeSlow()
  })
  test('settled() does not stand still', async ({ telemetry }) => {
    const running = shop.task.sell.start({ customer: 'ann' })
    await expect(telemetry.settled({ timeoutMs: 20 })).rejects.toThrow(/after 20 ms still open/)
    running.end()
    await telemetry.settled()
    expect(telemetry).toHaveNoOpenSpans()
  })
})
