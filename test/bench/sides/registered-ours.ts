// Everything on: store, redaction, ids, queue, three signals over OTLP/protobuf.
import { register, type Telemetry } from '@proprio/sdk'
import { inBursts } from './bursts.ts'
import { shop, work } from './catalogue.ts'

let telemetry: Telemetry

export function setup(endpoint: string): void {
  telemetry = register({ service: 'bench', otlp: { endpoint }, http: false, fetch: false })
}

export const run = (times: number): Promise<number> =>
  inBursts(times, () => shop.order.checkout({ channel: 'web', store: 'oslo', items: 3 }, work))

export async function settle(): Promise<void> {
  const { dropped, timedOut } = await telemetry.flush({ deadlineMs: 60_000 })
  if (dropped > 0 || timedOut) throw new Error(`lost ${dropped}, timed out: ${timedOut}`)
}
