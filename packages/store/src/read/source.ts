// Read stage: what a store has to be able to do so that every question can be answered over it: give back its rows in the
// order they came, and tell when a new one comes.
import type { StoredEvent } from '../event/framework-event.ts'
import type { LogRecord, SpanRecord } from '../record/record.ts'
import type { Running, Stats } from '../reader.ts'

/** A record at rest. */
export interface Entry {
  /** Its framework event; for a log record that is part of an operation, what the event would be. */
  readonly event: StoredEvent
  readonly span?: SpanRecord | undefined
  readonly log?: LogRecord | undefined
  /** What it weighs, where the store knows it. */
  readonly bytes?: number
}

export interface Scan {
  /** `events`: framework events. `spans`, `logs`: entries that have that record. */
  readonly rows: 'events' | 'spans' | 'logs'
  readonly order: 'newest' | 'oldest'
  /** Only ids beyond this one: smaller for `newest`, greater for `oldest`. Absent: from the beginning. */
  readonly beyond?: number | undefined
}

export interface Source {
  /** Entries in the order of their ids. It may hold more than asked for, be stopped early, and go on while rows are added. */
  scan(scan: Scan): Iterable<Entry> | AsyncIterable<Entry>
  /** Calls `listener` with each entry that has a framework event as soon as it can be read, `ended` when the store closes. */
  subscribe(listener: (entry: Entry) => void, ended: () => void): () => void
  /** Settles when everything written so far can be read. Absent: it can be at once. */
  settled?(): Promise<void>
  /** The latest event time and the greatest id that were evicted; undefined while there are none. */
  evicted?(): { readonly time: number; readonly id: number } | undefined
  /** What is in flight; absent: the store is not told of starts. */
  running?(): Running
  /** Counted as records come and go; absent: counted by a scan. */
  stats?(): Stats
}
