// Series stage: data points become series, one for each instrument and set of dimensions, whoever sent them: a program may be several processes. What is
// sent as a difference adds up. What is sent as a total replaces the total since the same beginning; since another (a process that began anew, or a
// second one) it is added to it.
import type { Attributes, Scope } from '@proprio/store'
import type { InstrumentKind, MetricSeries } from '../../telemetry/series.ts'
import { addAmounts, type Amount } from './amount.ts'

/** One data point. */
export interface Point {
  readonly name: string
  readonly instrument: InstrumentKind
  readonly unit: string
  readonly description: string
  readonly scope: Scope
  readonly attributes: Attributes
  /** Of a gauge each replaces the one before. */
  readonly temporality: 'delta' | 'cumulative' | 'gauge'
  /** Unix nanoseconds. */
  readonly start: bigint
  readonly time: bigint
  readonly amount: Amount
}

interface Part {
  readonly time: bigint
  readonly amount: Amount
}

export class SeriesTable {
  readonly #series = new Map<string, { latest: Point; readonly parts: Map<string, Part> }>()

  add(point: Point): void {
    const key = keyOf(point)
    const series = this.#series.get(key) ?? { latest: point, parts: new Map<string, Part>() }
    this.#series.set(key, series)
    series.latest = point
    const name = point.temporality === 'cumulative' ? `since ${point.start}` : point.temporality
    const before = series.parts.get(name)
    series.parts.set(name, before === undefined ? point : next(before, point))
  }

  /** Those that there are, in the order in which they came first. */
  all(): readonly MetricSeries[] {
    return [...this.#series.values()].map(({ latest, parts }) =>
      seriesOf(
        latest,
        [...parts.values()].map(({ amount }) => amount).reduce((one, other) => addAmounts(one, other)),
      ),
    )
  }
}

function next(before: Part, { temporality, time, amount }: Point): Part {
  if (temporality === 'delta') return { time, amount: addAmounts(before.amount, amount) }
  // Requests may overtake one another.
  return time >= before.time ? { time, amount } : before
}

function seriesOf(latest: Point, { sum, distribution }: Amount): MetricSeries {
  const { name, instrument, unit, description, scope, attributes } = latest
  return {
    name,
    instrument,
    unit,
    description,
    scope,
    attributes,
    // Not told over the wire.
    observable: false,
    count: distribution?.count,
    sum,
    value: instrument === 'histogram' ? undefined : sum,
    // What it sends it has counted itself, from zero.
    increase: instrument === 'counter' || instrument === 'upDownCounter' ? sum : undefined,
    ...(distribution && { buckets: distribution.buckets }),
  }
}

const keyOf = ({ scope, name, instrument, attributes }: Point): string =>
  JSON.stringify([scope.name, scope.version ?? '', name, instrument, Object.entries(attributes).toSorted(byName)])

const byName = ([one]: [string, unknown], [other]: [string, unknown]): number =>
  one < other ? -1 : Number(one > other)
