// Expectations stage: that there is an event or a log record.
import { isLevel, LEVELS, levelOfSeverity, type LogRecord } from '@proprio/store'
import type { Recording } from '../recorder/index.ts'
import { didYouMean } from '../target/did-you-mean.ts'
import { eventKind, logKind } from '../target/kinds.ts'
import { Mistake } from '../target/mistake.ts'
import { shown } from '../target/shown.ts'
import { targetOf } from '../target/target.ts'
import { attributesText, eventsOf, type TestEvent } from '../telemetry/index.ts'
import { meets, type Wanted } from './attributes.ts'
import { shownEvents } from './failure.ts'
import { find } from './find.ts'
import { nameHint, openHint, unclaimedHint } from './hints.ts'
import type { Outcome } from './outcome.ts'
import { eventsBehind, isSpan, telemetrySubject } from './subject.ts'

/** Of a telemetry, or on one span. */
export function haveEvent(subject: unknown, which: unknown, attributes?: unknown, options?: unknown): Outcome {
  const { events, recording } = eventsBehind(subject)
  const target = targetOf(which, eventKind)
  const level = levelOf(options)
  return find<TestEvent>({
    target,
    attributes,
    entries: events.filter((event) => level === undefined || event.level === level),
    also: level === undefined ? '' : ` at level ${level}`,
    shown: () => shownEvents(events, isSpan(subject) ? 'the span has' : undefined),
    hints: (wanted) => [
      nameHint(
        target.name,
        events.map(({ name }) => name),
      ),
      otherLevelHint(level, events.filter(target.is)),
      misplacedLevelHint(wanted),
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
  const recording = telemetrySubject(subject)
  const target = targetOf(which, logKind)
  const level = levelOf(options)
  const leveled = recording.logs.map((log) => ({ log, level: levelOfSeverity(log.severityNumber) }))
  return find<LogRecord>({
    target,
    attributes,
    entries: leveled.filter((one) => level === undefined || one.level === level).map(({ log }) => log),
    also: level === undefined ? '' : ` at level ${level}`,
    shown: () => shownLogs(recording),
    hints: (wanted) => [
      nameHint(target.name, recording.logs.map(logKind.nameOf)),
      otherLevelHint(
        level,
        leveled.filter(({ log }) => target.is(log)),
      ),
      misplacedLevelHint(wanted),
      openHint(recording),
      unclaimedHint(recording, ({ logs }) => logs.some((log) => target.is(log) && meets(log.attributes, wanted))),
    ],
  })
}

function shownLogs({ logs }: Recording): string {
  if (logs.length === 0) return 'the test has recorded no log record'
  const lines = logs.map((log) =>
    [
      `· ${log.body === undefined ? (log.eventName ?? 'no text') : shown(log.body)}`,
      ...(log.severityNumber === undefined ? [] : [`(${levelOfSeverity(log.severityNumber)})`]),
      ...attributesText(log.attributes, []),
    ].join(' '),
  )
  return `the test has recorded:\n${lines.join('\n')}`
}

const otherLevelHint = (level: string | undefined, meant: readonly { readonly level: string }[]): string =>
  level === undefined || meant.length === 0 || meant.some((one) => one.level === level)
    ? ''
    : `hint: there is one at level ${[...new Set(meant.map((one) => one.level))].join(' and ')}`

const misplacedLevelHint = (wanted: Wanted): string =>
  isLevel(wanted['level']) ? 'hint: { level } is the argument after the attributes' : ''

function levelOf(options: unknown): string | undefined {
  if (options === undefined) return undefined
  if (typeof options !== 'object' || options === null)
    throw new Mistake(`options are { level }, and not ${shown(options)}`)
  const { level, ...others } = options as { readonly level?: unknown }
  const [unknown] = Object.keys(others)
  if (unknown !== undefined)
    throw new Mistake(`there is no option ${JSON.stringify(unknown)}.${didYouMean(unknown, ['level'])} There is level`)
  if (level === undefined || isLevel(level)) return level
  throw new Mistake(`${shown(level)} is no level. It is one of ${LEVELS.join(', ')}`)
}
