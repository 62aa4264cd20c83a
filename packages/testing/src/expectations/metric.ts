// Expectations stage: that something was measured. Every measurement of this process is known with the context in which it was made, so a sum or count is of
// this test alone; where that cannot be known, it is said, and nothing is guessed.
import { inspect } from 'node:util'
import type { Recording } from '../recorder/index.ts'
import { metricKind } from '../target/kinds.ts'
import { type Target, targetOf } from '../target/target.ts'
import { didYouMean } from '../target/did-you-mean.ts'
import { attributesText, type MetricSeries } from '../telemetry/index.ts'
import { differences, meets, type Wanted, wantedAttributes } from './attributes.ts'
import { blocks } from './failure.ts'
import { nameHint, openHint, unclaimedHint } from './hints.ts'
import { isNumber } from './numbers.ts'
import type { Outcome } from './outcome.ts'
import { quantileOf } from './quantile.ts'
import { telemetrySubject } from './subject.ts'

const facts = ['value', 'count', 'sum', 'increasedBy'] as const
const keys: readonly string[] = ['dimensions', ...facts, 'quantile']

export function haveMetric(subject: unknown, which: unknown, expected: unknown = {}): Outcome {
  const recording = telemetrySubject(subject, 'toHaveMetric')
  const target = targetOf(which, metricKind)
  const { dimensions, ...wanted } = checked(expected)
  const wantedDimensions = wantedAttributes(dimensions, target)
  const all = recording.series
  const named = all.filter((series) => target.is(series))
  if (named.length === 0) refuseAmbiguous(recording, target)
  const meant = named.filter((series) => meets(series.attributes, wantedDimensions))
  const merged = mergedOf(meant)
  const told = merged && compared(merged, wanted)
  const pass = told !== undefined && told.every(({ holds }) => holds)
  return {
    pass,
    message: () =>
      blocks(
        pass
          ? `expected ${target.text} not to be so${dimensionsText(wantedDimensions)}, and it is: ${told.map(({ name, actual }) => `${name} ${String(actual)}`).join(', ') || 'it was measured'}`
          : `expected ${target.text}${dimensionsText(wantedDimensions)}${told ? ' to be otherwise' : ''}`,
        told
          ? told
              .filter(({ holds }) => holds === pass)
              .map(({ name, actual, wanted: value }) => `  ${name}: expected ${inspect(value)}, was ${inspect(actual)}`)
              .join('\n')
          : nearestText(named, wantedDimensions),
        pass
          ? undefined
          : [
              nameHint(
                target.name,
                all.map(({ name }) => name),
              ),
              openHint(recording),
              unclaimedHint(recording, ({ series }) =>
                series.some((one) => target.is(one) && meets(one.attributes, wantedDimensions)),
              ),
            ]
              .filter(Boolean)
              .join('\n'),
        seriesText(named.length > 0 ? named : all),
      ),
    ...(!pass &&
      told && {
        actual: Object.fromEntries(told.map(({ name, actual }) => [name, actual])),
        expected: Object.fromEntries(
          told.map(({ name, wanted: value, holds, actual }) => [name, holds ? actual : value]),
        ),
      }),
  }
}

interface Expected {
  readonly dimensions?: unknown
  readonly [fact: string]: unknown
}

function checked(expected: unknown): Expected {
  if (typeof expected !== 'object' || expected === null)
    throw new TypeError(
      `toHaveMetric: what is expected is an object, { ${keys.join(', ')} }, and not ${inspect(expected)}`,
    )
  for (const key of Object.keys(expected))
    if (!keys.includes(key))
      throw new TypeError(
        `toHaveMetric: ${JSON.stringify(key)} cannot be expected of a metric.${didYouMean(key, keys)} It is one of ${keys.join(', ')}`,
      )
  return expected as Expected
}

// Of an instrument that is asked, only a test that ran alone knows what is its own.
function refuseAmbiguous({ ambiguous }: Recording, target: Target<MetricSeries>): void {
  const one = ambiguous.find(({ series }) => target.is(series))
  if (one) throw new Error(`toHaveMetric: what this test has to do with ${one.series.name} cannot be told: ${one.why}`)
}

