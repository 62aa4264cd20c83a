// Work as a server does it: a little at a time, with the event loop in between for whatever exports. Only the work itself is timed.
import { setImmediate } from 'node:timers/promises'

const burst = 100

/** Runs `work` so often. Answers with the nanoseconds of the work alone. */
export async function inBursts(times: number, work: () => unknown): Promise<number> {
  let counted = 0n
  for (let done = 0; done < times; done += burst) {
    const before = process.hrtime.bigint()
    for (let time = 0; time < burst; time++) work()
    counted += process.hrtime.bigint() - before
    await setImmediate()
  }
  return Number(counted)
}
