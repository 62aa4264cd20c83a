// An emitter may always say what is meant, also one that requires attributes where it emits.
import { catalogue, counter, integer, occurrence, operation } from '@proprio/api'
import { expect, test } from 'vitest'
import { assertTrace, recordTelemetry } from '../index.ts'

const items = integer('How many.', { required: true, dimension: { atMost: 10 } })
const shop = catalogue(
  'shop',
  { version: '1.0.0' },
  {
    order: {
      sell: operation({ summary: 'Sold.', span: 'sell', attributes: { items } }),
      refused: occurrence({ summary: 'Refused.', level: 'warn', message: 'no', attributes: { items } }),
      paid: counter({ summary: 'Paid.', unit: '{order}', attributes: { items } }),
    },
  },
)

test('spans, events, logs and metrics are chosen by emitters with required attributes', () => {
  recordTelemetry((telemetry) => {
    shop.order.sell({ items: 1 }, () => shop.order.refused({ items: 2 }))
    shop.order.paid.add(1, { items: 1 })
    expect(telemetry.spans(shop.order.sell)).toHaveLength(1)
    expect(telemetry.operations(shop.order.sell)).toHaveLength(1)
    expect(telemetry.events(shop.order.refused)).toHaveLength(1)
    expect(telemetry.events(({ level }) => level === 'info')).toHaveLength(0)
    expect(telemetry.logs(shop.order.refused)).toHaveLength(1)
    expect(telemetry.logs(({ body }) => body === 'no')).toHaveLength(1)
    expect(telemetry.metrics(shop.order.sell)).toHaveLength(1)
    expect(telemetry.metrics(shop.order.refused)).toHaveLength(1)
    expect(telemetry.metrics(shop.order.paid)).toHaveLength(1)
    assertTrace(telemetry, { span: shop.order.sell, events: [shop.order.refused] })
  })
})
