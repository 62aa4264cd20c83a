// How the receiver misbehaves, on request. One mode at a time; a mode with `times` ends by itself.

export type Fault = (
  | { kind: 'none' }
  /** Answers so, with these headers (`retry-after`, `location`, …). */
  | { kind: 'status'; status: number; headers?: Record<string, string> }
  /** Refuses this share of the requests with 503. */
  | { kind: 'share'; share: number }
  /** Takes the request and never answers. */
  | { kind: 'hang' }
  /** Answers 200 and then one byte a second. */
  | { kind: 'drip' }
  /** Takes the records, waits, answers. */
  | { kind: 'slow'; ms: number }
  /** Cuts the connection: before any answer, or after the headers of a 200. */
  | { kind: 'reset'; when: 'request' | 'headers' }
  /** Refuses the first `rejected` records of a request and says so. */
  | { kind: 'partial'; rejected: number; message: string }
  /** Answers 200 with something that is no OTLP. */
  | { kind: 'garbage' }
  /** Takes the records and answers 200 with a body that does not end. */
  | { kind: 'flood' }
  /** Answers 413 to more bytes than that. */
  | { kind: 'limit'; bytes: number }
) & {
  /** How many requests it concerns; without it, all until the next mode. */
  times?: number
}

export interface Faults {
  set(fault: Fault): void
  /** The fault of the next request. `random` is at least 0, below 1. */
  next(random: number, bytes: number): Fault
}

export function faults(): Faults {
  const none: Fault = { kind: 'none' }
  let current: Fault = { kind: 'none' }
  let left = Infinity
  return {
    set(fault) {
      current = fault
      left = fault.times ?? Infinity
    },
    next(random, bytes) {
      if (left <= 0) current = none
      if (current.kind === 'share' && random >= current.share) return none
      if (current.kind === 'limit' && bytes <= current.bytes) return none
      left -= 1
      return current
    },
  }
}
