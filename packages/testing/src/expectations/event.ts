// Expectations stage: that there is an event or a log record, and an exception.
import { isLevel, LEVELS, levelOfSeverity, type LogRecord, type SpanRecord } from '@proprio/store'
import type { Recording } from '../recorder/index.ts'
import { eventKind, logKind } from '../target/kinds.ts'
import { attributesText, eventsOf, recordingBehind, type TestEvent } from '../telemetry/index.ts'
import { meets } from './attributes.ts'
import { shownEvents, shownTraces } from './failure.ts'
import { find } from './find.ts'
import { nameHint, openHint, unclaimedHint } from './hints.ts'
import type { Outcome } from './outcome.ts'
import { isSpan, telemetrySubject } from './subject.ts'

/** Of a telemetry, or on one span. */
export function haveEvent(subject: unknown, which: unknown, attributes?: unknown, options?: unknown): Outcome {
  const { events, recording } = eventsBehind(subject, 'toHaveEvent')
  const level = levelOf(options, 'toHaveEvent')
  return find<TestEvent>({
    kind: eventKind,
    which,
    attributes,
    entries: events.filter((event) => level === undefined || event.level === level),
    also: level === undefined ? '' : ` at level ${level}`,
    shown: () => (recording ? shownEvents(recording) : ''),
    hints: (target, wanted) => [
      nameHint(
        target.name,
        events.map(({ name }) => name),
      ),
      otherLevel(level, events.filter(target.is)),
      ...(recording
        ? [
            openHint(recording),
            unclaimedHint(recording, ({ logs, spans }) =>
              eventsOf(logs, spans).some((event) => target.is(event) && meets(event.attributes, wanted)),
            ),
          ]
        : []),
    ],
  })
}

export function haveLog(subject: unknown, which: unknown, attributes?: unknown, options?: unknown): Outcome {
  const recording = telemetrySubject(subject, 'toHaveLog')
  const level = levelOf(options, 'toHaveLog')
  const leveled = recording.logs.map((log) => ({ log, level: levelOfSeverity(log.severityNumber) }))
  return find<LogRecord>({
    kind: logKind,
    which,
    attributes,
    entries: leveled.filter((one) => level === undefined || one.level === level).map(({ log }) => log),
    also: level === undefined ? '' : ` at level ${level}`,
    shown: () => shownLogs(recording),
    hints: (target, wanted) => [
      nameHint(target.name, recording.logs.map(logKind.nameOf)),
      otherLevel(
        level,
        leveled.filter(({ log }) => target.is(log)),
      ),
      openHint(recording),
      unclaimedHint(recording, ({ logs }) => logs.some((log) => target.is(log) && meets(log.attributes, wanted))),
    ],
  })
}

function shownLogs({ logs }: Recording): string {
  if (logs.length === 0) return 'the test has recorded no log record'
  const lines = logs.map((log) =>
    [
      `· ${JSON.stringify(logKind.nameOf(log))}`,
      ...(log.severityNumber === undefined ? [] : [`(${levelOfSeverity(log.severityNumber)})`]),
      ...attributesText(log.attributes, []),
    ].join(' '),
  )
  return `the test has recorded:\n${lines.join('\n')}`
}

const otherLevel = (level: string | undefined, meant: readonly { readonly level: string }[]): string =>
  level === undefined || meant.length === 0 || meant.some((one) => one.level === level)
    ? ''
    : `hint: there is one at level ${[...new Set(meant.map((one) => one.level))].join(' and ')}`

function levelOf(options: unknown, expectation: string): string | undefined {
  if (options === undefined) return undefined
  const level: unknown = typeof options === 'object' && options !== null ? Reflect.get(options, 'level') : options
  if (level === undefined || isLevel(level)) return level
  throw new TypeError(`${expectation}: { level } is one of ${LEVELS.join(', ')}, and not ${String(level)}`)
}

