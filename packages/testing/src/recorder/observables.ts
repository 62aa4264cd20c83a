// Recorder stage: instruments that are asked. Their callbacks belong to the test in whose context they were added; one that was added outside of all tests
// speaks for the whole process, and so for a test only while no other runs beside it.
import type { ObservableCallback } from '@opentelemetry/api'
import type { MeasuringInstrument } from '@proprio/sdk'
import type { MetricSeries } from '../telemetry/series.ts'
import { described, type Measurement, seriesKey } from './measured.ts'

interface Observed {
  readonly instrument: MeasuringInstrument
  readonly callback: ObservableCallback
  readonly owner: Viewer | undefined
  /** Its last answer, where it is asynchronous. */
  later: readonly Measurement[] | undefined
}

/** A recording, as far as it matters here. */
export interface Viewer {
  readonly hadCompany: boolean
  readonly baseline: Baseline
}

/** Why the value of an instrument is not known to a test. */
export interface Ambiguity {
  readonly series: MetricSeries
  readonly why: string
}

export interface Observation {
  readonly series: readonly MetricSeries[]
  readonly ambiguous: readonly Ambiguity[]
}

/** Values of observable counters by series, when a test began. */
export type Baseline = ReadonlyMap<string, number>

const none: Baseline = new Map()

export class Observables {
  readonly #observed: Observed[] = []

  added(instrument: MeasuringInstrument, callback: ObservableCallback, owner: Viewer | undefined): void {
    this.#observed.push({ instrument, callback, owner, later: undefined })
  }

  removed(instrument: MeasuringInstrument, callback: ObservableCallback): void {
    const at = this.#observed.findIndex((one) => one.callback === callback && one.instrument.name === instrument.name)
    if (at !== -1) this.#observed.splice(at, 1)
  }

  baseline(): Baseline {
    if (this.#observed.length === 0) return none
    const known = this.#observed.filter(({ owner, instrument }) => owner === undefined && instrument.kind !== 'gauge')
    return new Map(
      known.flatMap((one) => answers(one)?.map((answer) => [seriesKey(answer), answer.value] as const) ?? []),
    )
  }

  /** What `viewer` may say of them. */
  seenBy(viewer: Viewer): Observation {
    const series: MetricSeries[] = []
    const ambiguous: Ambiguity[] = []
    for (const one of this.#observed) {
      const { owner, instrument } = one
      if (!isOf(one, viewer)) continue
      if (owner === undefined && viewer.hadCompany) {
        ambiguous.push({
          series: unknown(instrument),
          why: 'other tests ran beside this one, and its callback tells of the whole process. Run this one alone, or have the code under test make the instrument inside of it',
        })
        continue
      }
      const values = answers(one) ?? one.later
      if (values === undefined)
        ambiguous.push({
          series: unknown(instrument),
          why: 'its callback is asynchronous. Await telemetry.settled() first',
        })
      else series.push(...values.map((answer) => told(answer, owner ? new Map() : viewer.baseline)))
    }
    return { series, ambiguous }
  }

  /** Asks the asynchronous ones that are not another's, so that their answers are known. */
  async settled(viewer: Viewer): Promise<void> {
    const asked = this.#observed.filter((one) => isOf(one, viewer))
    await Promise.all(
      asked.map(async (one) => {
        const { values, done } = ask(one)
        if (done === undefined) return
        await done
        one.later = values
      }),
    )
  }
}

const isOf = ({ owner }: Observed, viewer: Viewer): boolean => owner === undefined || owner === viewer

const unknown = (instrument: MeasuringInstrument): MetricSeries => ({
  ...described(instrument, {}),
  count: undefined,
  sum: 0,
  value: undefined,
  increase: undefined,
})

function told(measurement: Measurement, baseline: Baseline): MetricSeries {
  const { instrument, value, attributes } = measurement
  const before = baseline.get(seriesKey(measurement)) ?? 0
  return {
    ...described(instrument, attributes),
    count: undefined,
    sum: value,
    value,
    increase: instrument.kind === 'gauge' ? undefined : value - before,
  }
}

// What a synchronous callback answers; undefined for one that is asynchronous.
function answers(one: Observed): readonly Measurement[] | undefined {
  const { values, done } = ask(one)
  return done === undefined ? values : undefined
}

function ask({ callback, instrument }: Observed): { values: Measurement[]; done: Promise<unknown> | undefined } {
  const values: Measurement[] = []
  try {
    const answer: unknown = callback({
      observe: (value, attributes = {}) => void values.push({ instrument, value, attributes }),
    })
    if (answer instanceof Promise) return { values, done: answer.catch(() => undefined) }
  } catch {
    // It has failed: what it observed before counts, as it does when metrics are read.
  }
  return { values, done: undefined }
}