/** Several series of one instrument as one: sums and counts add up; values of gauges do not. */
function mergedOf(series: readonly MetricSeries[]): MetricSeries | undefined {
  const [first, ...others] = series
  if (first === undefined || others.length === 0) return first
  const names = new Set(series.map(({ name, scope }) => `${scope.name} ${name}`))
  if (names.size > 1)
    throw new TypeError(
      `toHaveMetric: that means ${names.size} instruments: ${[...new Set(series.map(({ name }) => name))].join(', ')}. Say which`,
    )
  const total = (of: (one: MetricSeries) => number | undefined): number | undefined =>
    series.reduce<number | undefined>((sum, one) => {
      const part = of(one)
      return sum === undefined || part === undefined ? undefined : sum + part
    }, 0)
  const { buckets: _one, values: _values, ...rest } = first
  return {
    ...rest,
    count: total(({ count }) => count),
    sum: total(({ sum }) => sum) ?? 0,
    value: first.instrument === 'gauge' ? undefined : total(({ value }) => value),
    increase: total(({ increase }) => increase),
    ...(series.every(({ values }) => values !== undefined) && { values: series.flatMap(({ values = [] }) => values) }),
    ...mergedBuckets(series),
  }
}

function mergedBuckets(series: readonly MetricSeries[]): Pick<MetricSeries, 'buckets'> {
  const all = series.flatMap(({ buckets }) => (buckets ? [buckets] : []))
  const [first] = all
  if (first === undefined || all.length !== series.length) return {}
  if (all.some(({ bounds }) => bounds.join() !== first.bounds.join())) return {}
  return {
    buckets: {
      bounds: first.bounds,
      counts: first.counts.map((_, index) => all.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0)),
    },
  }
}

interface Compared {
  readonly name: string
  readonly holds: boolean
  readonly actual: number | undefined
  readonly wanted: unknown
}

function compared(series: MetricSeries, wanted: Expected): readonly Compared[] {
  const told = facts.flatMap((name): Compared[] => {
    const value = wanted[name]
    if (value === undefined) return []
    const actual = factOf(series, name)
    return [{ name, wanted: value, actual, holds: isNumber(actual, value, `toHaveMetric: ${name}`) }]
  })
  return [...told, ...quantiles(series, wanted['quantile'])]
}

function factOf(series: MetricSeries, name: (typeof facts)[number]): number {
  const value = { value: series.value, count: series.count, sum: series.sum, increasedBy: series.increase }[name]
  if (value !== undefined) return value
  throw new TypeError(
    `toHaveMetric: ${series.name} is ${described(series)}, of which ${name} is not known. ${known(series)}`,
  )
}

const described = ({ instrument, observable, values }: MetricSeries): string =>
  `${observable ? 'an observable ' : 'a '}${instrument}${values === undefined && !observable ? ' that another process has sent' : ''}`

function known(series: MetricSeries): string {
  const names = facts.filter(
    (name) =>
      ({ value: series.value, count: series.count, sum: series.sum, increasedBy: series.increase })[name] !== undefined,
  )
  return series.instrument === 'gauge' && series.value === undefined
    ? 'Say which of its series, with dimensions'
    : `Expect ${names.join(', ')}`
}

function quantiles(series: MetricSeries, wanted: unknown): readonly Compared[] {
  if (wanted === undefined) return []
  if (typeof wanted !== 'object' || wanted === null || Object.keys(wanted).length === 0)
    throw new TypeError(
      `toHaveMetric: quantile is an object of shares and values, { 0.95: { atMost: 2 } }, and not ${inspect(wanted)}`,
    )
  return Object.entries(wanted).map(([share, value]) => {
    const name = `quantile ${share}`
    const actual = quantileOf(series, Number(share))
    return { name, wanted: value, actual, holds: isNumber(actual, value, `toHaveMetric: ${name}`) }
  })
}

const dimensionsText = (wanted: Wanted): string =>
  Object.keys(wanted).length === 0
    ? ''
    : ` with ${Object.entries(wanted)
        .map(([name, value]) => `${name}=${inspect(value)}`)
        .join(' ')}`

function nearestText(named: readonly MetricSeries[], wanted: Wanted): string {
  const [nearest] = named.toSorted(
    (one, other) => differences(one.attributes, wanted).length - differences(other.attributes, wanted).length,
  )
  if (nearest === undefined) return ''
  return ['the nearest differs:', ...differences(nearest.attributes, wanted).map((line) => `  ${line}`)].join('\n')
}

function seriesText(series: readonly MetricSeries[]): string {
  if (series.length === 0) return 'the test has measured nothing'
  const lines = series.slice(0, 30).map(({ name, instrument, unit, attributes, count, sum, value }) => {
    const told = [
      ...(count === undefined ? [] : [`count ${count}`]),
      ...(value === undefined ? [`sum ${rounded(sum)}`] : [`value ${rounded(value)}`]),
    ]
    return [
      '  ',
      name,
      ` (${instrument}, ${unit || 'no unit'}) `,
      told.join(', '),
      ...attributesText(attributes, []).map((text) => ` ${text}`),
    ].join('')
  })
  return ['the test has measured:', ...lines, ...(series.length > 30 ? [`  … ${series.length - 30} more`] : [])].join(
    '\n',
  )
}

const rounded = (value: number): number => Number(value.toPrecision(6))
