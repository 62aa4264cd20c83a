// Recorder stage: the times of what knows nothing of a test's clock. Our own emitters ask it; OpenTelemetry's spans and log records have the process's.
import type { Instant, LogRecord, SpanRecord } from '@proprio/store'
import type { TestClock } from './virtual-clock.ts'

const isOurs = ({ attributes }: Pick<SpanRecord, 'attributes'>): boolean => attributes['proprio.type'] !== undefined

export function retimedSpan(span: SpanRecord, startedAt: number, clock: TestClock): SpanRecord {
  return isOurs(span) ? span : Object.create(span, { start: fixed(startedAt), end: fixed(clock.now()) })
}

export function retimedLog(log: LogRecord, clock: TestClock): LogRecord {
  return isOurs(log) ? log : Object.create(log, { time: fixed(clock.now()) })
}

const fixed = (unixMs: number): PropertyDescriptor => ({ value: instantOf(unixMs), enumerable: true })

function instantOf(unixMs: number): Instant {
  const seconds = Math.trunc(unixMs / 1000)
  return [seconds, Math.round((unixMs - seconds * 1000) * 1e6)]
}
