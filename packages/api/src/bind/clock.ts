// Time as one value: a monotonic clock for durations, and what it says on the wall.

export interface Clock {
  /** Milliseconds since some fixed moment; never goes back. */
  now(): number
  /** Unix time in milliseconds, with fractions, of a reading of `now()`. */
  wall(reading: number): number
}

/** Unix time as OpenTelemetry takes it without another look at the clock: whole seconds, and nanoseconds within the second. */
export const hrTime = (unixMs: number): [seconds: number, nanoseconds: number] => {
  const seconds = Math.trunc(unixMs / 1000)
  return [seconds, Math.round((unixMs - seconds * 1000) * 1e6)]
}

const recheckMs = 1000
const toleratedDriftMs = 250

/** The process's clock. The wall clock is asked once a second at most; after a sleep or a correction the anchor moves, and durations do not. */
export function systemClock(): Clock {
  let anchor = performance.timeOrigin
  let checked = -recheckMs
  return {
    now: () => performance.now(),
    wall(reading) {
      if (reading - checked >= recheckMs) {
        checked = reading
        const drift = Date.now() - (anchor + performance.now())
        if (Math.abs(drift) > toleratedDriftMs) anchor += drift
      }
      return anchor + reading
    },
  }
}
