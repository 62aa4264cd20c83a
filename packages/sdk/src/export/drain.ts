// Between queue and sink: when a batch leaves, who waits for it, and what its records are booked as. One batch is in
// flight at a time, in the order they were filled. Timers and sockets never keep the process alive; somebody who waits
// in a flush does.
import { AsyncLocalStorage } from 'node:async_hooks'
import { context, ROOT_CONTEXT } from '@opentelemetry/api'
import { suppressTracing } from '@opentelemetry/core'
import { DropReason } from '../account/index.ts'
import type { Held, Hop } from '../account/index.ts'
import type { Delivery, ShutdownResult } from './delivery.ts'
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

/** How long an aborted batch may take to answer. */
const graceMs = 50
const shutdownMs = 5_000

export function drain<Entry, Out extends Batch>(options: DrainOptions<Entry, Out>): Drain<Entry, Out> {
  const { queue, sink, delayMs, exportTimeoutMs, maxRecords, maxBytes } = options
  // What starts here belongs to no request of the host, whichever one it was that ended the record.
  const outside = AsyncLocalStorage.snapshot()
  const stopping = new AbortController()
  const waiting = new Set<{ readonly upTo: number; done(): void }>()
  let accepted = 0
  let settled = 0
  /** Records up to this count leave without waiting for a full batch. */
  let due = 0
  let inFlight: Out | undefined
  let handedOver = 0
  let timer: NodeJS.Timeout | undefined
  let scheduled = false
  let running = false
  let closing: Promise<ShutdownResult> | undefined
  let exported = 0
  let lost = 0

  const hop = options.hop(() => ({
    queued: queue.size().records,
    inFlight: (inFlight?.records ?? 0) + handedOver,
    bytes: queue.size().bytes,
    maxBytes,
    maxRecords,
  }))

  const drop = (reason: DropReason, records: number, cause?: string): void => {
    lost += records
    hop.dropped(reason, records, cause)
  }
  const book = (outcome: Outcome, records: number): void => {
    exported += outcome.exported
    if (outcome.exported > 0) hop.exported(outcome.exported)
    lost += outcome.rejected
    if (outcome.rejected > 0) hop.rejected(outcome.rejected, outcome.message)
    for (const loss of outcome.dropped) drop(loss.reason, loss.records, loss.cause)
    settled += records
    for (const waiter of waiting) if (settled >= waiter.upTo) waiter.done()
  }
  const deliver = async (batch: Out): Promise<void> => {
    inFlight = batch
    hop.processed += batch.records
    const outcome = await sink
      .send(batch, stopping.signal)
      .catch((error: unknown) => allDropped(DropReason.exporterError, batch.records, String(error)))
    // Booked already by a shutdown that did not wait for it, or handed over.
    if (inFlight !== batch) return
    inFlight = undefined
    book(outcome, batch.records)
  }
  const next = (): Out | undefined =>
    !stopping.signal.aborted && (queue.full() || settled < due) ? queue.take() : undefined
  const run = async (): Promise<void> => {
    scheduled = false
    if (running || stopping.signal.aborted) return
    running = true
    for (let batch = next(); batch !== undefined; batch = next()) await deliver(batch)
    running = false
    if (queue.size().records > 0) startTimer()
  }
  const runOutside = (): void => outside(() => void context.with(suppressTracing(ROOT_CONTEXT), run))
  const schedule = (): void => {
    if (scheduled || running) return
    scheduled = true
    outside(() => setImmediate(runOutside).unref())
  }
  const startTimer = (): void => {
    if (timer !== undefined || stopping.signal.aborted) return
    timer = outside(() =>
      setTimeout(() => {
        timer = undefined
        due = accepted
        runOutside()
      }, delayMs).unref(),
    )
  }
  const flush = async (deadlineMs = exportTimeoutMs): Promise<boolean> => {
    due = accepted
    const until = performance.now() + deadlineMs
    const hurried = sink.hurry()
    runOutside()
    const done = settled >= due || (await settledBy(due, deadlineMs))
    return (
      done &&
      (await within(
        hurried.then(() => sink.hurry()),
        until - performance.now(),
      ))
    )
  }
  const settledBy = (upTo: number, deadlineMs: number): Promise<boolean> =>
    new Promise((resolve) => {
      const finish = (done: boolean): void => {
        clearTimeout(deadline)
        waiting.delete(waiter)
        resolve(done)
      }
      const waiter = { upTo, done: () => finish(true) }
      const deadline = setTimeout(finish, Math.max(deadlineMs, 0), false)
      waiting.add(waiter)
    })
  const shutdown = async (deadlineMs: number): Promise<ShutdownResult> => {
    const before = { exported, lost }
    const until = performance.now() + deadlineMs
    const done = await flush(deadlineMs)
    clearTimeout(timer)
    stopping.abort()
    if (inFlight !== undefined) await settledBy(settled + inFlight.records, graceMs)
    for (const { batch, settle } of handOver()) settle(allDropped(DropReason.shutdownDeadline, batch.records))
    await within(sink.close(), Math.max(until - performance.now(), graceMs))
    hop.close()
    return { flushed: exported - before.exported, dropped: lost - before.lost, timedOut: !done }
  }
  const handOver = (): readonly { batch: Out; settle(outcome: Outcome): void }[] => {
    closing ??= Promise.resolve({ flushed: 0, dropped: 0, timedOut: true })
    stopping.abort()
    const batches = inFlight === undefined ? [] : [inFlight]
    inFlight = undefined
    for (let batch = queue.take(); batch !== undefined; batch = queue.take()) batches.push(batch)
    handedOver += batches.reduce((sum, { records }) => sum + records, 0)
    return batches.map((batch) => ({
      batch,
      settle(outcome: Outcome) {
        handedOver -= batch.records
        book(outcome, batch.records)
      },
    }))
  }
  return {
    hop,
    add(entry) {
      if (closing !== undefined) return drop(DropReason.alreadyShutdown, 1)
      const refused = queue.add(entry)
      if (refused !== undefined) return drop(refused, 1)
      accepted += 1
      if (queue.full()) schedule()
      else if (timer === undefined && !running) startTimer()
    },
    flush,
    shutdown: (deadlineMs = shutdownMs) => (closing ??= shutdown(deadlineMs)),
    handOver,
  }
}

/** True when the promise settled in time; it is held on to by a timer that keeps the process alive. */
export function within(promise: Promise<unknown>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const deadline = setTimeout(resolve, Math.max(ms, 0), false)
    const settled = (): void => {
      clearTimeout(deadline)
      resolve(true)
    }
    promise.then(settled, settled)
  })
}
