// Telemetry stage: what was measured, as one series for each instrument and set of dimensions. Both sources make the same: the measurements of this
// process, each of which is known, and the data points of another, of which only what was sent is.
import type { Attributes, Scope } from '@proprio/store'

export type InstrumentKind = 'counter' | 'upDownCounter' | 'gauge' | 'histogram'

/** One series of an instrument. */
export interface MetricSeries {
  /** The instrument's name on the wire. */
  readonly name: string
  readonly instrument: InstrumentKind
  readonly unit: string
  readonly description: string
  readonly scope: Scope
  /** The dimensions, by their names on the wire. */
  readonly attributes: Attributes
  /** Told by a callback when metrics are read, and not when something happens. */
  readonly observable: boolean
  /** Measurements. Undefined where only their sum was sent. */
  readonly count: number | undefined
  /** Of all measurements; of an observable instrument and a gauge, its last value. */
  readonly sum: number
  /** A counter's sum, a gauge's last value. Undefined for a histogram, which has none. */
  readonly value: number | undefined
  /** By how much a counter has grown since the recording began. Undefined for a gauge and a histogram, and where it is not known. */
  readonly increase: number | undefined
  /** Every measurement, in order, where each is known. */
  readonly values?: readonly number[]
  /** Where only a histogram's buckets were sent. */
  readonly buckets?: Buckets
}

/** `counts` has one more than `bounds`: what lies above the last. Counts are not cumulative. */
export interface Buckets {
  readonly bounds: readonly number[]
  readonly counts: readonly number[]
  readonly min?: number
  readonly max?: number
}
