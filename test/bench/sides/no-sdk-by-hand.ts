import { checkoutByHand } from './by-hand.ts'

let checkout: () => number

export function setup(): void {
  checkout = checkoutByHand()
}

export function run(times: number): void {
  for (let time = 0; time < times; time++) checkout()
}
