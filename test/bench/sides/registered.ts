// register() and its work, with and without a store.
import { register, type Telemetry } from '@proprio/sdk'
import { inBursts } from './bursts.ts'
import { shop, work } from './catalogue.ts'

let telemetry: Telemetry

export function registeredBench(endpoint: string, { store }: { readonly store: boolean }): void {
  telemetry = register({ service: 'bench', otlp: { endpoint }, http: false, fetch: false, store })
}

export const runOperations = (times: number): Promise<number> =>
  inBursts(times, () => shop.order.checkout({ channel: 'web', store: 'oslo', items: 3 }, work))

/** Waits until everything has left. What is lost would make it look fast. */
export async function flushed(): Promise<void> {
  const { dropped, timedOut } = await telemetry.flush({ deadlineMs: 60_000 })
  if (dropped > 0 || timedOut) throw new Error(`lost ${dropped}, timed out: ${timedOut}`)
}
