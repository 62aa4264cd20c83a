// The clock of the way out: how long flushing may take, and the one race that every stage of it runs. A stage that
// hangs or fails must cost the host a bounded time and nothing else.

/** How long flush and shutdown may take together, in milliseconds. */
export const DEADLINE_MS = 5_000

/** The same on the paths where the process is already going down: the synchronous flush in 'exit'. */
export const CRASH_DEADLINE_MS = 2_000

/** Above this a timer would fire after 1 ms. It is 24.8 days, and stands for Infinity too. */
const LONGEST_MS = 2_147_483_647

const clamped = (milliseconds: number): number => Math.min(Math.max(0, milliseconds), LONGEST_MS)

/**
 * The deadline that `options` ask for, whatever they are: a negative one is none at all, Infinity the longest there is, and
 * what is no number, or cannot be read, `otherwise`. Never throws.
 */
export const deadlineOf = (options: unknown, otherwise = DEADLINE_MS): number => {
  try {
    const said: unknown =
      typeof options === 'object' && options !== null ? Reflect.get(options, 'deadlineMs') : undefined
    return clamped(typeof said === 'number' && !Number.isNaN(said) ? said : otherwise)
  } catch {
    return clamped(otherwise)
  }
}

export type Settled<Value> = { state: 'done'; value: Value } | { state: 'failed'; error: unknown } | { state: 'late' }

// Turns a throw into a rejection.
const start = async <Value>(work: () => Value | Promise<Value>): Promise<Value> => work()

/**
 * Runs `work` and answers what became of it, after `milliseconds` at the latest. Never rejects. The timer is kept
 * referenced: were it not, a process whose stage hangs on nothing would run dry during an awaited shutdown and end with
 * code 13 instead of going on after the deadline.
 */
export const settleWithin = <Value>(
  work: () => Value | Promise<Value>,
  milliseconds: number,
): Promise<Settled<Value>> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ state: 'late' }), clamped(milliseconds))
    const settle = (settled: Settled<Value>): void => {
      clearTimeout(timer)
      resolve(settled)
    }
    start(work).then(
      (value) => settle({ state: 'done', value }),
      (error: unknown) => settle({ state: 'failed', error }),
    )
  })
