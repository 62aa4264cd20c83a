// Expectations stage: whether there is one with these attributes; and if not, which came nearest and in what it differs.
import { inspect } from 'node:util'
import { levelOfSeverity, type LogRecord, type SpanRecord } from '@proprio/store'
import type { TestTelemetry } from '../telemetry/index.ts'
import { isEqual } from './equal.ts'
import type { Outcome } from './outcome.ts'
import { type Kind, type Named, type Wanted, wantedOf } from './wanted.ts'

const span: Kind<SpanRecord> = { noun: 'span', article: 'a', emitter: 'operation', nameOf: ({ name }) => name }
const event: Kind<LogRecord> = {
  noun: 'event',
  article: 'an',
  emitter: 'occurrence',
  nameOf: ({ eventName }) => eventName ?? '',
}

/** Expected values by their keys in the catalogue, or by their names on the wire where there is none. */
export type Expected = Readonly<Record<string, unknown>>

export function haveSpan(telemetry: TestTelemetry, which: unknown, attributes: Expected = {}): Outcome {
  return have({ telemetry, kind: span, which, attributes, entries: telemetry.spans() })
}

export function haveEvent(
  telemetry: TestTelemetry,
  which: unknown,
  attributes: Expected = {},
  { level }: { readonly level?: string } = {},
): Outcome {
  const entries = telemetry
    .events()
    .filter((record) => level === undefined || levelOfSeverity(record.severityNumber) === level)
  return have({
    telemetry,
    kind: event,
    which,
    attributes,
    entries,
    also: level === undefined ? '' : ` at level ${level}`,
  })
}

interface Search<Entry> {
  readonly telemetry: TestTelemetry
  readonly kind: Kind<Entry>
  readonly which: unknown
  readonly attributes: Expected
  readonly entries: readonly Entry[]
  readonly also?: string
}

function have<Entry extends Named>({ telemetry, kind, which, attributes, entries, also = '' }: Search<Entry>): Outcome {
  const wanted = wantedOf(which, kind)
  const expected = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [wanted.wireName(key), value]))
  const meant = entries.filter((entry) => wanted.is(entry))
  const found = meant.filter((entry) => differing(entry, expected).length === 0)
  const withAttributes = Object.keys(attributes).length === 0 ? '' : ' with these attributes'
  if (found.length > 0) {
    const times = found.length === 1 ? 'one' : String(found.length)
    return {
      pass: true,
      message: () =>
        `expected no ${wanted.text}${also}${withAttributes}, and there is ${times}\n\n${there(telemetry, kind.noun)}`,
    }
  }
  const nearest = meant.toSorted((one, other) => differing(one, expected).length - differing(other, expected).length)[0]
  return {
    pass: false,
    message: () =>
      [
        `expected ${kind.article} ${wanted.text}${also}${withAttributes}`,
        nearest ? differences(nearest, expected) : caseHint(wanted, entries, kind),
        there(telemetry, kind.noun),
      ]
        .filter((part) => part !== '')
        .join('\n\n'),
    ...(nearest && { actual: leaves(nearest, expected), expected }),
  }
}

const differing = ({ attributes }: Named, expected: Expected): readonly string[] =>
  Object.keys(expected).filter((name) => !isEqual(attributes[name], expected[name]))

/** Only what was asked for, so that a diff shows only what differs. */
const leaves = ({ attributes }: Named, expected: Expected): Expected =>
  Object.fromEntries(Object.keys(expected).flatMap((name) => (name in attributes ? [[name, attributes[name]]] : [])))

function differences(nearest: Named, expected: Expected): string {
  const lines = differing(nearest, expected).map((name) => {
    const actual = nearest.attributes[name]
    return `  ${name}: expected ${inspect(expected[name])}, ${actual === undefined ? 'and it is not there' : `was ${inspect(actual)}`}`
  })
  return ['the nearest differs:', ...lines].join('\n')
}

function caseHint<Entry>({ name }: Wanted<Entry>, entries: readonly Entry[], kind: Kind<Entry>): string {
  const byCase = entries.map(kind.nameOf).find((other) => other.toLowerCase() === name?.toLowerCase())
  return byCase === undefined ? '' : `there is ${JSON.stringify(byCase)}: the names differ by case`
}

/** What there is instead, and what may yet come. */
export function there(telemetry: TestTelemetry, noun: 'span' | 'event'): string {
  const names = telemetry.events().map(({ eventName }) => eventName)
  const seen = noun === 'span' ? telemetry.tree() : names.join('\n')
  const open = telemetry.open().map(({ name }) => JSON.stringify(name))
  const lines = [seen === '' ? `the test has made no ${noun}` : `the test has made:\n${seen}`]
  if (open.length > 0) lines.push(`still open: ${open.join(', ')}. Is something not awaited? See telemetry.settled()`)
  return lines.join('\n')
}
