// The way out alone: the same without a store, since the stock SDK has none.
import { flushed, registeredBench, runOperations } from './registered.ts'

export function setup(endpoint: string): void {
  registeredBench(endpoint, { store: false })
}
export const run = runOperations
export const settle = flushed
