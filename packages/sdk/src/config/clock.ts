// The system's clock with fractions of a millisecond, and chance: what holds when the application brings no clock of its own.
import type { Clock } from './options.ts'

/** How far the fine clock may be from the wall's before it is set again, in ms: it stands still while a machine sleeps. */
const DRIFT_MS = 50

export function systemClock(): Required<Clock> {
  let start = performance.timeOrigin
  return {
    now() {
      const wall = Date.now()
      const fine = performance.now()
      if (Math.abs(start + fine - wall) > DRIFT_MS) start = wall - fine
      return start + fine
    },
    random: Math.random,
  }
}
