// Expectations stage: that what was said once for a block, by withContext() or a catalogue's within(), is on what happened inside.
import { inspect } from 'node:util'
import { contextName } from '@proprio/api/runtime'
import { didYouMean } from '../target/did-you-mean.ts'
import { recordingBehind } from '../telemetry/index.ts'
import { asked, differences, meets, type Wanted } from './attributes.ts'
import { describedCatalogue } from './catalogues.ts'
import { blocks, plural, shownTraces } from './failure.ts'
import { named } from './facts.ts'
import type { Outcome } from './outcome.ts'
import { type Carrier, carrierSubject, isTelemetry, telemetrySubject } from './subject.ts'

export function haveContext(subject: unknown, ...given: readonly unknown[]): Outcome {
  const wanted = wantedContext(given)
  const carriers = carriersOf(subject)
  const lacking = carriers.filter(({ attributes }) => !meets(attributes, wanted))
  const [first] = lacking
  const pass = first === undefined && carriers.length > 0
  const recording = isTelemetry(subject) ? telemetrySubject(subject, 'toHaveContext') : recordingBehind(subject)
  return {
    pass,
    message: () =>
      blocks(
        pass
          ? `expected not to find this context, and ${carriers.length === 1 ? 'it is there' : `all ${carriers.length} carry it`}: ${Object.keys(wanted).join(', ')}`
          : first === undefined
            ? 'expected this context on everything recorded, and nothing is'
            : `expected this context on ${carriers.length === 1 ? named(first) : `all ${carriers.length}, and ${plural(lacking.length, 'record')} ${lacking.length === 1 ? 'lacks' : 'lack'} it`}`,
        first && [`${named(first)}:`, ...differences(first.attributes, wanted).map((line) => `  ${line}`)].join('\n'),
        shownTraces(
          recording,
          (pass ? [] : lacking).flatMap(({ spanId }) => spanId ?? []),
        ),
      ),
    ...(first && { actual: asked(first.attributes, wanted), expected: wanted }),
  }
}

function carriersOf(subject: unknown): readonly Carrier[] {
  if (!isTelemetry(subject)) return [carrierSubject(subject, 'toHaveContext')]
  const { spans, logs } = telemetrySubject(subject, 'toHaveContext')
  return [...spans, ...logs]
}

function wantedContext(given: readonly unknown[]): Wanted {
  const [first, second] = given
  if (given.length > 1) {
    const { name, context } = describedCatalogue(first, 'toHaveContext')
    const known = new Map(context.map((attribute) => [attribute.key, attribute.name]))
    return renamed(second, (key) => {
      const wire = known.get(key)
      if (wire !== undefined) return wire
      const keys = [...known.keys()]
      throw new TypeError(
        `toHaveContext: the context of ${name} has no ${JSON.stringify(key)}.${didYouMean(key, keys)} It has: ${keys.join(', ') || 'none'}`,
      )
    })
  }
  return renamed(first, contextName)
}

function renamed(values: unknown, nameOf: (key: string) => string): Wanted {
  if (typeof values !== 'object' || values === null || Array.isArray(values) || Object.keys(values).length === 0)
    throw new TypeError(
      `toHaveContext: give the ids that are expected, { workflowId: 'w1' }, or a catalogue and its context, and not ${inspect(values, { depth: 0 })}`,
    )
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [nameOf(key), value]))
}
