// Expectations stage: what stands in `expect()`. A wrong subject is a mistake in the test and no failed expectation: with `.not` it would hold.
import type { LogRecord, SpanRecord } from '@proprio/store'
import type { Recording } from '../recorder/index.ts'
import { recordingBehind, type TestEvent } from '../telemetry/index.ts'

/** @throws TypeError unless it is a telemetry */
export function telemetrySubject(subject: unknown, expectation: string): Recording {
  const recording = isSpan(subject) ? undefined : recordingBehind(subject)
  if (recording && has(subject, 'spans', 'settled')) return recording
  throw new TypeError(
    `${expectation}: expect() is to be given the \`telemetry\` of the test here, or that of a receiver, and was given ${shown(subject)}`,
  )
}

/** @throws TypeError unless it is a finished span */
export function spanSubject(subject: unknown, expectation: string): SpanRecord {
  if (isSpan(subject)) return subject
  throw new TypeError(
    `${expectation}: expect() is to be given a span here, telemetry.span('…') or one of telemetry.spans(), and was given ${shown(subject)}`,
  )
}

export type Carrier = SpanRecord | LogRecord | TestEvent

/** @throws TypeError unless it is a span, an event or a log record */
export function carrierSubject(subject: unknown, expectation: string): Carrier {
  if (has(subject, 'attributes', 'scope') && (has(subject, 'start') || has(subject, 'time'))) return subject as Carrier
  throw new TypeError(
    `${expectation}: expect() is to be given a span, an event or a log record here, and was given ${shown(subject)}`,
  )
}

export const isTelemetry = (subject: unknown): boolean =>
  recordingBehind(subject) !== undefined && has(subject, 'spans', 'settled')

export const isSpan = (subject: unknown): subject is SpanRecord =>
  has(subject, 'spanId', 'traceId', 'start', 'end', 'events', 'links')

const has = (subject: unknown, ...names: readonly string[]): subject is object =>
  typeof subject === 'object' && subject !== null && names.every((name) => name in subject)

function shown(subject: unknown): string {
  if (Array.isArray(subject)) return subject.length === 0 ? 'an empty list' : `a list of ${subject.length}`
  if (typeof subject === 'object' && subject !== null)
    return `an object with ${Object.keys(subject).slice(0, 4).join(', ') || 'nothing in it'}`
  return typeof subject === 'string' ? JSON.stringify(subject) : String(subject)
}
