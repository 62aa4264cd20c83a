// Expectations stage: that what was said once for a block, by withContext() or a catalogue's within(), is on what happened inside.
import { contextName } from '@proprio/api/runtime'
import { describedCatalogue } from '../target/catalogues.ts'
import { didYouMean } from '../target/did-you-mean.ts'
import { Mistake } from '../target/mistake.ts'
import { shown } from '../target/shown.ts'
import type { Target } from '../target/target.ts'
import { recordingBehind } from '../telemetry/index.ts'
import { asked, differences, meets, metAsTheyAre, type Wanted } from './attributes.ts'
import { isMatcher } from './equal.ts'
import { blocks, plural, shownTraces } from './failure.ts'
import { named } from './facts.ts'
import { hints, openHint, sensitiveHint } from './hints.ts'
import type { Outcome } from './outcome.ts'
import { type Carrier, carrierSubject, isTelemetry, telemetrySubject } from './subject.ts'

export function haveContext(subject: unknown, ...given: readonly unknown[]): Outcome {
  const { wanted, sensitive } = wantedContext(given)
  const recording = isTelemetry(subject) ? telemetrySubject(subject) : recordingBehind(subject)
  const carriers = carriersOf(subject)
  const lacking = carriers.filter(({ attributes }) => !meets(attributes, wanted))
  const [first] = lacking
  if (carriers.length === 0)
    return {
      pass: false,
      message: () =>
        blocks(
          'expected this context on every span and log record, and there is none',
          recording && openHint(recording),
          shownTraces(recording),
        ),
    }
  if (first === undefined)
    return {
      pass: true,
      message: () =>
        blocks(
          `expected ${whose(carriers)} not to carry this context, and it is there: ${Object.keys(wanted).join(', ')}`,
          shownTraces(recording),
        ),
    }
  return {
    pass: false,
    message: () =>
      blocks(
        `expected ${whose(carriers)} to carry this context${lackText(carriers, lacking)}:\n${lackingText(lacking, wanted)}`,
        hints([sensitiveHint({ sensitive }, first.attributes, wanted), blockHint]),
        shownTraces(
          recording,
          lacking.flatMap(({ spanId }) => spanId ?? []),
        ),
      ),
    actual: asked(first.attributes, wanted),
    expected: metAsTheyAre(first.attributes, wanted),
  }
}

const blockHint =
  'hint: what withContext() and within() say is on what begins inside of their function, and on nothing else'

function whose([only, ...others]: readonly Carrier[]): string {
  return only && others.length === 0 ? named(only) : `all ${others.length + 1} spans and log records`
}

const lackText = (carriers: readonly Carrier[], lacking: readonly Carrier[]): string =>
  carriers.length === 1 ? '' : `, and ${plural(lacking.length, 'record')} ${lacking.length === 1 ? 'does' : 'do'} not`

/** Records that are told of one by one. */
const listedAtMost = 5

function lackingText(lacking: readonly Carrier[], wanted: Wanted): string {
  const lines = lacking
    .slice(0, listedAtMost)
    .flatMap((one) => differences(one.attributes, wanted).map((line) => `  ${named(one)}: ${line}`))
  const left = lacking.length - listedAtMost
  return [...lines, ...(left > 0 ? [`  … and ${left} more`] : [])].join('\n')
}

function carriersOf(subject: unknown): readonly Carrier[] {
  if (!isTelemetry(subject)) return [carrierSubject(subject)]
  const { spans, logs } = telemetrySubject(subject)
  return [...spans, ...logs]
}

interface WantedContext extends Pick<Target<never>, 'sensitive'> {
  readonly wanted: Wanted
}

function wantedContext(given: readonly unknown[]): WantedContext {
  const [first, second] = given
  if (given.length < 2) return { wanted: renamed(first, contextName, isId), sensitive: () => undefined }
  const { name, context } = describedCatalogue(first)
  const keys = context.map(({ key }) => key)
  const wanted = renamed(second, (key) => {
    const known = context.find((attribute) => attribute.key === key)
    if (known) return known.name
    throw new Mistake(
      `the context of ${name} has no ${JSON.stringify(key)}.${didYouMean(key, keys)} It has: ${keys.join(', ') || 'none'}`,
    )
  })
  return { wanted, sensitive: (wireName) => context.find((attribute) => attribute.name === wireName)?.sensitive }
}

const isId = (value: unknown): boolean => value === undefined || typeof value === 'string' || isMatcher(value)

function renamed(values: unknown, nameOf: (key: string) => string, isValue?: (value: unknown) => boolean): Wanted {
  if (
    typeof values !== 'object' ||
    values === null ||
    Array.isArray(values) ||
    Object.keys(values).length === 0 ||
    (isValue && !Object.values(values).every(isValue))
  )
    throw new Mistake(
      `give the ids that are expected, { workflowId: 'w1' }, or a catalogue and its context, and not ${shown(values)}`,
    )
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [nameOf(key), value]))
}
