import { checkoutByHand } from './by-hand.ts'
import { startSdk } from './sdk.ts'

let checkout: () => number

export function setup(): void {
  startSdk()
  checkout = checkoutByHand()
}

export function run(times: number): void {
  for (let time = 0; time < times; time++) checkout()
}
