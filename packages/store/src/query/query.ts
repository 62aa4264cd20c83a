// Query stage: every question people ask, put to any Reader. It is what `telemetry.query` is.
import type { StoredEvent } from '../event/framework-event.ts'
import type { EventPredicate, Filter, FilterFields } from '../filter/filter.ts'
import type {
  Aggregate,
  AggregateOptions,
  Followed,
  FollowOptions,
  Page,
  PageOptions,
  Reader,
  Running,
  Stats,
} from '../reader.ts'
import type { LogRecord, SpanRecord } from '../record/record.ts'
import { trace } from './trace.ts'
import type { Trace } from './trace.ts'

/** A filter and a page in one object: `{ layer: 'llm', limit: 20 }`. */
export interface Question extends FilterFields, PageOptions {}

export interface Query {
  events(question?: Question | EventPredicate, page?: PageOptions): Promise<Page<StoredEvent>>
  /** Level error and critical, unless the question has a level of its own. */
  errors(question?: Question): Promise<Page<StoredEvent>>
  /** Level warn. */
  warnings(question?: Question): Promise<Page<StoredEvent>>
  /** Operations that crossed their limit, or, with `durationMs`, those that took so long. */
  slowOperations(question?: Question): Promise<Page<StoredEvent>>
  spans(question?: Question | EventPredicate, page?: PageOptions): Promise<Page<SpanRecord>>
  logs(question?: Question | EventPredicate, page?: PageOptions): Promise<Page<LogRecord>>
  /** One trace as a tree; undefined when nothing of it is stored. */
  trace(traceId: string): Promise<Trace | undefined>
  running(): Promise<Running>
  stats(): Promise<Stats>
  aggregate(options?: AggregateOptions): Promise<Aggregate>
  follow(filter?: Filter, options?: FollowOptions): AsyncIterableIterator<Followed>
}

/** The questions of `reader`. Any store will do, a user's own too. */
export function query(reader: Reader): Query {
  const events = async (question?: Question | EventPredicate, page?: PageOptions) =>
    reader.events(...split(question, page))
  return {
    events,
    errors: async (question) => events({ level: { atLeast: 'error' }, ...question }),
    warnings: async (question) => events({ level: 'warn', ...question }),
    slowOperations: async (question) =>
      events(question?.durationMs === undefined ? { slow: true, ...question } : question),
    spans: async (question, page) => reader.spans(...split(question, page)),
    logs: async (question, page) => reader.logs(...split(question, page)),
    trace: (traceId) => trace(reader, traceId),
    running: () => reader.running(),
    stats: () => reader.stats(),
    aggregate: (options) => reader.aggregate(options),
    follow: (filter, options) => reader.follow(filter, options),
  }
}

// From JavaScript a question may be null, and is then about everything.
function split(question: Question | EventPredicate | undefined, page: PageOptions | undefined): [Filter, PageOptions] {
  if (typeof question === 'function') return [question, page ?? {}]
  const { limit, cursor, order, ...filter } = question ?? {}
  return [filter, { ...definedOnly({ limit, cursor, order }), ...page }]
}

function definedOnly(page: { [Option in keyof PageOptions]: PageOptions[Option] | undefined }): PageOptions {
  return Object.fromEntries(Object.entries(page).filter(([, value]) => value !== undefined))
}
