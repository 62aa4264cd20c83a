// Read stage, its door: a whole Reader over anything that can be scanned.
import { plainStoredEvent } from '../event/plain.ts'
import type { Reader } from '../reader.ts'
import type { LogRecord, SpanRecord } from '../record/record.ts'
import { aggregate } from './aggregate.ts'
import { follow } from './follow.ts'
import { readPage } from './page.ts'
import type { Source } from './source.ts'
import { scanStats } from './stats.ts'

/** Answers every question over `source`. `now` gives Unix milliseconds, by default the system's clock. */
export function readerOver(source: Source, now: () => number = Date.now): Reader {
  return {
    events: (filter, page) => readPage(source, 'events', filter, page, ({ event }) => plainStoredEvent(event)),
    spans: (filter, page) => readPage(source, 'spans', filter, page, ({ span }) => span as SpanRecord),
    logs: (filter, page) => readPage(source, 'logs', filter, page, ({ log }) => log as LogRecord),
    running: async () => source.running?.() ?? { rows: [], untracked: 0 },
    stats: async () => {
      await source.settled?.()
      return source.stats?.() ?? (await scanStats(source))
    },
    aggregate: (options) => aggregate(source, options, now),
    follow: (filter, options) => follow(source, filter, options),
  }
}
