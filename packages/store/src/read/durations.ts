// Read stage: percentiles. Nearest rank: p95 of n durations is the one at place ceil(0.95 × n) when they are sorted, so it
// is always a duration that was measured. Exact over what is stored; there is no interpolation and no sketch.
import type { Durations } from '../reader.ts'

/** Undefined when there are none. */
export function durationsOf(measured: readonly number[]): Durations | undefined {
  if (measured.length === 0) return undefined
  const sorted = Float64Array.from(measured).toSorted()
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
  return {
    count: sorted.length,
    min: rank(0),
    max: rank(1),
    mean: sorted.reduce((sum, duration) => sum + duration, 0) / sorted.length,
    p50: rank(0.5),
    p90: rank(0.9),
    p95: rank(0.95),
    p99: rank(0.99),
  }
}
