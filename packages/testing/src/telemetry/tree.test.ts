// Traces as text: the same in every run, and what is shown when it is asked for.
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { capture, catalogue, occurrence, operation, text } from '@proprio/api'
import { virtualClock } from '../index.ts'
import { expect, test } from '../vitest/index.ts'

const shop = catalogue(
  'shop',
  { version: '1.0.0' },
  {
    order: {
      sell: operation({
        summary: 'One order.',
        span: 'sell',
        slow: { warn: '1s' },
        attributes: { buyer: text('Who.') },
      }),
      pay: operation({ summary: 'Payment.', span: 'pay', kind: 'client', attributes: {} }),
      refused: occurrence({ summary: 'Not sold.', level: 'warn', attributes: {} }),
    },
  },
)

function decline(): never {
  throw new RangeError('declined')
}

function selling(advance: () => void): void {
  let first: string | undefined
  shop.order.sell({ buyer: 'Ada' }, (op) => {
    first = op.traceparent
    shop.order.refused({})
    advance()
    expect(() => shop.order.pay({}, decline)).toThrow('declined')
  })
  shop.order.sell({}, { links: [{ traceparent: first ?? '' }] }, () => undefined)
}

test('as it stands in a snapshot', ({ telemetry }) => {
  const clock = virtualClock()
  telemetry.use(clock)
  selling(() => clock.advance(1500))
  const open = shop.order.sell.start({})
  expect(telemetry).toMatchInlineSnapshot(`
    sell (slow: over 1 s) shop.order.buyer="Ada"
      · shop.order.refused (warn)
      pay [client] ! RangeError: declined
    sell → trace#1/span#1
    sell … still open
  `)
  open.end()
})

test('with ids, durations, where errors were made, without events, and masked', ({ telemetry }) => {
  const clock = virtualClock()
  telemetry.use(clock)
  selling(() => clock.advance(1500))
  expect(telemetry.tree({ ids: true, durations: true, stacks: true, events: false, mask: ['shop.order.buyer'] }))
    .toMatchInlineSnapshot(`
      "trace#1/span#1 sell 1500 ms (slow: over 1 s) shop.order.buyer=*
        trace#1/span#2 pay [client] 0 ms ! RangeError: declined at decline (packages/testing/src/telemetry/tree.test.ts)
      trace#2/span#1 sell 0 ms → trace#1/span#1"
    `)
  expect(telemetry.tree({ durations: 'masked', events: false, mask: [/buyer$/] })).toMatch(/^sell \* ms .*buyer=\*\n/)
})

test('what differs from run to run is masked without being asked', ({ telemetry }) => {
  const attributes = {
    'server.port': 41_234,
    'url.full': 'http://127.0.0.1:41234/orders?page=1',
    'server.address': 'localhost:41234',
    'process.pid': 77,
  }
  trace.getTracer('http').startSpan('GET', { attributes }).end()
  expect(telemetry.tree()).toBe(
    'GET process.pid=* server.address="localhost:*" server.port=* url.full="http://127.0.0.1:*/orders?page=1"',
  )
})

test('of an exception there is no stack trace, and where it was made when it is asked for', ({ telemetry }) => {
  const span = trace.getTracer('other').startSpan('work')
  try {
    decline()
  } catch (error) {
    span.recordException(error as Error)
  }
  span.end()
  expect(telemetry.tree()).toBe(`work
  · exception exception.message="declined" exception.type="RangeError"`)
  expect(telemetry.tree({ stacks: true })).toContain(
    '· exception at decline (packages/testing/src/telemetry/tree.test.ts) exception.message',
  )
})

test('a trace as deep as a recursion', ({ telemetry }) => {
  const tracer = trace.getTracer('deep')
  let active = context.active()
  const spans = Array.from({ length: 20_000 }, () => {
    const span = tracer.startSpan('down', {}, active)
    active = trace.setSpan(active, span)
    return span
  })
  for (const span of spans.toReversed()) span.end()
  expect(telemetry.tree().length).toBeGreaterThan(20_000 * 4)
  expect(telemetry.trace().spans).toHaveLength(20_000)
})

test('trace(): the one that there is, or that has such a span', ({ telemetry }) => {
  selling(() => undefined)
  expect(() => telemetry.trace()).toThrow('there are 2 traces; say which by one of its spans')
  const { root, roots, spans, traceId } = telemetry.trace('pay')
  expect([root.span.name, roots.length, spans.length, root.span.traceId]).toEqual(['sell', 1, 2, traceId])
  expect([root.events.map(({ name }) => name), root.children.map(({ span }) => span.name)]).toEqual([
    ['shop.order.refused'],
    ['pay'],
  ])
  expect(() => telemetry.trace(shop.order.refused as never)).toThrow(TypeError)
  expect(() => telemetry.trace('ship')).toThrow('there is no trace with a span "ship"')
})

test('settled() waits for what is begun in the turn after the last has ended', async ({ telemetry }) => {
  void capture({ type: 'a.one' }, () => new Promise((resolve) => void setTimeout(resolve, 10))).then(() =>
    capture({ type: 'a.two' }, () => new Promise((resolve) => void setTimeout(resolve, 10))),
  )
  await telemetry.settled()
  expect(telemetry.spans().map(({ name }) => name)).toEqual(['a.one', 'a.two'])
})

test('what nobody can be told to have caused is in unclaimed()', ({ telemetry }) => {
  context.with(ROOT_CONTEXT, () => capture({ type: 'tick.once' }, () => undefined))
  expect(telemetry).toHaveSpans(0)
  expect(telemetry.unclaimed()).toHaveSpan('tick.once')
})
