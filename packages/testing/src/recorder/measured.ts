// Recorder stage: what one test has measured. Kept as it came, and summed up into series when somebody asks: most tests never do.
import type { Attributes } from '@opentelemetry/api'
import type { MeasuringInstrument } from '@proprio/sdk'
import type { Attributes as StoredAttributes } from '@proprio/store'
import type { MetricSeries } from '../telemetry/series.ts'

export interface Measurement {
  readonly instrument: MeasuringInstrument
  readonly value: number
  readonly attributes: Attributes
}

interface Growing {
  readonly first: Measurement
  readonly values: number[]
}

/** One series for each instrument and set of dimensions, in the order in which they were first measured. */
export function seriesOf(measurements: readonly Measurement[]): MetricSeries[] {
  const growing = new Map<string, Growing>()
  for (const measurement of measurements) {
    const key = seriesKey(measurement)
    const known = growing.get(key)
    if (known) known.values.push(measurement.value)
    else growing.set(key, { first: measurement, values: [measurement.value] })
  }
  return [...growing.values()].map(summed)
}

/** Equal for measurements of one series. */
export function seriesKey({ instrument: { scope, name }, attributes }: Measurement): string {
  const dimensions = Object.keys(attributes)
    .toSorted()
    .map((key) => [key, attributes[key]])
  return JSON.stringify([scope.name, scope.version, name, dimensions])
}

function summed({ first: { instrument, attributes }, values }: Growing): MetricSeries {
  const last = values.at(-1) ?? 0
  const all = values.reduce((sum, value) => sum + value, 0)
  const { kind } = instrument
  const sum = kind === 'gauge' ? last : all
  return {
    ...described(instrument, attributes),
    count: values.length,
    sum,
    value: kind === 'histogram' ? undefined : sum,
    increase: kind === 'counter' || kind === 'upDownCounter' ? sum : undefined,
    values,
  }
}

export function described(
  { name, kind, unit, description, observable, scope }: MeasuringInstrument,
  attributes: Attributes,
): Pick<MetricSeries, 'name' | 'instrument' | 'unit' | 'description' | 'scope' | 'attributes' | 'observable'> {
  return { name, instrument: kind, unit, description, scope, attributes: attributes as StoredAttributes, observable }
}
