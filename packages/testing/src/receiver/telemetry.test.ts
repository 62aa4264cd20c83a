// What other processes have sent, asked and expected of as a test's own.
import { fileURLToPath } from 'node:url'
import { expect as plain, test } from 'vitest'
import { launch, startReceiver } from '../index.ts'
import { expect } from '../vitest/index.ts'

const shop = fileURLToPath(new URL('fixtures/shop.mjs', import.meta.url))
const program = (...args: readonly string[]) => [process.execPath, '--conditions=@proprio/source', shop, ...args]

test('launch: the program has ended, and its spans, events and metrics are there, as a tree in the order in which they began', async () => {
  const { telemetry, exitCode, stdout, rejected } = await launch(program('3'))
  plain({ exitCode, stdout, problems: rejected.problems }).toEqual({ exitCode: 0, stdout: 'sold 3\n', problems: [] })
  plain(telemetry.tree()).toMatchInlineSnapshot(`
    "sell shop.order.items=3
      · shop.order.refused (warn) shop.order.left=1
      pay [client]
      ship"
  `)
  expect(telemetry).toHaveSpan('sell', { 'shop.order.items': 3 })
  expect(telemetry).toHaveTrace({
    span: 'sell',
    exact: true,
    ordered: true,
    children: [{ span: 'pay' }, { span: 'ship' }],
  })
  expect(telemetry).toHaveEvent('shop.order.refused', { 'shop.order.left': 1 }, { level: 'warn' })
  expect(telemetry).toHaveMetric('shop.order.sold', { increasedBy: 3, dimensions: { 'shop.order.gift': true } })
  expect(telemetry).toHaveMetric('shop.order.sell.duration', { count: 1, quantile: { 0.5: { atMost: 10 } } })
  expect(telemetry.span('pay')).toBeChildOf(telemetry.span('sell'))
  expect(telemetry).toHaveNoErrors()
})

test('launch: a program that fails is no error, and what it sent before is there', async () => {
  const { telemetry, exitCode } = await launch(program('0'))
  plain(exitCode).toBe(1)
  expect(telemetry).toHaveException('RangeError')
  plain(() => expect(telemetry).toHaveNoErrors()).toThrow('order.sell: RangeError: nothing to sell')
})

test('a receiver takes from several programs, and clear() forgets what has come', async () => {
  await using receiver = await startReceiver()
  const { telemetry, environment } = receiver
  // Their own receivers are not asked: the environment that is given says where to send.
  const sending = (items: string) => launch(program(items), { env: environment })
  const [first, second] = await Promise.all([sending('1'), sending('2')])
  plain([first, second].map((ended) => ended.telemetry.spans())).toEqual([[], []])
  await plain.poll(() => telemetry.spans('sell').length).toBe(2)
  expect(telemetry).toHaveSpans(2, 'sell')
  expect(telemetry).toHaveMetric('shop.order.sold', { increasedBy: 3 })
  telemetry.clear()
  plain(telemetry.spans()).toEqual([])
  plain(telemetry.metrics()).toEqual([])
  await sending('5')
  await plain.poll(() => telemetry.metrics('shop.order.sold').length).toBe(1)
  expect(telemetry).toHaveMetric('shop.order.sold', { increasedBy: 5 })
  plain(receiver.rejected().problems).toEqual([])
})
