import { shop, work } from './catalogue.ts'
import { startSdk } from './sdk.ts'

export const setup = startSdk

export function run(times: number): void {
  for (let time = 0; time < times; time++) shop.order.checkout({ channel: 'web', store: 'oslo', items: 3 }, work)
}
