// Window stage: what one identity of a rule has seen: operations that ended, or values that were measured, by slices of its window.
import type { MeasureStatistic, OperationStatistic } from '../rule/rule.ts'
import { Durations } from './durations.ts'
import { Slices } from './slices.ts'

/** A sample that shows what a value was made of. */
export interface Example {
  readonly value: number
  readonly traceId: string
  readonly spanId: string
}

/** What a window says: a value, how many samples it is of, and the worst of them. */
export interface Reading {
  readonly value: number | undefined
  readonly samples: number
  readonly worst: Example | undefined
}

const quantiles = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const satisfies Partial<
  Record<OperationStatistic, number>
>

class OperationSlice extends Durations {
  worst: Example | undefined

  override clear(): void {
    super.clear()
    this.worst = undefined
  }
}

export class OperationWindow {
  readonly #slices: Slices<OperationSlice>
  readonly #windowMs: number
  #lastAt: number

  constructor(windowMs: number, now: number) {
    this.#slices = new Slices(windowMs, () => new OperationSlice())
    this.#windowMs = windowMs
    this.#lastAt = now
  }

  add(
    at: number,
    seconds: number,
    failed: boolean,
    ids: { readonly traceId: string; readonly spanId: string } | undefined,
  ): void {
    const slice = this.#slices.at(at)
    slice.add(seconds, failed)
    this.#lastAt = Math.max(this.#lastAt, at)
    if (ids && (slice.worst === undefined || seconds > slice.worst.value))
      slice.worst = { value: seconds, traceId: ids.traceId, spanId: ids.spanId }
  }

  read(statistic: OperationStatistic, now: number): Reading {
    const slices = this.#slices.within(now)
    const samples = slices.reduce((sum, { count }) => sum + count, 0)
    const examples = slices.flatMap(({ worst }) => worst ?? [])
    const worst = examples.toSorted((one, other) => other.value - one.value)[0]
    return { value: this.#value(statistic, slices, samples, now), samples, worst }
  }

  #value(
    statistic: OperationStatistic,
    slices: readonly OperationSlice[],
    samples: number,
    now: number,
  ): number | undefined {
    if (statistic === 'absence') return Math.max(0, now - this.#lastAt) / 1000
    if (statistic === 'rate') return samples / (this.#windowMs / 1000)
    if (statistic === 'count') return samples
    const failures = slices.reduce((sum, slice) => sum + slice.failures, 0)
    if (statistic === 'failures') return failures
    if (samples === 0) return undefined
    if (statistic === 'errorRatio') return failures / samples
    if (statistic === 'mean') return slices.reduce((sum, slice) => sum + slice.sum, 0) / samples
    if (statistic === 'max') return Math.max(...slices.map(({ max }) => max))
    return Durations.quantile(slices, quantiles[statistic])
  }
}

class ValueSlice {
  count = 0
  sum = 0
  least = Infinity
  greatest = -Infinity
  first = 0
  last = 0
  grown = 0

  add(value: number, growth: number): void {
    if (this.count === 0) this.first = value
    this.count++
    this.sum += value
    this.last = value
    this.grown += growth
    if (value < this.least) this.least = value
    if (value > this.greatest) this.greatest = value
  }

  clear(): void {
    Object.assign(this, new ValueSlice())
  }
}

export class ValueWindow {
  readonly #slices: Slices<ValueSlice>
  readonly #windowMs: number
  #before: number | undefined

  constructor(windowMs: number) {
    this.#slices = new Slices(windowMs, () => new ValueSlice())
    this.#windowMs = windowMs
  }

  add(at: number, value: number): void {
    // A counter that is less than it was has begun anew.
    const growth = this.#before === undefined ? 0 : value >= this.#before ? value - this.#before : value
    this.#before = value
    this.#slices.at(at).add(value, growth)
  }

  read(statistic: MeasureStatistic, now: number): Reading {
    const slices = this.#slices.within(now).filter(({ count }) => count > 0)
    const samples = slices.reduce((sum, { count }) => sum + count, 0)
    return { value: this.#value(statistic, slices, samples), samples, worst: undefined }
  }

  #value(statistic: MeasureStatistic, slices: readonly ValueSlice[], samples: number): number | undefined {
    const last = slices.at(-1)
    if (last === undefined) return undefined
    if (statistic === 'last') return last.last
    if (statistic === 'mean') return slices.reduce((sum, slice) => sum + slice.sum, 0) / samples
    if (statistic === 'max') return Math.max(...slices.map(({ greatest }) => greatest))
    if (statistic === 'min') return Math.min(...slices.map(({ least }) => least))
    const increase = slices.reduce((sum, slice) => sum + slice.grown, 0)
    return statistic === 'increase' ? increase : increase / (this.#windowMs / 1000)
  }
}
