// Telemetry stage: what a test asks of its recording.
import type { LogRecord, SpanRecord, StartedSpan } from '@proprio/store'
import type { Recording } from '../recorder/index.ts'
import { treeText } from './tree.ts'

/** Which spans or log records: by name, by a pattern of it, or by a function. */
export type Chosen<Entry> = string | RegExp | ((entry: Entry) => boolean)

export interface SettledOptions {
  /** How long to wait, in milliseconds. Default 1,000. */
  readonly timeoutMs?: number
}

/** What one test has caused, and nothing of another's. */
export interface TestTelemetry {
  /** Spans that have ended, in the order in which they began. */
  spans(which?: Chosen<SpanRecord>): readonly SpanRecord[]
  /** The one span that is meant. Throws when there is none, or more than one, and lists those that there are. */
  span(which: Chosen<SpanRecord>): SpanRecord
  /** Log records, in the order in which they came. A name is that of an event. */
  logs(which?: Chosen<LogRecord>): readonly LogRecord[]
  /** Log records with an event name. */
  events(which?: Chosen<LogRecord>): readonly LogRecord[]
  /** Spans that have failed. */
  errors(): readonly SpanRecord[]
  /** Spans that have begun and not ended. */
  open(): readonly StartedSpan[]
  /** All traces as text: a line a span, its children below it. */
  tree(): string
  /** Waits until no span is open. Throws, with what still is, after `timeoutMs`. */
  settled(options?: SettledOptions): Promise<void>
  /** Forgets what has ended so far. */
  clear(): void
}

const patience = 1000

export function telemetryOf(recording: Recording): TestTelemetry {
  const spans = (which?: Chosen<SpanRecord>): readonly SpanRecord[] =>
    chosen(recording.spans, which, ({ name }) => name)
  const logs = (which?: Chosen<LogRecord>): readonly LogRecord[] =>
    chosen(recording.logs, which, ({ eventName }) => eventName ?? '')
  return {
    spans,
    span(which) {
      const [only, ...more] = spans(which)
      if (only !== undefined && more.length === 0) return only
      throw new Error(
        `${only === undefined ? 'no span' : `${more.length + 1} spans`} ${meant(which)}. ${there(recording)}`,
      )
    },
    logs,
    events: (which) => logs(which).filter(({ eventName }) => eventName !== undefined && eventName !== ''),
    errors: () =>
      recording.spans.filter(({ status, attributes }) => status.code === 'error' || 'error.type' in attributes),
    open: () => recording.open,
    tree: () => treeText(recording.spans),
    async settled({ timeoutMs = patience } = {}) {
      if (await recording.settled(timeoutMs)) return
      const names = recording.open.map(({ name }) => JSON.stringify(name)).join(', ')
      throw new Error(`after ${timeoutMs} ms still open: ${names}. Await what the test begins, or end it`)
    },
    clear: () => recording.clear(),
  }
}

function chosen<Entry>(
  entries: readonly Entry[],
  which: Chosen<Entry> | undefined,
  nameOf: (entry: Entry) => string,
): readonly Entry[] {
  if (which === undefined) return entries
  if (typeof which === 'function') return entries.filter(which)
  if (typeof which === 'string') return entries.filter((entry) => nameOf(entry) === which)
  return entries.filter((entry) => nameOf(entry).search(which) !== -1)
}

function meant(which: Chosen<SpanRecord>): string {
  if (typeof which === 'function') return 'for which the function answers true'
  return typeof which === 'string' ? `named ${JSON.stringify(which)}` : `whose name matches ${which}`
}

function there(recording: Recording): string {
  const open = recording.open.map(({ name }) => JSON.stringify(name))
  const stillOpen = open.length === 0 ? '' : `\nStill open: ${open.join(', ')}`
  const all = treeText(recording.spans)
  return (all === '' ? 'The test has ended none' : `The test has ended these:\n${all}`) + stillOpen
}
