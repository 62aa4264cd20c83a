// Recorder stage: the one set-up of a process. It is register() itself, so that what a test sees is what production would send: with context, limits,
// redaction and the bridge. Code under test that calls register() too gets the same handle.
import { context, trace } from '@opentelemetry/api'
import { register } from '@proprio/sdk'
import { logRecord, type SpanRecord, spanRecord, startedSpan } from '@proprio/store'
import { Claims, claimedBy } from './claims.ts'
import type { Recording } from './recording.ts'

type Processors = NonNullable<NonNullable<Parameters<typeof register>[0]>['processors']>
type SpanProcessor = NonNullable<Processors['spans']>[number]
type LogProcessor = NonNullable<Processors['logs']>[number]

const done = { forceFlush: () => Promise.resolve(), shutdown: () => Promise.resolve() }

let claims: Claims | undefined

/** Installs the recorder of this process, once. */
export function install(): Claims {
  if (claims) return claims
  const made = new Claims()
  const owners = new WeakMap<object, Recording>()
  const spans: SpanProcessor = {
    onStart(span, parent) {
      const owner = made.of(parent, span.spanContext().traceId)
      owners.set(span, owner)
      owner.started(startedSpan(span))
    },
    onEnd(span) {
      const record: SpanRecord = spanRecord(span)
      const owner = owners.get(span) ?? made.unclaimed
      owner.ended(record)
    },
    ...done,
  }
  const logs: LogProcessor = {
    onEmit(record, active = context.active()) {
      made.of(active, record.spanContext?.traceId ?? trace.getSpanContext(active)?.traceId).log(logRecord(record))
    },
    ...done,
  }
  register({ service: 'test', processors: { spans: [spans], logs: [logs] }, otlp: false, signals: false })
  claims = made
  return made
}

/** Runs `fn` so that everything that it causes is of that recording. */
export function recordIn<Result>(recording: Recording, fn: () => Result): Result {
  return context.with(claimedBy(recording, context.active()), fn)
}
