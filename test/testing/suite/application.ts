// An application that registers where it begins.
import { capture } from '@proprio/api'
import { register } from '@proprio/sdk'

register({ service: 'shop', otlp: false, signals: false })

export const order = (customer: string): Promise<string> =>
  capture({ type: 'shop.order', attributes: { customer } }, async () => 'ordered')
