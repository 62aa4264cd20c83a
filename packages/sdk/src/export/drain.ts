// Between queue and sink: when a batch leaves, who waits for it, and what its records are booked as. Timers and sockets
// never keep the process alive; somebody who waits in a flush does.
import { AsyncLocalStorage } from 'node:async_hooks'
import { context, ROOT_CONTEXT } from '@opentelemetry/api'
import { suppressTracing } from '@opentelemetry/core'
import { DropReason } from '../account/index.ts'
import type { Held, Hop } from '../account/index.ts'
import type { Delivery, ShutdownResult } from './delivery.ts'
import { progress, within } from './progress.ts'
import type { Leg } from './progress.ts'
import type { Batch, Queue } from './queue/queue.ts'
import { allDropped } from './sinks/sink.ts'
import type { Outcome, Sink } from './sinks/sink.ts'

export interface DrainOptions<Entry, Out extends Batch> {
  readonly queue: Queue<Entry, Out>
  readonly sink: Sink<Out>
  readonly maxRecords: number
  readonly maxBytes: number
  readonly delayMs: number
  readonly exportTimeoutMs: number
  hop(held: () => Held): Hop
}

/** The end of a drain that records are put into. */
export interface Intake<Entry> extends Omit<Delivery, 'unsent'> {
  readonly hop: Hop
  /** Queues an ended record, or books why not. It never throws. */
  add(entry: Entry): void
}

export interface Drain<Entry, Out extends Batch> extends Intake<Entry> {
  /** Ends delivery and hands over every batch that is not delivered; each must be settled. */
  handOver(): readonly { readonly batch: Out; settle(outcome: Outcome): void }[]
}

/** How long aborted batches may take to answer. */
const graceMs = 50
const shutdownMs = 5_000

export function drain<Entry, Out extends Batch>(options: DrainOptions<Entry, Out>): Drain<Entry, Out> {
  const { queue, sink, delayMs, exportTimeoutMs, maxRecords, maxBytes } = options
  // What starts here belongs to no request of the host, whichever one it was that ended the record.
  const outside = AsyncLocalStorage.snapshot()
  const stopping = new AbortController()
  const way = progress()
  const inFlight = new Map<Out, Leg>()
  let inFlightRecords = 0
  /** Records up to this number leave without waiting for a full batch. */
  let due = 0
  let timer: NodeJS.Timeout | undefined
  let scheduled = false
  let closing: Promise<ShutdownResult> | undefined
  let exported = 0
  let lost = 0

  const hop = options.hop(() => ({
    queued: queue.size().records,
    inFlight: inFlightRecords,
    bytes: queue.size().bytes,
    maxBytes,
    maxRecords,
  }))

  const drop = (reason: DropReason, records: number, cause?: string): void => {
    lost += records
    hop.dropped(reason, records, cause)
  }
  const book = (batch: Out, leg: Leg, outcome: Outcome): void => {
    inFlightRecords -= batch.records
    exported += outcome.exported
    lost += outcome.rejected
    if (outcome.exported > 0) hop.exported(outcome.exported)
    if (outcome.rejected > 0) hop.rejected(outcome.rejected, outcome.message)
    for (const { reason, records, cause } of outcome.dropped) drop(reason, records, cause)
    way.arrive(leg)
  }
  const take = (): readonly [Out, Leg] | undefined => {
    const batch = queue.take()
    if (batch === undefined) return undefined
    inFlightRecords += batch.records
    hop.processed += batch.records
    return [batch, way.depart(batch.records)]
  }
  const deliver = async (batch: Out, leg: Leg): Promise<void> => {
    inFlight.set(batch, leg)
    const outcome = await sink
      .send(batch, stopping.signal)
      .catch((error: unknown) => allDropped(DropReason.exporterError, batch.records, String(error)))
    // Otherwise it was handed over in the meantime, and is booked by whoever took it.
    if (inFlight.delete(batch)) book(batch, leg, outcome)
    run()
  }
  const run = (): void => {
    while (!stopping.signal.aborted && inFlight.size < sink.lanes && (queue.full() || way.waits(due))) {
      const taken = take()
      if (taken === undefined) break
      void deliver(...taken)
    }
    if (queue.size().records > 0) startTimer()
  }
  const runOutside = (): void => outside(() => context.with(suppressTracing(ROOT_CONTEXT), run))
  const schedule = (): void => {
    if (scheduled || inFlight.size >= sink.lanes) return
    scheduled = true
    outside(() =>
      setImmediate(() => {
        scheduled = false
        runOutside()
      }).unref(),
    )
  }
  const startTimer = (): void => {
    if (timer !== undefined || stopping.signal.aborted) return
    timer = outside(() =>
      setTimeout(() => {
        timer = undefined
        due = way.accepted()
        runOutside()
      }, delayMs).unref(),
    )
  }
  const flush = async (deadlineMs = exportTimeoutMs): Promise<boolean> => {
    const until = performance.now() + deadlineMs
    due = way.accepted()
    const hurried = sink.hurry()
    runOutside()
    if (!(await way.reach(due, deadlineMs))) return false
    return within(
      hurried.then(() => sink.hurry()),
      until - performance.now(),
    )
  }
  const handOver = (): readonly { batch: Out; settle(outcome: Outcome): void }[] => {
    closing ??= Promise.resolve({ flushed: 0, dropped: 0, timedOut: true })
    clearTimeout(timer)
    stopping.abort()
    const batches = [...inFlight]
    inFlight.clear()
    for (let taken = take(); taken !== undefined; taken = take()) batches.push([...taken])
    return batches.map(([batch, leg]) => ({ batch, settle: (outcome) => book(batch, leg, outcome) }))
  }
  const shutdown = async (deadlineMs: number): Promise<ShutdownResult> => {
    const before = { exported, lost }
    const until = performance.now() + deadlineMs
    const done = await flush(deadlineMs)
    clearTimeout(timer)
    stopping.abort()
    if (inFlight.size > 0) await way.reach(way.accepted() - queue.size().records, graceMs)
    for (const { batch, settle } of handOver()) settle(allDropped(DropReason.shutdownDeadline, batch.records))
    await within(sink.close(), Math.max(until - performance.now(), graceMs))
    hop.close()
    return { flushed: exported - before.exported, dropped: lost - before.lost, timedOut: !done }
  }
  return {
    hop,
    add(entry) {
      if (closing !== undefined) return drop(DropReason.alreadyShutdown, 1)
      const refused = queue.add(entry)
      if (refused !== undefined) return drop(refused, 1)
      way.accept()
      if (queue.full()) schedule()
      else if (timer === undefined) startTimer()
    },
    flush,
    shutdown: (deadlineMs = shutdownMs) => (closing ??= shutdown(deadlineMs)),
    handOver,
  }
}
