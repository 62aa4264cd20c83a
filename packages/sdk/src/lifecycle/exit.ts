// The ways out of the process: on each, deliver what is queued if the way allows it, count it as lost if not, and leave
// exit code and signal as they would be without us.
//
// - Natural end, an exit code that was set, an unsettled top-level await: 'beforeExit' flushes. Since a flush is work, the
//   event comes once more after it, to the application's listeners too: nothing can be done about that.
// - SIGTERM, SIGINT: flushed and not shut down, since the process may live on: under a listener of its own, or as PID 1,
//   to which the kernel does not apply a signal's default action. Raised again only where we are the only listener.
// - process.exit() without an awaited shutdown, uncaught errors: nothing asynchronous runs any more. Counted as lost,
//   unless `flushOnExit`, which blocks for about 50 ms.

import { isMainThread } from 'node:worker_threads'
import { CRASH_DEADLINE_MS, settleWithin } from './deadline.ts'
import { type Parcel, postSynchronously } from './post.ts'

/** The way on which records were lost: `end` is the natural one, which has flushed in vain. */
export type LossCause = 'end' | 'exit' | 'crash' | 'signal'

export interface ExitOptions {
  /** Signals on which to flush, usually SIGTERM and SIGINT; empty = none. Not listened to in a worker, which gets none. */
  readonly signals: readonly NodeJS.Signals[]
  /** Whether to deliver synchronously, by a child process, what is queued when the process ends without waiting. */
  readonly flushOnExit: boolean
  /** Milliseconds for the flush on a signal and on the natural end. */
  readonly deadlineMs: number
  /** Delivers what is queued. */
  flush(deadlineMs: number): Promise<unknown>
  /** Records queued or in flight now. Called in 'exit': synchronous, must not start anything. */
  pending(): number
  /** Takes what is queued and in flight out of the exporters as ready requests. Called only with `flushOnExit`, in 'exit'. */
  drain(): readonly Parcel[]
  /** Told once, and synchronously, how many records the process takes down with it. Not called when none are. */
  lost(count: number, cause: LossCause): void
}

// signal-exit raises a signal again when its own listeners are the only ones left, and it keeps their number here
// (version 4 on globalThis, version 3 on process). Counted as an application's, both of us would wait for the other.
const signalExitListeners = (): number => {
  const owners: [object, PropertyKey][] = [
    [globalThis, Symbol.for('signal-exit emitter')],
    [process, '__signal_exit_emitter__'],
  ]
  return owners.reduce((total, [owner, key]) => {
    const emitter: unknown = Reflect.get(owner, key)
    const count: unknown = typeof emitter === 'object' && emitter !== null ? Reflect.get(emitter, 'count') : 0
    return total + (typeof count === 'number' ? count : 0)
  }, 0)
}

// However the application behaves at its end, we add no more than this to it.
const ROUNDS = 10

const quietly = <Value>(work: () => Value, otherwise: Value): Value => {
  try {
    return work()
  } catch {
    return otherwise
  }
}

/** Watches the ways out of this process. Returns how to stop watching. */
export const watchExit = (options: ExitOptions): (() => void) => {
  let crashed = false
  let rounds = 0
  let undelivered = 0
  let signalled = false
  let raised = false
  let natural = false

  const flush = (): Promise<unknown> => settleWithin(() => options.flush(options.deadlineMs), options.deadlineMs)
  const tell = (count: number, cause: LossCause): void => {
    if (count > 0) quietly(() => options.lost(count, cause), undefined)
  }
  const pending = (): number => quietly(() => options.pending(), 0)

  // After the application's own listeners, whose records are to be in it. Again only for records of work that ran since:
  // what was there after the last flush could not be delivered, and trying for ever would keep the process alive.
  const beforeExit = (): void => {
    natural = true
    // Runs only when somebody's work keeps the process going, and then this was not its end.
    setImmediate(() => (natural = false)).unref()
    if (rounds === ROUNDS || (rounds > 0 && pending() <= undelivered)) return
    rounds += 1
    process.nextTick(async () => {
      await flush()
      undelivered = pending()
    })
  }

  const deliverNow = (): number => {
    const parcels = quietly(() => options.drain(), [])
    if (parcels.length === 0) return 0
    const accepted = postSynchronously(parcels, CRASH_DEADLINE_MS)
    for (const [index, parcel] of parcels.entries()) quietly(() => parcel.settle?.(accepted.has(index)), undefined)
    return parcels.reduce((total, { records }, index) => total + (accepted.has(index) ? records : 0), 0)
  }

  const exit = (): void => {
    const held = pending()
    const delivered = options.flushOnExit ? deliverNow() : 0
    tell(held - delivered, crashed ? 'crash' : natural ? 'end' : 'exit')
  }

  const uncaught = (): void => {
    // Where the application handles it the process lives on.
    crashed ||= process.listenerCount('uncaughtException') === 0 && !process.hasUncaughtExceptionCaptureCallback()
  }

  const raise = (signal: NodeJS.Signals): void => {
    if (raised) return
    raised = true
    tell(pending(), 'signal')
    process.off(signal, onSignal)
    process.kill(process.pid, signal)
  }

  const onSignal = async (signal: NodeJS.Signals): Promise<void> => {
    const others = process.listenerCount(signal) - 1
    const alone = others - signalExitListeners() <= 0
    // With nobody else there at all the kernel would ignore the raised signal: the process lives on, as it would
    // without us, and our listener stays for the next one.
    const survives = process.pid === 1 && others === 0
    if (signalled) {
      if (alone && !survives) raise(signal)
      return
    }
    signalled = true
    await flush()
    signalled = false
    if (alone && !survives) raise(signal)
  }

  process.prependListener('beforeExit', beforeExit)
  process.on('exit', exit)
  process.on('uncaughtExceptionMonitor', uncaught)
  // First in line: an application's `once` listener is gone from the count as soon as it has been called, and we would
  // take ourselves for alone and kill it in the middle of its own way out.
  if (isMainThread) for (const signal of options.signals) process.prependListener(signal, onSignal)

  return () => {
    process.off('beforeExit', beforeExit)
    process.off('exit', exit)
    process.off('uncaughtExceptionMonitor', uncaught)
    for (const signal of options.signals) process.off(signal, onSignal)
  }
}
