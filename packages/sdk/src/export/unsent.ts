// What was not delivered, as requests that anybody can send: for a process that exits and must send them synchronously.
import { DropReason } from '../account/index.ts'
import type { UnsentRequest } from './delivery.ts'
import type { Encoding, RecordSignal } from './encode/index.ts'
import type { EndpointOptions } from './options.ts'
import type { EncodedBatch } from './queue/encoded-batch.ts'
import { allDropped, allExported } from './sinks/sink.ts'
import type { Outcome } from './sinks/sink.ts'

export interface UnsentOptions {
  readonly signal: RecordSignal
  readonly encoding: Encoding
  readonly endpoint: EndpointOptions
  readonly batch: EncodedBatch
  settle(outcome: Outcome): void
}

/** Uncompressed: the time to compress is not there any more. */
export function unsentRequest({ signal, encoding, endpoint, batch, settle }: UnsentOptions): UnsentRequest {
  const { records } = batch
  let open = true
  return {
    url: endpoint.url,
    headers: { ...endpoint.headers, 'content-type': encoding.contentType },
    body: encoding.request(signal, batch.groups),
    records,
    ...(endpoint.certificates && { certificates: endpoint.certificates }),
    settle(delivered) {
      if (!open) return
      open = false
      settle(delivered ? allExported(records) : allDropped(DropReason.processLost, records))
    },
  }
}
