// A second witness: everything that the process records, counted by processors that know of no test; and which test has answered for it.
import { register } from '@proprio/sdk'
import type { TestTelemetry } from '@proprio/testing'

export interface Totals {
  readonly tests: number
  readonly spans: number
  readonly events: number
  readonly measurements: number
  /** Records that a test has seen and that are another's. */
  readonly foreign: number
  /** Records of the process that no test has seen. */
  readonly lost: number
  /** Records that no test was told to have caused. */
  readonly unclaimed: number
}

const whole = { spans: new Set<string>(), events: 0, measurements: 0 }
const done = { forceFlush: () => Promise.resolve(), shutdown: () => Promise.resolve() }

register({
  processors: {
    spans: [{ onStart: () => undefined, onEnd: (span) => void whole.spans.add(span.spanContext().spanId), ...done }],
    logs: [{ onEmit: () => void whole.events++, ...done }],
    measurements: [{ onMeasurement: () => void whole.measurements++ }],
  },
})

const owners = new Map<string, string>()
const seen = { tests: 0, events: 0, measurements: 0, foreign: 0 }

/** Has a test answer for what it has seen. Answers with what of it is another's. */
export function answerFor(of: string, telemetry: TestTelemetry): readonly string[] {
  const spans = telemetry.spans()
  const logs = telemetry.logs()
  const strangers = [
    ...spans.filter(({ spanId, attributes }) => owners.has(spanId) || ownerOf(attributes, of) !== of),
    ...logs.filter(({ attributes }) => ownerOf(attributes, of) !== of),
  ].map((record) => `${'name' in record ? record.name : record.eventName} of ${ownerOf(record.attributes, of)}`)
  for (const { spanId } of spans) owners.set(spanId, of)
  seen.tests++
  seen.events += logs.length
  seen.measurements += telemetry.metrics().reduce((sum, { count = 0 }) => sum + count, 0)
  seen.foreign += strangers.length
  return strangers
}

// Our own records say it in their context; spans of HTTP by the path that was asked for.
function ownerOf(attributes: Readonly<Record<string, unknown>>, otherwise: string): unknown {
  const path = attributes['url.path'] ?? new URL(String(attributes['url.full'] ?? 'none:')).pathname
  return attributes['stress.of'] ?? (path === '' ? otherwise : String(path).slice(1))
}

/** At the end of a process. */
export function totals(unclaimed: TestTelemetry): Totals {
  const lostSpans = [...whole.spans].filter((spanId) => !owners.has(spanId)).length
  return {
    tests: seen.tests,
    spans: whole.spans.size,
    events: whole.events,
    measurements: whole.measurements,
    foreign: seen.foreign,
    lost: lostSpans + Math.abs(whole.events - seen.events) + Math.abs(whole.measurements - seen.measurements),
    unclaimed:
      unclaimed.spans().length +
      unclaimed.logs().length +
      unclaimed.metrics().reduce((sum, { count = 0 }) => sum + count, 0),
  }
}
