// The sink of OTLP: a batch becomes a request, the transport's answer becomes an outcome. A request that is too large
// for its receiver is halved, down to single records; what a receiver refuses of a request is never sent again.
import type { Resource } from '@opentelemetry/resources'
import { DropReason } from '../../account/index.ts'
import type { Encoding, RecordSignal } from '../encode/index.ts'
import { halve } from '../queue/encoded-batch.ts'
import type { EncodedBatch } from '../queue/encoded-batch.ts'
import type { Answer, Transport } from '../transport/transport.ts'
import { allDropped, allExported, together } from './sink.ts'
import type { Outcome, Sink } from './sink.ts'

export interface OtlpSinkOptions {
  readonly signal: RecordSignal
  readonly encoding: Encoding
  /** Called once, by the first batch. */
  open(): Promise<Transport>
  /** The longest that a resource's attributes are waited for, in milliseconds. */
  readonly timeoutMs: number
}

/** With one request at a time a receiver 100 ms away would take 5,000 spans a second and no more. */
const lanes = 4

export function otlpSink({ signal, encoding, open, timeoutMs }: OtlpSinkOptions): Sink<EncodedBatch> {
  let opening: Promise<Transport> | undefined
  let transport: Transport | undefined
  const send = async (batch: EncodedBatch, stop: AbortSignal, via: Transport): Promise<Outcome> => {
    const answer = await via.send(encoding.request(signal, batch.groups), stop, batch.sealedAt)
    if (answer.kind !== 'too_large') return outcomeOf(answer, batch.records, encoding)
    const halves = halve(batch)
    if (halves === undefined) return allDropped(DropReason.tooLarge, 1, 'status 413')
    return together(await send(halves[0], stop, via), await send(halves[1], stop, via))
  }
  return {
    lanes,
    async send(batch, stop) {
      transport = await (opening ??= open())
      await settledResources(batch, timeoutMs)
      return send(batch, stop, transport)
    },
    async hurry() {
      transport?.hurry()
    },
    async close() {
      transport?.close()
    },
  }
}

/** What a transport's answer says about so many records. */
export function outcomeOf(answer: Answer, records: number, encoding: Encoding): Outcome {
  switch (answer.kind) {
    case 'accepted':
      return partial(answer.body, records, encoding)
    case 'too_large':
      return allDropped(DropReason.tooLarge, records, 'status 413')
    case 'refused':
      return allDropped(DropReason.permanentStatus, records, answer.why)
    case 'exhausted':
    case 'retry':
      return allDropped(DropReason.retryExhausted, records, answer.why)
    case 'aborted':
      return allDropped(DropReason.shutdownDeadline, records)
  }
}

function partial(body: Uint8Array, records: number, encoding: Encoding): Outcome {
  try {
    const told = encoding.partialSuccess(body)
    if (told === undefined || !(told.rejected > 0)) return allExported(records)
    const rejected = Math.min(told.rejected, records)
    return { exported: records - rejected, rejected, dropped: [], message: `the receiver says "${told.message}"` }
  } catch {
    // The status said success; an answer that cannot be read takes nothing back.
    return allExported(records)
  }
}

async function settledResources(batch: EncodedBatch, timeoutMs: number): Promise<void> {
  const pending = new Set<Resource>()
  for (const { resource } of batch.groups) if (resource.asyncAttributesPending === true) pending.add(resource)
  if (pending.size > 0) await settled(pending, timeoutMs)
}

/** Waits until the resources' asynchronous attributes are there, so long at most. */
export function settled(resources: Iterable<Resource>, timeoutMs: number): Promise<unknown> {
  const all = Promise.allSettled(Array.from(resources, (resource) => resource.waitForAsyncAttributes?.()))
  return Promise.race([all, new Promise((resolve) => setTimeout(resolve, timeoutMs).unref())])
}
