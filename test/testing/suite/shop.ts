// A shop whose tests stand beside it.
import { setTimeout as delay } from 'node:timers/promises'
import { capture, catalogue, integer, occurrence, operation, text } from '@proprio/api'

export const shop = catalogue(
  'shop',
  { version: '1.0.0' },
  {
    task: {
      sell: operation({
        summary: 'An order is sold.',
        span: 'sell',
        slow: { warn: '1s', error: '5s' },
        attributes: { customer: text('Who buys.'), items: integer('Things in it.', { unit: '{item}' }) },
      }),
      pay: operation({ summary: 'An order is paid.', span: 'pay', attributes: { amount: integer('In cents.') } }),
      sold: occurrence({
        summary: 'An order is sold.',
        level: 'info',
        message: 'sold to {customer}',
        attributes: { customer: text('Who buys.') },
      }),
    },
  },
)

export function sell(customer: string, items = 1): Promise<string> {
  return shop.task.sell({ customer, items }, async () => {
    await delay(1)
    await shop.task.pay({ amount: 100 * items }, () => delay(1))
    shop.task.sold({ customer })
    return `sold to ${customer}`
  })
}

/** Sells after a while, by the global timers. */
export const sellLater = (customer: string, ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(() => {
      shop.task.sell({ customer }, () => undefined)
      resolve()
    }, ms)
  })

/** A span of that name, of no catalogue. */
export const tick = (name: string): void => capture({ type: name }, () => undefined)
