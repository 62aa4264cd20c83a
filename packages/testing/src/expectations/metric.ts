// Expectations stage: that something was measured. Every measurement of this process is known with the context in which it was made, so a sum or count is of
// this test alone; where that cannot be known, it is said, and nothing is guessed.
import type { Recording } from '../recorder/index.ts'
import { didYouMean } from '../target/did-you-mean.ts'
import { metricKind } from '../target/kinds.ts'
import { madeAt, Mistake } from '../target/mistake.ts'
import { shown } from '../target/shown.ts'
import { articled, type Target, targetOf } from '../target/target.ts'
import { attributesText, type MetricSeries } from '../telemetry/index.ts'
import { differences, meets, type Wanted, wantedAttributes } from './attributes.ts'
import { blocks } from './failure.ts'
import { hints, nameHint, openHint, unclaimedHint } from './hints.ts'
import { expectedNumber, type IsExpected, numberText } from './numbers.ts'
import type { Outcome } from './outcome.ts'
import { quantileOf } from './quantile.ts'
import { mergedOf } from './series.ts'
import { telemetrySubject } from './subject.ts'

export function haveMetric(subject: unknown, which: unknown, expected: unknown = {}): Outcome {
  const recording = telemetrySubject(subject)
  const target = targetOf(which, metricKind)
  const { dimensions, facts } = checked(expected, target)
  const all = recording.series
  const named = all.filter((series) => target.is(series))
  refuseAmbiguous(recording, target)
  const merged = mergedOf(named.filter((series) => meets(series.attributes, dimensions)))
  const told = merged && facts.map((fact) => compared(fact, merged))
  const text = `${target.text}${dimensionsText(dimensions)}`
  const there = seriesText(named.length > 0 ? named : all)
  if (told?.every(({ holds }) => holds))
    return {
      pass: true,
      message: () =>
        told.length === 0
          ? blocks(`expected no ${text}, and it was measured`, there)
          : blocks(
              `expected ${text} not to have these numbers, and it has:\n${told.map(({ name, actual }) => `  ${name}: ${shown(actual)}`).join('\n')}`,
              there,
            ),
    }
  return {
    pass: false,
    message: () =>
      blocks(
        told
          ? `expected ${text} to have these numbers:\n${told
              .filter(({ holds }) => !holds)
              .map(({ name, actual, wanted }) => `  ${name}: expected ${numberText(wanted)}, was ${shown(actual)}`)
              .join('\n')}`
          : `expected ${articled(text)}`,
        told ? undefined : nearestText(named, dimensions),
        hints([
          nameHint(
            target.name,
            all.map(({ name }) => name),
          ),
          openHint(recording),
          unclaimedHint(recording, ({ series }) =>
            series.some((one) => target.is(one) && meets(one.attributes, dimensions)),
          ),
        ]),
        there,
      ),
    ...(told && {
      actual: Object.fromEntries(told.map(({ name, actual }) => [name, actual])),
      expected: Object.fromEntries(told.map(({ name, wanted, holds, actual }) => [name, holds ? actual : wanted])),
    }),
  }
}

const factNames = ['value', 'count', 'sum', 'increasedBy'] as const
type FactName = (typeof factNames)[number]
const keys: readonly string[] = ['dimensions', ...factNames, 'quantile']

/** What is expected of a series. */
interface Fact {
  readonly name: string
  readonly wanted: unknown
  readonly isExpected: IsExpected
  of(series: MetricSeries): number | undefined
}

/** @throws Mistake for what cannot be expected of a metric */
function checked(
  expected: unknown,
  target: Target<MetricSeries>,
): { readonly dimensions: Wanted; readonly facts: readonly Fact[] } {
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected))
    throw new Mistake(`what is expected is an object, { ${keys.join(', ')} }, and not ${shown(expected)}`)
  for (const key of Object.keys(expected))
    if (!keys.includes(key))
      throw new Mistake(
        `${JSON.stringify(key)} cannot be expected of a metric.${didYouMean(key, keys)} It is one of ${keys.join(', ')}`,
      )
  const { dimensions, quantile, ...numbers } = expected as Readonly<Record<string, unknown>>
  const plain = factNames.flatMap((name): readonly Fact[] => {
    const wanted = numbers[name]
    if (wanted === undefined) return []
    const isExpected = expectedNumber(wanted, name)
    return [{ name, wanted, isExpected, of: (series) => factOf(series, name) }]
  })
  return {
    dimensions: madeAt('dimensions', () => wantedAttributes(dimensions, target)),
    facts: [...plain, ...quantiles(quantile)],
  }
}

