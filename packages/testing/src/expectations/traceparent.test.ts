// A span that is not at hand, since it is still open or of another process, is told by its traceparent.
import { capture, catalogue, operation } from '@proprio/api'
import { expect, test } from '../vitest/index.ts'

const shop = catalogue(
  'shop_traceparent',
  { version: '1' },
  { task: { pay: operation({ summary: 's', span: 'pay', attributes: {} }) } },
)
const [traceId, spanId] = ['a'.repeat(32), 'b'.repeat(16)]
const far = { traceparent: `00-${traceId}-${spanId}-01` }
const other = { traceparent: `00-${traceId}-${'c'.repeat(16)}-01` }

test('one of another process', ({ telemetry }) => {
  shop.task.pay({}, { parent: far, links: [other] }, () => capture({ type: 'a.inner' }, () => undefined))
  const pay = telemetry.span(shop.task.pay)
  expect(pay).toBeChildOf(far)
  expect(pay).not.toBeChildOf(other)
  expect(pay).not.toBeChildOf({ traceparent: `00-${'d'.repeat(32)}-${spanId}-01` })
  expect(pay).toBeLinkedTo(other)
  expect(pay).not.toBeLinkedTo(far)
  expect(telemetry.span('a.inner')).toBeDescendantOf(far)
  expect(telemetry.span('a.inner')).not.toBeDescendantOf(other)
  expect(() => expect(pay).toBeChildOf(other)).toThrowErrorMatchingInlineSnapshot(`
    [Error: expected "pay" to be a child of the span ${other.traceparent}, and its parent is not of this test

    the test has recorded:
    > pay → trace#1
        a.inner]
  `)
})

test('an execution that has not ended', ({ telemetry }) => {
  const open = shop.task.pay.start({})
  open.with(() => capture({ type: 'a.inner' }, () => undefined))
  capture({ type: 'a.apart' }, () => undefined)
  expect(telemetry.span('a.inner')).toBeChildOf(open)
  expect(() => expect(telemetry.span('a.apart')).toBeChildOf(open)).toThrow(
    'expected "a.apart" to be a child of "pay", and it has no parent',
  )
  open.end()
})

test('what is no traceparent is a mistake', ({ telemetry }) => {
  capture({ type: 'a.b' }, () => undefined)
  for (const traceparent of ['', 'nonsense', undefined as never])
    expect(() => expect(telemetry.span('a.b')).not.toBeChildOf({ traceparent })).toThrow('is no traceparent')
})
