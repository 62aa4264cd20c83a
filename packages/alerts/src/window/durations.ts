// Window stage: durations of one slice of time, in few bytes and whatever comes. Buckets grow by 5 %, so that a quantile is at most 2.5 % off; they reach from
// a microsecond to ten hours, and what is beyond counts at the ends.

const growth = 1.05
const perLog = 1 / Math.log(growth)
const least = 1e-6
const lowest = Math.floor(Math.log(least) * perLog)
const buckets = Math.ceil(Math.log(36_000) * perLog) - lowest + 1

const indexOf = (seconds: number): number =>
  seconds <= least ? 0 : Math.min(buckets - 1, Math.max(0, Math.floor(Math.log(seconds) * perLog) - lowest))

// The middle of a bucket, by ratio.
const valueOf = (index: number): number => growth ** (index + lowest + 0.5)

export class Durations {
  count = 0
  failures = 0
  sum = 0
  max = 0
  #counts: Uint32Array | undefined

  add(seconds: number, failed: boolean): void {
    this.count++
    if (failed) this.failures++
    this.sum += seconds
    if (seconds > this.max) this.max = seconds
    const counts = (this.#counts ??= new Uint32Array(buckets))
    const index = indexOf(seconds)
    counts[index] = (counts[index] ?? 0) + 1
  }

  clear(): void {
    this.count = 0
    this.failures = 0
    this.sum = 0
    this.max = 0
    this.#counts?.fill(0)
  }

  /** By nearest rank over all of `slices`; undefined where there is none. */
  static quantile(slices: readonly Durations[], share: number): number | undefined {
    const total = slices.reduce((sum, { count }) => sum + count, 0)
    if (total === 0) return undefined
    const rank = Math.max(1, Math.ceil(share * total))
    let seen = 0
    for (let index = 0; index < buckets; index++) {
      for (const slice of slices) seen += slice.#counts?.[index] ?? 0
      // The last of them is known exactly.
      if (seen >= rank) return seen === total && rank === total ? Durations.#greatest(slices) : valueOf(index)
    }
    return Durations.#greatest(slices)
  }

  static #greatest(slices: readonly Durations[]): number {
    return Math.max(...slices.map(({ max }) => max))
  }
}
