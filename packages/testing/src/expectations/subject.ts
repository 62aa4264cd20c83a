// Expectations stage: what stands in `expect()`, or is the first argument of an assertion. A wrong one is a mistake in the test and no failed expectation: with
// `.not` it would hold.
import type { LogRecord, SpanRecord } from '@proprio/store'
import type { Recording } from '../recorder/index.ts'
import { shown } from '../target/shown.ts'
import { eventsOf, recordingBehind, type TestEvent } from '../telemetry/index.ts'

/** @throws TypeError unless it is a telemetry */
export function telemetrySubject(subject: unknown, expectation: string): Recording {
  const recording = isSpan(subject) ? undefined : recordingBehind(subject)
  if (recording && has(subject, 'spans', 'settled')) return recording
  throw wrong(
    subject,
    expectation,
    'a telemetry',
    'the `telemetry` of the test, or what a receiver or launch() answers with',
  )
}

/** @throws TypeError unless it is a finished span */
export function spanSubject(subject: unknown, expectation: string): SpanRecord {
  if (isSpan(subject)) return subject
  throw wrong(subject, expectation, 'a span that has ended', "telemetry.span('…'), or one of telemetry.spans()")
}

export type Carrier = SpanRecord | LogRecord | TestEvent

/** @throws TypeError unless it is a span, an event or a log record */
export function carrierSubject(subject: unknown, expectation: string): Carrier {
  if (has(subject, 'attributes', 'scope') && (has(subject, 'start') || has(subject, 'time'))) return subject as Carrier
  throw wrong(
    subject,
    expectation,
    'a span, an event or a log record',
    "telemetry.span('…'), or one of telemetry.spans(), events() or logs()",
  )
}

/** The events of a telemetry, or of one span. @throws TypeError for anything else */
export function eventsBehind(
  subject: unknown,
  expectation: string,
): { readonly events: readonly TestEvent[]; readonly recording: Recording | undefined } {
  const recording = recordingBehind(subject)
  if (isSpan(subject)) {
    const all = eventsOf(recording?.logs ?? [], [subject])
    return { events: all.filter(({ spanId }) => spanId === subject.spanId), recording }
  }
  if (recording && isTelemetry(subject)) return { events: eventsOf(recording.logs, recording.spans), recording }
  throw wrong(subject, expectation, 'a telemetry or a span', "the `telemetry` of the test, or telemetry.span('…')")
}

export const isTelemetry = (subject: unknown): boolean =>
  recordingBehind(subject) !== undefined && has(subject, 'spans', 'settled')

export const isSpan = (subject: unknown): subject is SpanRecord =>
  has(subject, 'spanId', 'traceId', 'start', 'end', 'events', 'links')

const has = (subject: unknown, ...names: readonly string[]): subject is object =>
  typeof subject === 'object' && subject !== null && names.every((name) => name in subject)

/** The mistake of a subject: what was expected is a question, and this cannot be asked it. */
export class WrongSubject extends TypeError {}

const wrong = (subject: unknown, expectation: string, what: string, examples: string): WrongSubject =>
  new WrongSubject(`${expectation} is expected of ${what}: ${examples}. It was given ${given(subject)}`)

function given(subject: unknown): string {
  if (Array.isArray(subject)) return subject.length === 0 ? 'an empty list' : `a list of ${subject.length}`
  if (subject instanceof Promise || typeof subject !== 'object' || subject === null) return shown(subject)
  if (isSpan(subject)) return `the span ${shown(subject.name)}`
  if (isTelemetry(subject)) return 'a telemetry'
  if (has(subject, 'spanId', 'traceId', 'start')) return 'a span that is still open'
  return `an object with ${Object.keys(subject).slice(0, 4).join(', ') || 'nothing in it'}`
}
