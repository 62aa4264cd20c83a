// Losses are told once when they begin, at most every minute while they go on, and once with the total when they have
// ended. Counters carry the rest: a log line a record would make a full queue worse.
import type { DropReason } from './reasons.ts'
import type { Signal } from './signal.ts'

const everyMs = 60_000
/** Losses are over when records have been delivered and none was lost for this long. */
const quietMs = 5_000

export interface LossReportOptions {
  readonly signal: Signal
  readonly name: string
  now(): number
  warn(message: string): void
}

export interface LossReport {
  lost(why: DropReason | 'rejected', records: number, cause?: string): void
  delivered(): void
  /** Tells what has not been told. */
  close(): void
}

/** Turns counted losses into few warnings. */
export function lossReport({ signal, name, now, warn }: LossReportOptions): LossReport {
  let counts = new Map<string, number>()
  let total = 0
  let untold = 0
  let lastLoss = 0
  let lastWarning = 0
  const say = (message: string): void => {
    untold = 0
    try {
      warn(`${signal}: ${message} (${name})`)
    } catch {
      // It is called from within the host's calls; a logger that throws must not throw there.
    }
  }
  const byReason = (): string => [...counts].map(([why, count]) => `${why} ${count}`).join(', ')
  const end = (message: string): void => {
    say(`${message} ${total} lost in all: ${byReason()}`)
    counts = new Map()
    total = 0
  }
  return {
    lost(why, records, cause) {
      lastLoss = now()
      counts.set(why, (counts.get(why) ?? 0) + records)
      total += records
      untold += records
      if (total > records && lastLoss - lastWarning < everyMs) return
      lastWarning = lastLoss
      const detail = cause === undefined || cause === '' ? '' : `, ${cause.slice(0, 300)}`
      say(total > records ? `still losing records: ${byReason()}${detail}` : `losing records: ${byReason()}${detail}`)
    },
    delivered() {
      if (total > 0 && now() - lastLoss >= quietMs) end('delivering again,')
    },
    close() {
      if (untold > 0) end('closing,')
    },
  }
}
