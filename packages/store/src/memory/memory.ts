// Memory stage, its door: the store that every process has. Writing keeps the record by reference, reads what it is
// counted by, and makes nothing else; the framework event is made when a query shows it.
import { EvictionAccount } from '../read/eviction.ts'
import { createFeed } from '../read/feed.ts'
import { readerOver } from '../read/read.ts'
import { Tally } from '../read/stats.ts'
import type { LogRecord, SpanRecord } from '../record/record.ts'
import type { EvictionReason, Store } from '../reader.ts'
import { createInFlight } from '../running/in-flight.ts'
import { logEntry, spanEntry } from './entry.ts'
import type { MemoryEntry } from './entry.ts'
import { Lanes } from './lanes.ts'
import { resolveMemoryOptions } from './options.ts'
import type { MemoryOptions } from './options.ts'
import { scanLanes } from './scan.ts'
import { Scales } from './weigh.ts'

/** A store in memory; `bytes` is what its records weigh now, as estimated. */
export interface MemoryStore extends Store {
  readonly bytes: number
}

/**
 * A bounded store in memory. What is written can be read at once. Throws a coded error for a wrong option.
 *
 * @example const store = memoryStore({ maxEvents: 50_000 })
 */
export function memoryStore(options: MemoryOptions = {}): MemoryStore {
  const limits = resolveMemoryOptions(options)
  const scales = new Scales(limits.maxBytes)
  const inFlight = createInFlight({ most: limits.maxRunning, now: limits.now })
  const feed = createFeed()
  const account = new EvictionAccount()
  const tally = new Tally()
  const lanes = new Lanes(limits, forget)
  let lastId = 0
  let closed = false

  function keep(entry: MemoryEntry): void {
    if (entry.bytes > limits.maxBytes) return account.count('oversized')
    // Counted before it is added, for adding may evict it at once.
    if (entry.lane !== 'parts') tally.count(entry.event, 1)
    lanes.add(entry)
    if (entry.lane !== 'parts') feed.publish(entry)
  }

  function forget(entry: MemoryEntry, reason: EvictionReason): void {
    if (entry.lane !== 'parts') tally.count(entry.event, -1)
    if (reason === 'cleared') account.count(reason)
    else account.countStored(reason, entry.event)
  }

  function keepSpan(record: SpanRecord): void {
    inFlight.ended(record)
    keep(spanEntry(++lastId, record, scales))
  }

  function keepLog(record: LogRecord): void {
    keep(logEntry(++lastId, record, scales))
  }

  /** Whatever a record does when it is read, the host does not notice. */
  function guarded<Record>(write: (record: Record) => void, record: Record): void {
    try {
      if (closed) account.count('closed')
      else write(record)
    } catch {
      account.count('invalid')
    }
  }

  const reader = readerOver(
    {
      scan: (scan) => scanLanes(lanes, scan),
      subscribe: feed.subscribe,
      evicted: () => account.latest(),
      running: inFlight.running,
      stats: () => tally.stats(account.evicted()),
    },
    limits.now,
  )

  return {
    ...reader,
    started: (span) => guarded(inFlight.started, span),
    span: (record) => guarded(keepSpan, record),
    log: (record) => guarded(keepLog, record),
    flush: async () => {},
    clear: async () => lanes.clear(),
    close: async () => {
      closed = true
      feed.close()
    },
    get bytes() {
      return lanes.bytes
    },
  }
}
