// The operation that is measured: three attributes, two of them dimensions.
import { catalogue, choice, integer, operation, text } from '@proprio/api'

export const shop = catalogue(
  'shop',
  { version: '1.0.0' },
  {
    order: {
      checkout: operation({
        summary: 'One order checked out.',
        span: 'checkout',
        attributes: {
          channel: choice(['web', 'app'], 'Where it came from.', { dimension: true }),
          store: text('Which store.', { dimension: { atMost: 10 } }),
          items: integer('Items in it.'),
        },
      }),
    },
  },
)

let done = 0
export const work = (): number => ++done
