// The SDK's processors: where records enter the export, and are counted. They run inside the host's calls, so they only
// look at the sampled flag and hand on; whatever goes wrong behind them is booked there.
import { TraceFlags } from '@opentelemetry/api'
import type { LogRecordProcessor, ReadableLogRecord } from '@opentelemetry/sdk-logs'
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace'
import type { Intake } from './drain.ts'

/** Spans: counted when they start; exported when they end sampled. */
export function spanProcessor(to: Intake<ReadableSpan>): SpanProcessor {
  const { hop, add } = to
  return {
    onStart() {
      hop.started += 1
    },
    onEnd(span) {
      hop.ended += 1
      if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) hop.unsampled += 1
      else add(span)
    },
    ...lifecycle(to),
  }
}

/** Log records: all of them, whatever became of the trace they belong to. */
export function logProcessor(to: Intake<ReadableLogRecord>): LogRecordProcessor {
  const { hop, add } = to
  return {
    onEmit(record) {
      hop.started += 1
      hop.ended += 1
      add(record)
    },
    ...lifecycle(to),
  }
}

function lifecycle(to: Intake<never>): { forceFlush(): Promise<void>; shutdown(): Promise<void> } {
  return {
    async forceFlush() {
      await to.flush()
    },
    async shutdown() {
      await to.shutdown()
    },
  }
}
