// Expectations stage: that no sensitive value leaves, in any signal. A canary is a value that the test has put in; it is looked for as it is and as it is
// usually encoded, in every text that a record carries.
import { inspect } from 'node:util'
import type { Recording } from '../recorder/index.ts'
import { blocks, plural, shownTraces } from './failure.ts'
import type { Outcome } from './outcome.ts'
import { telemetrySubject } from './subject.ts'

/** Shorter ones are in anything. */
const shortest = 4

interface Leak {
  readonly canary: string
  readonly where: string
  readonly how: string
  readonly spanId?: string | undefined
}

export function leakNothing(subject: unknown, canaries: unknown): Outcome {
  const recording = telemetrySubject(subject, 'toLeakNothing')
  const forms = checked(canaries).flatMap(formsOf)
  const leaks = [...textsOf(recording)].flatMap(({ where, text, spanId }) =>
    forms.filter(({ form }) => text.includes(form)).map(({ canary, how }): Leak => ({ canary, how, where, spanId })),
  )
  const lines = [...new Set(leaks.map(({ canary, how, where }) => `  ${JSON.stringify(canary)}${how} in ${where}`))]
  return {
    pass: leaks.length === 0,
    message: () =>
      leaks.length === 0
        ? 'expected a canary in some signal, and there is none'
        : blocks(
            `expected no canary in any signal, and ${plural(lines.length, 'place')} ${lines.length === 1 ? 'has' : 'have'} one:\n${lines.join('\n')}`,
            'hint: declare the attribute sensitive in its catalogue, or leave the value out of the text',
            shownTraces(
              recording,
              leaks.flatMap(({ spanId }) => spanId ?? []),
            ),
          ),
  }
}

function checked(canaries: unknown): readonly string[] {
  if (!Array.isArray(canaries) || canaries.length === 0)
    throw new TypeError(`toLeakNothing: give a list of the values that must not leave, and not ${inspect(canaries)}`)
  for (const canary of canaries)
    if (typeof canary !== 'string' || canary.length < shortest)
      throw new TypeError(
        `toLeakNothing: ${inspect(canary)} is no canary: a text of at least ${shortest} characters, that is nowhere else`,
      )
  return canaries as readonly string[]
}

interface Form {
  readonly canary: string
  readonly form: string
  readonly how: string
}

function formsOf(canary: string): readonly Form[] {
  const bytes = Buffer.from(canary)
  const all: readonly (readonly [form: string, how: string])[] = [
    [canary, ''],
    [encodeURIComponent(canary), ' (URL-encoded)'],
    [JSON.stringify(canary).slice(1, -1), ' (in JSON)'],
    [bytes.toString('hex'), ' (in hex)'],
    // Without its end, which depends on what comes after.
    [bytes.toString('base64').replace(/=+$/, '').slice(0, -1), ' (in base64)'],
    [bytes.toString('base64url').slice(0, -1), ' (in base64)'],
  ]
  const seen = new Set<string>()
  return all.flatMap(([form, how]) => {
    if (seen.has(form)) return []
    seen.add(form)
    return [{ canary, form, how }]
  })
}

interface Text {
  readonly where: string
  readonly text: string
  readonly spanId?: string | undefined
}

function* textsOf({ spans, logs, series }: Recording): Generator<Text> {
  for (const span of spans) {
    const { name, status, spanId, traceState = '' } = span
    const what = `span ${JSON.stringify(name)}`
    yield { where: `the name of ${what}`, text: name, spanId }
    yield { where: `the status of ${what}`, text: status.message ?? '', spanId }
    yield { where: `the trace state of ${what}`, text: traceState, spanId }
    yield* inAttributes(span.attributes, what, spanId)
    yield* inAttributes(span.resource, `the resource of ${what}`, spanId)
    for (const event of span.events) {
      yield { where: `the name of an event on ${what}`, text: event.name, spanId }
      yield* inAttributes(event.attributes ?? {}, `event ${event.name} on ${what}`, spanId)
    }
    for (const link of span.links) yield* inAttributes(link.attributes ?? {}, `a link of ${what}`, spanId)
  }
  for (const { eventName, body, attributes, spanId } of logs) {
    const what = eventName ? `event ${eventName}` : 'a log record'
    yield { where: `the text of ${what}`, text: textOf(body), spanId }
    yield* inAttributes(attributes, what, spanId)
  }
  for (const { name, attributes } of series) yield* inAttributes(attributes, `metric ${name}`)
}

function* inAttributes(attributes: Readonly<Record<string, unknown>>, what: string, spanId?: string): Generator<Text> {
  for (const [name, value] of Object.entries(attributes)) {
    yield { where: `${name} of ${what}`, text: textOf(value), spanId }
    yield { where: `the name of an attribute of ${what}`, text: name, spanId }
  }
}

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8')
  return value === undefined ? '' : JSON.stringify(value)
}
