// Record stage: time as OpenTelemetry carries it. A pair, because a float cannot hold Unix nanoseconds.

/** Unix time: whole seconds, and nanoseconds within the second. */
export type Instant = readonly [seconds: number, nanoseconds: number]

// OTLP carries whole nanoseconds; a fraction that only the process saw would make its events differ from the decoded ones.
/** Unix time in milliseconds, with a fraction. */
export function milliseconds(instant: Instant): number {
  return Math.trunc(instant[0]) * 1e3 + Math.trunc(instant[1]) / 1e6
}

/** Milliseconds from `start` to `end`, exact to the nanosecond. */
export function millisecondsBetween(start: Instant, end: Instant): number {
  return (Math.trunc(end[0]) - Math.trunc(start[0])) * 1e3 + (Math.trunc(end[1]) - Math.trunc(start[1])) / 1e6
}
