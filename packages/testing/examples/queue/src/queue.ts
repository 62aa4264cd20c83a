// p-queue with telemetry, as the author of a framework puts it around a library: by its public methods, and without a change in it.
import PQueue, { type Options, TimeoutError } from 'p-queue'
import { work } from './catalogue.ts'

export interface Job {
  /** Which kind of job: few, since it stands in names of spans. */
  readonly name: string
  readonly customer?: string
  /** Those with a higher one begin first. Default 0. */
  readonly priority?: number
  /** Attempts at most. Default 1. */
  readonly times?: number
  /** Milliseconds that it may take, all attempts together. Default as many as it likes. */
  readonly limit?: number
  /** Takes it out of the queue, or stops it. */
  readonly signal?: AbortSignal
}

/** What a job does. `signal` tells it to stop. */
export type Run<Result> = (signal: AbortSignal | undefined) => Result | PromiseLike<Result>

export interface WorkQueue extends Disposable {
  /** Settles as `run` does in its last attempt. */
  add<Result>(job: Job, run: Run<Result>): Promise<Result>
  pause(): void
  resume(): void
}

export function workQueue(name: string, options?: Options): WorkQueue {
  const queue = new PQueue(options)
  const here = <Result>(fn: () => Result): Result => work.within({ queue: name }, fn)
  // A gauge is asked outside of any job, so it says itself of which queue it is.
  const observed = [
    work.task.waiting.observe((report) => here(() => report(queue.size))),
    work.task.running.observe((report) => here(() => report(queue.pending))),
  ]
  return {
    add: (job, run) => here(() => added(queue, job, run)),
    pause: () => queue.pause(),
    resume: () => void queue.start(),
    [Symbol.dispose]() {
      for (const one of observed) one[Symbol.dispose]()
    },
  }
}

function added<Result>(queue: PQueue, job: Job, run: Run<Result>): Promise<Result> {
  const { name, customer, priority = 0, times = 1, limit, signal } = job
  return work.task.job({ job: name, priority, customer }, async () => {
    using wait = work.task.wait.start({ job: name })
    let began = false
    try {
      return await queue.add(
        (given) => {
          began = true
          wait.end()
          return work.task.run.attempts({ job: name }, { times, again: () => 0 }, async () => run(given.signal))
        },
        { priority, timeout: limit, signal },
      )
    } catch (error) {
      wait.end()
      if (!began) work.task.cancelled({ job: name })
      if (error instanceof TimeoutError) work.task.timedOut({ job: name, limit })
      throw error
    }
  })
}
