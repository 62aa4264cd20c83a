// Flush and shutdown: walks the stages of the pipeline in order, bounded by one deadline, and answers honestly. It is
// apart from the stages so that none of them has to know about the others, or be trusted to come to an end.

import { deadlineOf, settleWithin } from './deadline.ts'

/** Records that a stage delivered and gave up on while it was flushed or stopped. Absent counts are 0. */
export interface Tally {
  readonly flushed?: number
  readonly dropped?: number
  /** It gave up by itself, at the deadline it was given. */
  readonly timedOut?: boolean
}

/**
 * One part of the pipeline that holds records. May fail or hang: both are bounded here. Its sockets and timers are to be
 * unreferenced: while a flush waits, the deadline's timer keeps the process alive, and afterwards nothing may.
 */
export interface Stage {
  readonly name: string
  /** Delivers what it holds, in-flight exports included. `deadlineMs`: how long there is left for it. */
  flush(deadlineMs: number): Promise<Tally | void> | Tally | void
  /** Ends for good: no timer, socket or listener stays behind. What it still holds it counts as dropped. */
  stop(deadlineMs: number): Promise<Tally | void> | Tally | void
  /** Records held now, queued and in flight. Read without waiting: for a stage given up on, these count as dropped. */
  pending?(): number
}

export interface Outcome {
  /** Records delivered during this call. */
  readonly flushed: number
  /** Records lost during this call, as far as the stages can say. */
  readonly dropped: number
  /** Whether a stage had to be given up on. */
  readonly timedOut: boolean
}

export interface DeadlineOptions {
  /** Milliseconds for the whole call; Infinity waits until all is done. Default 5,000, also for what is no number. */
  readonly deadlineMs?: number
}

export interface Lifecycle {
  /** Delivers what the stages hold now. Every call is a pass of its own. Never rejects. */
  flush(options?: DeadlineOptions): Promise<Outcome>
  /** Flushes, then stops. Idempotent: every call answers with the first one's promise. Never rejects. */
  shutdown(options?: DeadlineOptions): Promise<Outcome>
  /** Records that the stages hold now. */
  pending(): number
  /** Whether a shutdown has begun: what comes from then on is kept and sent by nobody. */
  isOver(): boolean
}

const NOTHING: Outcome = { flushed: 0, dropped: 0, timedOut: false }

// Stopping has the last fifth to itself, so that a stage whose flush hangs is still told to let go.
const FLUSH_SHARE = 0.8

const sum = (one: Outcome, other: Outcome): Outcome => ({
  flushed: one.flushed + other.flushed,
  dropped: one.dropped + other.dropped,
  timedOut: one.timedOut || other.timedOut,
})

const count = (value: unknown): number => (typeof value === 'number' && value > 0 ? Math.floor(value) : 0)

const held = (stage: Stage): number => {
  try {
    return count(stage.pending?.())
  } catch {
    return 0
  }
}

/** Composes `stages`, in the order in which records pass them, into one flush and one shutdown. */
export const lifecycle = (stages: readonly Stage[]): Lifecycle => {
  let stopping: Promise<Outcome> | undefined

  const settleStage = async (
    stage: Stage,
    step: 'flush' | 'stop',
    milliseconds: number,
    last: boolean,
  ): Promise<Outcome> => {
    const settled = await settleWithin(() => stage[step](milliseconds), milliseconds)
    if (settled.state === 'done')
      return {
        flushed: count(settled.value?.flushed),
        dropped: count(settled.value?.dropped),
        timedOut: settled.value?.timedOut === true,
      }
    return { flushed: 0, dropped: last ? held(stage) : 0, timedOut: settled.state === 'late' }
  }

  // In order, since what one stage flushes the next receives. One that has used up its share of the time goes on, to
  // the common deadline, but the next is no longer held up by it.
  const walk = async (step: 'flush' | 'stop', milliseconds: number, last: boolean): Promise<Outcome> => {
    const started = performance.now()
    const left = (): number => Math.max(0, milliseconds - (performance.now() - started))
    const outcomes: Promise<Outcome>[] = []
    for (const [index, stage] of stages.entries()) {
      const outcome = settleStage(stage, step, left(), last)
      outcomes.push(outcome)
      await settleWithin(() => outcome, left() / (stages.length - index))
    }
    return (await Promise.all(outcomes)).reduce(sum, NOTHING)
  }

  const stop = async (milliseconds: number): Promise<Outcome> => {
    const started = performance.now()
    const flushed = await walk('flush', milliseconds * FLUSH_SHARE, false)
    return sum(flushed, await walk('stop', milliseconds - (performance.now() - started), true))
  }

  return {
    flush: async (options) => {
      if (stopping === undefined) return walk('flush', deadlineOf(options), false)
      await stopping
      return NOTHING
    },
    shutdown: (options) => (stopping ??= stop(deadlineOf(options))),
    pending: () => stages.reduce((total, stage) => total + held(stage), 0),
    isOver: () => stopping !== undefined,
  }
}
