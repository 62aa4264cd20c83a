// Telemetry stage: what a test asks of its recording.
import {
  classifyLog,
  classifySpan,
  type FrameworkEvent,
  LEVELS,
  type LogRecord,
  type SpanRecord,
  type StartedSpan,
} from '@proprio/store'
import { install, type Recording, type TestClock } from '../recorder/index.ts'
import { eventKind, type Kind, logKind, metricKind, operationKind, spanKind } from '../target/kinds.ts'
import { describedEmitter, targetOf } from '../target/target.ts'
import type { AnyOccurrence, AnyOperation, Choice, MeasureEmitter } from '../target/types.ts'
import { eventsOf, type TestEvent } from './event.ts'
import { isOf } from './evidence.ts'
import { forestOf, type TestNode, walk } from './forest.ts'
import type { MetricSeries } from './series.ts'
import { treeText, type TreeOptions } from './tree.ts'

export interface SettledOptions {
  /** How long to wait, in milliseconds. Default 1,000. */
  readonly timeoutMs?: number
}

/** One trace: its spans as a tree. */
export interface TestTrace {
  readonly traceId: string
  /** The first span without a parent in the recording. */
  readonly root: TestNode
  /** All of them, where the trace has more than one. */
  readonly roots: readonly TestNode[]
  /** In the order in which they began. */
  readonly spans: readonly SpanRecord[]
}

/**
 * What one test has caused, and nothing of another's. Each question may be narrowed: by an emitter of a catalogue, a name, a pattern of names, or a
 * function that answers true for what is meant.
 */
export interface TestTelemetry {
  /** Spans that have ended, in the order in which they began. */
  spans(which?: Choice<SpanRecord> | AnyOperation): readonly SpanRecord[]
  /** The one span, or the one that is meant. Throws when there is none, or more than one, and lists those that there are. */
  span(which?: Choice<SpanRecord> | AnyOperation): SpanRecord
  /** The one trace, or the one that has such a span. Throws when there is none, or more than one. */
  trace(which?: Choice<SpanRecord> | AnyOperation): TestTrace
  /** Log records, in the order in which they came. By name means by their text. */
  logs(which?: Choice<LogRecord>): readonly LogRecord[]
  logs(occurrence: AnyOccurrence): readonly LogRecord[]
  /** Log records with an event name and events of spans, each counted once. */
  events(which?: Choice<TestEvent>): readonly TestEvent[]
  events(occurrence: AnyOccurrence): readonly TestEvent[]
  /** What was measured, as one series for each instrument and set of dimensions. An operation means its duration, an occurrence its count. */
  metrics(which?: Choice<MetricSeries> | AnyOperation | MeasureEmitter<never>): readonly MetricSeries[]
  metrics(occurrence: AnyOccurrence): readonly MetricSeries[]
  /** Finished operations as framework events, as `telemetry().query` tells them. By name means by type. */
  operations(which?: Choice<FrameworkEvent> | AnyOperation): readonly FrameworkEvent[]
  /** Framework events at level error and critical: operations that have failed, and occurrences that say so. */
  errors(): readonly FrameworkEvent[]
  /** Spans that have begun and not ended. */
  open(): readonly StartedSpan[]
  /** All traces as text: a line a span, its events and children below it. The same in every run. */
  tree(options?: TreeOptions): string
  /** Waits until no span is open and everything queued is delivered. Throws, with what is still open, after `timeoutMs`. */
  settled(options?: SettledOptions): Promise<void>
  /** Forgets what has ended and been measured so far. */
  clear(): void
  /** Has the emitters inside this test follow that clock, `virtualClock()` or `Date` under fake timers, from now on; the system's again without one. */
  use(clock: TestClock | undefined): void
  /** What could be claimed for no test: begun outside of all of them, and of none of their traces. */
  unclaimed(): TestTelemetry
}

const patienceMs = 1000

