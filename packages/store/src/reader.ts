// The way out: what a store answers. Every other question (errors, slow operations, a trace as a tree) is asked
// through these by `query()`, so that a store of one's own has only these to answer.
import type { StoredEvent } from './event/framework-event.ts'
import type { Level } from './event/level.ts'
import type { Filter } from './filter/filter.ts'
import type { AttributeValue } from './record/attributes.ts'
import type { LogRecord, SpanRecord } from './record/record.ts'
import type { Writer } from './writer.ts'

export interface PageOptions {
  /** Rows in one page: 1 to 10,000, default 100. */
  readonly limit?: number
  /** `nextCursor` of the page before, asked with the same filter and order. */
  readonly cursor?: string
  /** By arrival; default `'newest'` first. */
  readonly order?: 'newest' | 'oldest'
}

/** What every answer says about its own completeness. */
export interface Completeness {
  /** More rows match than were given. */
  readonly truncated: boolean
  /** Unix milliseconds: of records up to this time some were evicted. Absent while none was. */
  readonly evictedBefore?: number
}

/** Following `nextCursor` meets each row that stays in the store exactly once, whatever is added or evicted meanwhile. */
export interface Page<Row> extends Completeness {
  readonly rows: readonly Row[]
  /** Present when `truncated`. Opaque. */
  readonly nextCursor?: string
}

/** An operation in flight. */
export interface RunningOperation {
  readonly type: string
  readonly layer: string
  /** The span's name. */
  readonly name: string
  /** Unix milliseconds. */
  readonly start: number
  readonly ageMs: number
  readonly attributes: Readonly<Record<string, AttributeValue>>
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
}

/** What is in flight, oldest first. */
export interface Running {
  readonly rows: readonly RunningOperation[]
  /** Operations that were in flight when there was no room to remember them, since the store began. */
  readonly untracked: number
}

export interface TypeStats {
  readonly count: number
  readonly failed: number
  readonly slow: number
}

/** Why a record is no longer, or never was, in the store. */
export const EVICTION_REASONS = ['count', 'bytes', 'oversized', 'invalid', 'closed', 'cleared'] as const

/**
 * `count`, `bytes`: the oldest made room. `oversized`: larger than the whole store. `invalid`: it could not be read.
 * `closed`: written after `close()`. `cleared`: by `clear()`.
 */
export type EvictionReason = (typeof EVICTION_REASONS)[number]

/** Records since the store began. */
export interface Evicted {
  readonly total: number
  readonly byReason: Readonly<Record<EvictionReason, number>>
}

/** Of the events in the store now, but for `evicted`. */
export interface Stats {
  readonly total: number
  readonly byLevel: Readonly<Record<Level, number>>
  readonly byLayer: Readonly<Record<string, number>>
  readonly byType: Readonly<Record<string, TypeStats>>
  readonly evicted: Evicted
}

export interface AggregateOptions {
  /** What to group by: `'type'`, `'layer'`, `'level'` or `'attributes.<name>'`, one or several; default `'type'`. */
  readonly by?: string | readonly string[]
  /** Width of the time buckets: milliseconds, or `'30s'`, `'5m'`, `'1h'`, `'1d'`. Without it there is one bucket. */
  readonly every?: number | string
  /** Which events; default all. */
  readonly over?: Filter
}

/** Percentiles of duration in milliseconds, by nearest rank on every duration there is: no interpolation, no sketch. */
export interface Durations {
  readonly count: number
  readonly min: number
  readonly max: number
  readonly mean: number
  readonly p50: number
  readonly p90: number
  readonly p95: number
  readonly p99: number
}

export interface AggregateRow {
  /** The value of each of `by`, under its name; null when the event has none. */
  readonly group: Readonly<Record<string, AttributeValue>>
  /** The bucket: Unix milliseconds, `from` inclusive, `to` exclusive. */
  readonly from: number
  readonly to: number
  readonly count: number
  readonly failed: number
  readonly errorRatio: number
  readonly ratePerMinute: number
  /** Of the operations among them; absent when there are none. */
  readonly durationMs?: Durations
}

/** Rows by bucket, then by falling count. */
export interface Aggregate extends Completeness {
  readonly rows: readonly AggregateRow[]
}

export interface FollowOptions {
  readonly signal?: AbortSignal
  /** Events held for a slow reader before the oldest are given up: 1 to 100,000, default 1,000, and 4 MiB at the most. */
  readonly buffer?: number
}

/** An event as it came, or a gap where events were lost to a reader that fell behind. `seq` is the event's id, or the last lost one's. */
export type Followed =
  | { readonly seq: number; readonly event: StoredEvent; readonly gap?: never }
  | { readonly seq: number; readonly event?: never; readonly gap: Gap }

export interface Gap {
  /** Events that matched and were given up; absent when they were evicted from the store before they could be counted. */
  readonly missed?: number
}

/** Answers questions. A wrong filter, cursor or option is a `StoreError`: rejected, by `follow` thrown. */
export interface Reader {
  events(filter?: Filter, page?: PageOptions): Promise<Page<StoredEvent>>
  /** The spans whose framework events match. */
  spans(filter?: Filter, page?: PageOptions): Promise<Page<SpanRecord>>
  /** The log records that match, those that are parts of an operation (its exception, its crossed limit) too. */
  logs(filter?: Filter, page?: PageOptions): Promise<Page<LogRecord>>
  running(): Promise<Running>
  stats(): Promise<Stats>
  aggregate(options?: AggregateOptions): Promise<Aggregate>
  /**
   * Events as they are written, from now on; with `afterId`, first those already stored after it. Ends with `return()`,
   * with the signal, and when the store closes.
   */
  follow(filter?: Filter, options?: FollowOptions): AsyncIterableIterator<Followed>
}

/** Both ways of one store. */
export type Store = Writer & Reader
