// Running stage: the operations in flight. A span is remembered when it starts and forgotten when it ends; what it is
// gets worked out only when somebody asks.
import { eventAttributes } from '../classification/bookkeeping.ts'
import { spanType } from '../classification/span-event.ts'
import { milliseconds } from '../record/instant.ts'
import type { StartedSpan } from '../record/record.ts'
import type { Running, RunningOperation } from '../reader.ts'

export interface InFlight {
  started(span: StartedSpan): void
  ended(span: Pick<StartedSpan, 'spanId'>): void
  running(): Running
}

/** Remembers at most `most` spans; those that start while it is full are counted, and are never in the answer. */
export function createInFlight({ most, now }: { most: number; now: () => number }): InFlight {
  const spans = new Map<string, StartedSpan>()
  let untracked = 0
  return {
    started(span) {
      if (spans.size < most) spans.set(span.spanId, span)
      else untracked++
    },
    ended: ({ spanId }) => void spans.delete(spanId),
    running: () => ({ rows: Array.from(spans.values()).flatMap((span) => readable(span, now())), untracked }),
  }
}

/** A span that cannot be read is left out alone. */
function readable(span: StartedSpan, now: number): readonly RunningOperation[] {
  try {
    return [operationOf(span, now)]
  } catch {
    return []
  }
}

function operationOf(span: StartedSpan, now: number): RunningOperation {
  const start = milliseconds(span.start)
  const { name, traceId, spanId, parentSpanId } = span
  return {
    ...spanType(span),
    name,
    start,
    ageMs: Math.max(0, now - start),
    attributes: eventAttributes(span.attributes),
    traceId,
    spanId,
    ...(parentSpanId !== undefined && { parentSpanId }),
  }
}