export function telemetryOf(recording: Recording): TestTelemetry {
  const spans = (which?: unknown): readonly SpanRecord[] => held(recording, chosen(recording.spans, which, spanKind))
  const telemetry: TestTelemetry = {
    spans,
    span: (which) => theOne(spans(which), which, recording),
    trace: (which) => traceOf(recording, which),
    logs: (which?: unknown) => held(recording, chosen(recording.logs, which, logKind)),
    events: (which?: unknown) => held(recording, chosen(eventsOf(recording.logs, recording.spans), which, eventKind)),
    metrics: (which?: unknown) => chosen(recording.series, which, metricKind),
    operations: (which) =>
      describedEmitter(which)
        ? chosen(recording.spans, which, spanKind).map(classifySpan)
        : chosen(recording.spans.map(classifySpan), which, operationKind),
    errors: () => errorsOf(recording),
    open: () => recording.open,
    tree: (options) => treeText(recording, options),
    settled: ({ timeoutMs = patienceMs } = {}) => settle(recording, timeoutMs),
    clear: () => recording.clear(),
    use(clock) {
      recording.clock = clock
    },
    unclaimed: () => telemetryOf(install().claims.unclaimed),
  }
  isOf(recording, telemetry)
  return telemetry
}

function held<Entry extends object>(recording: Recording, entries: readonly Entry[]): readonly Entry[] {
  for (const entry of entries) isOf(recording, entry)
  return entries
}

function chosen<Entry>(entries: readonly Entry[], which: unknown, kind: Kind<Entry>): readonly Entry[] {
  if (which === undefined) return entries
  const target = targetOf(which, kind)
  return entries.filter((entry) => target.is(entry))
}

function theOne(spans: readonly SpanRecord[], which: unknown, recording: Recording): SpanRecord {
  const [only, ...more] = spans
  if (only !== undefined && more.length === 0) return only
  const text = which === undefined ? 'span' : targetOf(which, spanKind).text
  const many = which === undefined ? `${spans.length} spans` : `${spans.length} of ${text}`
  throw new Error(
    only === undefined
      ? `there is no ${text}. ${there(recording)}`
      : `there are ${many}; take one of spans(). ${there(recording)}`,
  )
}

function traceOf(recording: Recording, which: unknown): TestTrace {
  const ids = [...new Set(chosen(recording.spans, which, spanKind).map(({ traceId }) => traceId))]
  const [traceId, ...others] = ids
  const meant = which === undefined ? '' : ` with a ${targetOf(which, spanKind).text}`
  if (traceId === undefined) throw new Error(`there is no trace${meant}. ${there(recording)}`)
  if (others.length > 0)
    throw new Error(`there are ${ids.length} traces${meant}; say which by one of its spans. ${there(recording)}`)
  const spans = held(
    recording,
    recording.spans.filter((span) => span.traceId === traceId),
  )
  const { roots } = forestOf(spans, eventsOf(recording.logs, recording.spans))
  const [root] = roots as readonly TestNode[]
  if (root === undefined) throw new Error(`there is no trace${meant}`)
  return { traceId, root, roots, spans }
}

const atLeastError = new Set(LEVELS.slice(LEVELS.indexOf('error')))

export function errorsOf({ spans, logs }: Recording): readonly FrameworkEvent[] {
  const events = [...spans.map(classifySpan), ...logs.flatMap((log) => classifyLog(log) ?? [])]
  return events.filter(({ level }) => atLeastError.has(level))
}

async function settle(recording: Recording, timeoutMs: number): Promise<void> {
  if (!(await recording.settled(timeoutMs)))
    throw new Error(
      `after ${timeoutMs} ms still open:\n${openText(recording)}\nAwait what the test begins, or end it; or wait longer, with settled({ timeoutMs })`,
    )
  await install().telemetry.flush({ deadlineMs: timeoutMs })
}

/** What is open, a line each, below what it was begun in. */
function openText(recording: Recording): string {
  const { roots } = forestOf(recording.open, [])
  return Array.from(walk(roots), ([{ span }, depth]) => `${'  '.repeat(depth + 1)}${span.name}`).join('\n')
}

/** What there is, for one who has looked for something else. */
export function there(recording: Recording): string {
  const all = treeText(recording)
  return all === '' ? 'The test has recorded nothing' : `The test has recorded:\n${all}`
}