function eventsBehind(
  subject: unknown,
  expectation: string,
): { events: readonly TestEvent[]; recording: Recording | undefined } {
  if (isSpan(subject)) {
    const recording = recordingBehind(subject)
    const all = eventsOf(recording?.logs ?? [], [subject])
    return { events: all.filter(({ spanId }) => spanId === subject.spanId), recording }
  }
  const recording = telemetrySubject(subject, expectation)
  return { events: eventsOf(recording.logs, recording.spans), recording }
}

type ErrorClass = new (...args: never[]) => Error

/** On a span, or anywhere in a telemetry: an event of the exception conventions, or the error that a span has ended with. */
export function haveException(subject: unknown, which?: unknown): Outcome {
  const { events, recording } = eventsBehind(subject, 'toHaveException')
  const meant = exceptionMeant(which)
  const spans: readonly SpanRecord[] = isSpan(subject) ? [subject] : (recording?.spans ?? [])
  const thrown = exceptionsOf(events, spans)
  const found = thrown.filter(meant.is)
  return {
    pass: found.length > 0,
    message: () =>
      [
        found.length > 0
          ? `expected no exception${meant.text}, and there is ${found.map(exceptionText).join(', ')}`
          : `expected an exception${meant.text}`,
        found.length > 0 || thrown.length === 0 ? '' : `there is only ${thrown.map(exceptionText).join(', ')}`,
        recording && found.length === 0 ? openHint(recording) : '',
        shownTraces(
          recording,
          found.flatMap(({ spanId }) => spanId ?? []),
        ),
      ]
        .filter(Boolean)
        .join('\n\n'),
    ...(found.length === 0 &&
      thrown[0] &&
      meant.shape && { actual: pick(thrown[0], meant.shape), expected: meant.shape }),
  }
}

interface Thrown {
  readonly type: string
  readonly message: string
  readonly spanId: string | undefined
}

const exceptionText = ({ type, message }: Thrown): string => (message === '' ? type : `${type}: ${message}`)

const pick = (thrown: Thrown, shape: Partial<Record<'type' | 'message', unknown>>): object =>
  Object.fromEntries(Object.keys(shape).map((key) => [key, thrown[key as 'type' | 'message']]))

function exceptionsOf(events: readonly TestEvent[], spans: readonly SpanRecord[]): readonly Thrown[] {
  const recorded = events.flatMap(({ attributes, spanId }) => {
    const { 'exception.type': type, 'exception.message': message } = attributes
    return type === undefined && message === undefined
      ? []
      : [{ type: textOf(type) || '_OTHER', message: textOf(message), spanId }]
  })
  const told = new Set(recorded.map(({ spanId }) => spanId))
  // An error that was said without an exception: by error.type and the status alone.
  const ended = spans
    .filter(({ spanId, attributes }) => !told.has(spanId) && attributes['error.type'] !== undefined)
    .map(({ spanId, attributes, status }) => ({
      type: textOf(attributes['error.type']),
      message: status.message ?? '',
      spanId,
    }))
  return [...recorded, ...ended]
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

interface ExceptionMeant {
  readonly text: string
  readonly shape?: { readonly type?: string; readonly message?: string }
  is(thrown: Thrown): boolean
}

function exceptionMeant(which: unknown): ExceptionMeant {
  if (which === undefined) return { text: '', is: () => true }
  if (typeof which === 'string')
    return {
      text: ` ${JSON.stringify(which)}`,
      shape: { message: which },
      is: ({ type, message }) => type === which || message.includes(which),
    }
  if (which instanceof RegExp)
    return { text: ` ${which}`, is: ({ type, message }) => type.search(which) !== -1 || message.search(which) !== -1 }
  if (typeof which === 'function' && isErrorClass(which)) {
    const { name } = which
    // What is recorded has a name and no class, so of all hierarchies only the top is known.
    return { text: ` ${name}`, shape: { type: name }, is: ({ type }) => which === Error || type === name }
  }
  throw new TypeError(
    `toHaveException: ${String(which)} names no exception. Give its class, its type or a part of its message, or a pattern`,
  )
}

const isErrorClass = (value: object): value is ErrorClass => {
  const prototype: unknown = Reflect.get(value, 'prototype')
  return value === Error || prototype instanceof Error
}