function quantiles(wanted: unknown): readonly Fact[] {
  if (wanted === undefined) return []
  if (typeof wanted !== 'object' || wanted === null || Object.keys(wanted).length === 0)
    throw new Mistake(`quantile is an object of shares and values, { 0.95: { atMost: 2 } }, and not ${shown(wanted)}`)
  return Object.entries(wanted).map(([text, value]): Fact => {
    const name = `quantile ${text}`
    const share = Number(text)
    if (!(share >= 0 && share <= 1)) throw new Mistake(`a quantile's share is from 0 to 1, and not ${text}`)
    const isExpected = expectedNumber(value, name)
    return { name, wanted: value, isExpected, of: (series) => quantileOf(series, share) }
  })
}

interface Compared extends Pick<Fact, 'name' | 'wanted'> {
  readonly actual: number | undefined
  readonly holds: boolean
}

function compared({ name, wanted, isExpected, of }: Fact, series: MetricSeries): Compared {
  const actual = of(series)
  return { name, wanted, actual, holds: isExpected(actual) }
}

const known = ({ value, count, sum, increase }: MetricSeries): Readonly<Record<FactName, number | undefined>> => ({
  value,
  count,
  sum,
  increasedBy: increase,
})

function factOf(series: MetricSeries, name: FactName): number {
  const facts = known(series)
  const fact = facts[name]
  if (fact !== undefined) return fact
  const others = factNames.filter((other) => facts[other] !== undefined)
  const instead =
    series.instrument === 'gauge' && series.value === undefined
      ? 'There are several series: say which, by its dimensions'
      : `Expect ${others.join(' or ')}`
  throw new Mistake(`${series.name} is ${kindText(series)}, and has no ${name}. ${instead}`)
}

const kindText = ({ instrument, observable }: MetricSeries): string =>
  observable ? `an observable ${instrument}` : articled(instrument)

// Of an instrument that is asked, only a test that ran alone knows what is its own.
function refuseAmbiguous({ ambiguous }: Recording, target: Target<MetricSeries>): void {
  const one = ambiguous.find(({ series }) => target.is(series))
  if (one) throw new Error(`toHaveMetric: what this test has to do with ${one.series.name} cannot be told: ${one.why}`)
}

const dimensionsText = (wanted: Wanted): string =>
  Object.keys(wanted).length === 0
    ? ''
    : ` with ${Object.entries(wanted)
        .map(([name, value]) => `${name}=${shown(value)}`)
        .join(' ')}`

function nearestText(named: readonly MetricSeries[], wanted: Wanted): string {
  const [nearest] = named.toSorted(
    (one, other) => differences(one.attributes, wanted).length - differences(other.attributes, wanted).length,
  )
  if (nearest === undefined) return ''
  return ['the nearest differs:', ...differences(nearest.attributes, wanted).map((line) => `  ${line}`)].join('\n')
}

/** Series that are listed. */
const listedAtMost = 30

function seriesText(series: readonly MetricSeries[]): string {
  if (series.length === 0) return 'the test has measured nothing'
  const lines = series.slice(0, listedAtMost).map(({ name, instrument, unit, attributes, count, sum, value }) => {
    const told = [
      ...(count === undefined ? [] : [`count ${count}`]),
      ...(value === undefined ? [`sum ${rounded(sum)}`] : [`value ${rounded(value)}`]),
    ]
    const dimensions = attributesText(attributes, []).map((text) => ` ${text}`)
    return `  ${name} (${instrument}, ${unit || 'no unit'}) ${told.join(', ')}${dimensions.join('')}`
  })
  const left = series.length - lines.length
  return ['the test has measured:', ...lines, ...(left > 0 ? [`  … ${left} more`] : [])].join('\n')
}

const rounded = (value: number): number => Number(value.toPrecision(6))
