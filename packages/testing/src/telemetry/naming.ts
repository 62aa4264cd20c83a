// Telemetry stage: ids that are the same in every run. Traces are numbered in the order in which they began, and spans within their trace.
import type { SpanRecord, StartedSpan } from '@proprio/store'

export interface Names {
  /** `trace#1/span#3`; an id that is not of this recording is `elsewhere`. */
  spanName(ids: { readonly traceId: string; readonly spanId: string }): string
  /** `trace#1`. */
  traceName(traceId: string): string
}

/** `spans` in the order in which they began. */
export function namesOf(spans: readonly (SpanRecord | StartedSpan)[]): Names {
  const traces = new Map<string, Map<string, number>>()
  for (const { traceId, spanId } of spans) {
    const known = traces.get(traceId) ?? new Map<string, number>()
    traces.set(traceId, known.set(spanId, known.size + 1))
  }
  const numbers = new Map(Array.from(traces.keys(), (traceId, index) => [traceId, index + 1]))
  const traceName = (traceId: string): string => {
    const number = numbers.get(traceId)
    return number === undefined ? 'elsewhere' : `trace#${number}`
  }
  return {
    traceName,
    spanName({ traceId, spanId }) {
      const number = traces.get(traceId)?.get(spanId)
      return number === undefined ? traceName(traceId) : `${traceName(traceId)}/span#${number}`
    },
  }
}
