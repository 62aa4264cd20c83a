// Expectations stage: what stands in `expect()`, or is the first argument of an assertion. A wrong one is a mistake in the test and no failed expectation: with
// `.not` it would hold.
import type { LogRecord, SpanRecord } from '@proprio/store'
import type { Recording } from '../recorder/index.ts'
import { Mistake } from '../target/mistake.ts'
import { shown } from '../target/shown.ts'
import { eventsOf, recordingBehind, type TestEvent } from '../telemetry/index.ts'

/** @throws Mistake unless it is a telemetry */
export function telemetrySubject(subject: unknown): Recording {
  const recording = recordingBehind(subject)
  if (recording && isTelemetry(subject)) return recording
  throw wrong(subject, 'a telemetry', 'the `telemetry` of the test, or what a receiver or launch() answers with')
}

/** @throws Mistake unless it is a finished span */
export function spanSubject(subject: unknown): SpanRecord {
  if (isSpan(subject)) return subject
  throw wrong(subject, 'a span that has ended', "telemetry.span('…'), or one of telemetry.spans()")
}

export type Carrier = SpanRecord | LogRecord | TestEvent

/** @throws Mistake unless it is a span, an event or a log record */
export function carrierSubject(subject: unknown): Carrier {
  if (has(subject, 'attributes', 'scope') && (has(subject, 'start') || has(subject, 'time'))) return subject as Carrier
  throw wrong(
    subject,
    'a span, an event or a log record',
    "telemetry.span('…'), or one of telemetry.spans(), events() or logs()",
  )
}

/** The events of a telemetry, or of one span. @throws Mistake for anything else */
export function eventsBehind(subject: unknown): {
  readonly events: readonly TestEvent[]
  readonly recording: Recording | undefined
} {
  const recording = recordingBehind(subject)
  if (isSpan(subject)) {
    const all = eventsOf(recording?.logs ?? [], [subject])
    return { events: all.filter(({ spanId }) => spanId === subject.spanId), recording }
  }
  if (recording && isTelemetry(subject)) return { events: eventsOf(recording.logs, recording.spans), recording }
  throw wrong(subject, 'a telemetry or a span', "the `telemetry` of the test, or telemetry.span('…')")
}

export const isTelemetry = (subject: unknown): boolean =>
  recordingBehind(subject) !== undefined && has(subject, 'spans', 'settled')

export const isSpan = (subject: unknown): subject is SpanRecord =>
  has(subject, 'spanId', 'traceId', 'start', 'end', 'events', 'links')

const has = (subject: unknown, ...names: readonly string[]): subject is object =>
  typeof subject === 'object' && subject !== null && names.every((name) => name in subject)

/** The mistake of a subject: what was expected is a question, and this cannot be asked it. */
export class WrongSubject extends Mistake {}

const wrong = (subject: unknown, what: string, examples: string): WrongSubject =>
  new WrongSubject(`it is expected of ${what}: ${examples}. It was given ${given(subject)}`)

function given(subject: unknown): string {
  if (Array.isArray(subject)) return subject.length === 0 ? 'an empty list' : `a list of ${subject.length}`
  if (typeof subject !== 'object' || subject === null || subject instanceof Promise || subject instanceof Error)
    return shown(subject)
  if (isSpan(subject)) return `the span ${shown(subject.name)}`
  if (isTelemetry(subject)) return 'a telemetry'
  if (has(subject, 'spanId', 'traceId', 'start')) return 'a span that is still open'
  if (has(subject, 'spanContext')) return "a span of OpenTelemetry's API, and not what was recorded of it"
  if (has(subject, 'body', 'severityNumber')) return 'a log record'
  return `an object with ${Object.keys(subject).slice(0, 4).join(', ') || 'nothing in it'}`
}
