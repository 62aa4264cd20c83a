// The code under test: of benchmark 15 an operation, so a span and a measurement, and of 16 as many as are asked for.
import { catalogue, integer, operation, text } from '@proprio/api'

const number = integer('Number.')

export const shop = catalogue(
  'shop',
  { version: '1.0.0' },
  {
    order: {
      sell: operation({
        summary: 'Sold.',
        span: 'sell',
        attributes: { items: integer('Items.', { required: true }) },
      }),
      deliver: operation({ summary: 'Delivered.', span: 'deliver', attributes: {} }),
      batch: operation({ summary: 'A part of it.', span: 'batch', attributes: { number } }),
      item: operation({ summary: 'One of a part.', span: 'item', attributes: { number, name: text('Name.') } }),
    },
  },
)

export const sell = (items: number): number => shop.order.sell({ items }, () => items)

export function deliver(batches: number, items: number): void {
  shop.order.deliver({}, () => {
    for (let batch = 0; batch < batches; batch++)
      shop.order.batch({ number: batch }, () => {
        for (let item = 0; item < items; item++)
          shop.order.item({ number: batch * items + item, name: `item ${item}` }, () => undefined)
      })
  })
}
