// Occurrences become span events: each log record with an event name is added to its own span while that records, with its name, time and attributes.
import { type Attributes, type Context, trace } from '@opentelemetry/api'
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs'
import { isOffSpan } from '@proprio/api/runtime'

type LogRecord = Parameters<LogRecordProcessor['onEmit']>[0]

/** Adds the record to its span. Returns whether it did: not to a span of another trace, one that has ended, or by `onSpan: false`. */
export function bridgeToSpan({ eventName, spanContext, attributes, hrTime }: LogRecord, context: Context): boolean {
  if (!eventName || !spanContext || isOffSpan(context)) return false
  const span = trace.getSpan(context)
  if (!span?.isRecording() || span.spanContext().spanId !== spanContext.spanId) return false
  span.addEvent(eventName, { ...attributes } as Attributes, hrTime)
  return true
}
