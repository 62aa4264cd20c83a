// For threads that code under test starts: `new Worker(file, { execArgv: ['--import', '@proprio/testing/worker'] })`, or for all of them the same in
// NODE_OPTIONS. Their spans, log records and measurements are then those of the test whose trace they carry on.
import { isMainThread } from 'node:worker_threads'
import { context, trace } from '@opentelemetry/api'
import { logRecord, type LogRecord, spanRecord, type SpanRecord, startedSpan, type StartedSpan } from '@proprio/store'
import { holdsNothing, registered } from './recorder/registered.ts'
import { runsTests, tellingThreads } from './recorder/threads.ts'

if (!isMainThread && !runsTests()) tellOfThisThread()

function tellOfThisThread(): void {
  const tell = tellingThreads()
  registered({
    spans: [
      {
        onStart: (span) => tell({ started: begun(startedSpan(span)), traceId: span.spanContext().traceId }),
        onEnd: (span) => tell({ ended: finished(spanRecord(span)), traceId: span.spanContext().traceId }),
        ...holdsNothing,
      },
    ],
    logs: [
      {
        onEmit(record, active = context.active()) {
          const log = said(logRecord(record))
          tell({ log, traceId: log.traceId ?? trace.getSpanContext(active)?.traceId })
        },
        ...holdsNothing,
      },
    ],
    measurements: [
      {
        onMeasurement: (instrument, value, attributes, active) =>
          tell({ measurement: { instrument, value, attributes }, traceId: trace.getSpanContext(active)?.traceId }),
      },
    ],
  })
}

// What is sent to another thread is copied, and of a class only its own fields.
function begun({
  traceId,
  spanId,
  parentSpanId,
  name,
  kind,
  start,
  attributes,
  scope,
  resource,
}: StartedSpan): StartedSpan {
  return { traceId, spanId, parentSpanId, name, kind, start, attributes, scope, resource }
}

function finished(span: SpanRecord): SpanRecord {
  const { traceState, end, status, events, links, sampled } = span
  return { ...begun(span), traceState, end, status, events, links, sampled }
}

function said({
  time,
  eventName,
  severityNumber,
  severityText,
  body,
  attributes,
  scope,
  resource,
  traceId,
  spanId,
}: LogRecord): LogRecord {
  return { time, eventName, severityNumber, severityText, body, attributes, scope, resource, traceId, spanId }
}
