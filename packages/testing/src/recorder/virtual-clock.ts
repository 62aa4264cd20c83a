// Recorder stage: time as a test wants it.

/** Unix time in milliseconds. `Date` is one, and follows a runner's fake timers. */
export interface TestClock {
  now(): number
}

/** A clock that moves when it is told to. */
export interface VirtualClock extends TestClock {
  /** Lets so many milliseconds pass. */
  advance(ms: number): void
}

/** 2020-01-01T00:00:00Z. */
const beginning = 1_577_836_800_000

/** A clock that stands still until `advance(ms)`. It begins at `start`, Unix milliseconds; default 2020-01-01T00:00:00Z. */
export function virtualClock(start: number = beginning): VirtualClock {
  let time = start
  return {
    now: () => time,
    advance(ms) {
      if (!(ms >= 0)) throw new RangeError(`advance(${ms}): give milliseconds, at least 0; time does not go back`)
      time += ms
    },
  }
}
