// How far the delivery has come. Records are numbered as they are accepted, batches cover ranges of them, and whoever
// flushes waits until every record up to a number has been answered for, in whatever order that happens.

/** A batch between leaving the queue and being answered for. */
export interface Leg {
  readonly from: number
}

export interface Progress {
  /** How many records were accepted into the queue so far. */
  accepted(): number
  accept(): void
  /** So many records leave the queue. */
  depart(records: number): Leg
  arrive(leg: Leg): void
  /** True when records up to this number are still in the queue. */
  waits(upTo: number): boolean
  /** Waits until every record up to this number has arrived; false when the deadline comes first. */
  reach(upTo: number, deadlineMs: number): Promise<boolean>
}

export function progress(): Progress {
  const legs = new Set<Leg>()
  const waiting = new Set<{ readonly upTo: number; done(): void }>()
  let accepted = 0
  let departed = 0
  const reached = (): number => {
    let least = departed
    for (const { from } of legs) least = Math.min(least, from)
    return least
  }
  return {
    accepted: () => accepted,
    accept() {
      accepted += 1
    },
    depart(records) {
      const leg = { from: departed }
      departed += records
      legs.add(leg)
      return leg
    },
    arrive(leg) {
      legs.delete(leg)
      const upTo = reached()
      for (const waiter of waiting) if (upTo >= waiter.upTo) waiter.done()
    },
    waits: (upTo) => departed < upTo,
    reach(upTo, deadlineMs) {
      if (reached() >= upTo) return Promise.resolve(true)
      const { promise, resolve } = Promise.withResolvers<void>()
      const waiter = { upTo, done: resolve }
      waiting.add(waiter)
      return within(promise, deadlineMs).finally(() => waiting.delete(waiter))
    },
  }
}

/** True when the promise settled in time. Meanwhile the process is kept alive: somebody waits. */
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
