// Everything on: store, redaction, ids, queue, three signals over OTLP/protobuf.
import { flushed, registeredBench, runOperations } from './registered.ts'

export function setup(endpoint: string): void {
  registeredBench(endpoint, { store: true })
}
export const run = runOperations
export const settle = flushed
