// Recorder stage: the one set-up of a process. It is register() itself, so that what a test sees is what production would send: with context, limits,
// redaction and the bridge. Code under test that calls register() too, before or after, gets the same handle.
import { context, trace } from '@opentelemetry/api'
import type { Telemetry } from '@proprio/sdk'
import { logRecord, spanRecord, startedSpan } from '@proprio/store'
import { Claims, claimedBy, recordingOf } from './claims.ts'
import { followTestClocks } from './clock.ts'
import { Observables } from './observables.ts'
import { Recording } from './recording.ts'
import {
  holdsNothing,
  type LogProcessor,
  type MeasurementProcessor,
  registered,
  type SpanProcessor,
} from './registered.ts'
import { retimedLog, retimedSpan } from './retimed.ts'
import { hearThreads } from './threads.ts'

export interface Recorder {
  readonly claims: Claims
  /** Of the process. */
  readonly telemetry: Telemetry
  /** A recording for one test. */
  begin(): Recording
}

let recorder: Recorder | undefined

/** Installs the recorder of this process, once. */
export function install(): Recorder {
  if (recorder) return recorder
  const observables = new Observables()
  const claims = new Claims(observables)
  const processors = {
    spans: [spanProcessor(claims)],
    logs: [logProcessor(claims)],
    measurements: [measurementProcessor(claims, observables)],
  }
  recorder = { claims, telemetry: registered(processors), begin: () => new Recording(observables) }
  followTestClocks()
  hearThreads(claims)
  return recorder
}

/** What could be claimed for no test; undefined while nothing is recorded in this process. */
export const unclaimedRecording = (): Recording | undefined => recorder?.claims.unclaimed

function spanProcessor(claims: Claims): SpanProcessor {
  const owners = new WeakMap<object, { readonly recording: Recording; readonly at: number | undefined }>()
  return {
    onStart(span, parent) {
      const recording = claims.of(parent, span.spanContext().traceId)
      owners.set(span, { recording, at: recording.clock?.now() })
      recording.started(startedSpan(span))
    },
    onEnd(span) {
      const { recording = claims.unclaimed, at } = owners.get(span) ?? {}
      const record = spanRecord(span)
      recording.ended(recording.clock && at !== undefined ? retimedSpan(record, at, recording.clock) : record)
    },
    ...holdsNothing,
  }
}

function logProcessor(claims: Claims): LogProcessor {
  return {
    onEmit(record, active = context.active()) {
      const recording = claims.of(active, record.spanContext?.traceId ?? trace.getSpanContext(active)?.traceId)
      const log = logRecord(record)
      recording.log(recording.clock ? retimedLog(log, recording.clock) : log)
    },
    ...holdsNothing,
  }
}

function measurementProcessor(claims: Claims, observables: Observables): MeasurementProcessor {
  return {
    onMeasurement(instrument, value, attributes, active) {
      claims
        .of(active, trace.getSpanContext(active)?.traceId)
        .measurement({ instrument, value, attributes: { ...attributes } })
    },
    onCallback: (instrument, callback, active) => observables.added(instrument, callback, recordingOf(active)),
    onCallbackRemoved: (instrument, callback) => observables.removed(instrument, callback),
  }
}

const running = new Set<Recording>()

/** Runs `fn` so that everything that it causes is of that recording. */
export function recordIn<Result>(recording: Recording, fn: () => Result): Result {
  if (running.size > 0) for (const one of [recording, ...running]) one.hadCompany = true
  running.add(recording)
  const over = (): void => {
    running.delete(recording)
    recording.isOver = true
  }
  try {
    const result = context.with(claimedBy(recording, context.active()), fn)
    if (result instanceof Promise) return result.finally(over) as Result
    over()
    return result
  } catch (error) {
    over()
    throw error
  }
}
