// The stages that every span and log record passes, in order: context, limits, redaction, bridge, store, and the deliveries. One processor a signal, guarded:
// what a stage throws would otherwise escape from the host's own `span.end()`.
import { type Context, context as contextApi } from '@opentelemetry/api'
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs'
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace'
import type { EventsMode } from '../config/index.ts'
import { bridgeToSpan } from './bridge.ts'
import { addContext } from './context.ts'
import type { Redactor } from './redact.ts'
import type { SlowMarker } from './slow.ts'
import type { Stored } from './stored.ts'

type SdkLogRecord = Parameters<LogRecordProcessor['onEmit']>[0]

export type StageName = 'context' | 'slow' | 'redaction' | 'bridge' | 'store' | 'delivery'

export interface RecordStages {
  readonly redactor: Redactor | undefined
  readonly slow?: SlowMarker
  readonly stored: Stored | undefined
  readonly events: EventsMode
  /** Told of what a stage threw. */
  failed(stage: StageName, error: unknown): void
}

/** `targets` may grow. */
export function spanProcessor(stages: RecordStages, targets: readonly SpanProcessor[]): SpanProcessor {
  const { redactor, slow, stored } = stages
  const guarded = guard(stages)
  return {
    onStart(span, parent) {
      guarded('context', addContext, span, parent)
      if (stored) guarded('store', stored.started, span)
      for (const target of targets) guarded('delivery', begin, target, span, parent)
    },
    onEnding(span) {
      if (slow) guarded('slow', slow.ending, span)
      for (const target of targets) if (target.onEnding !== undefined) guarded('delivery', complete, target, span)
      if (redactor) guarded('redaction', redactor.ending, span)
    },
    onEnd(span) {
      if (stored) guarded('store', stored.ended, span)
      for (const target of targets) guarded('delivery', end, target, span)
    },
    ...together(targets),
  }
}

/** `targets` may grow. */
export function logProcessor(stages: RecordStages, targets: readonly LogRecordProcessor[]): LogRecordProcessor {
  const { redactor, stored, events } = stages
  const guarded = guard(stages)
  return {
    onEmit(record, context = contextApi.active()) {
      guarded('context', addContext, record, context)
      if (redactor) guarded('redaction', redactor.log, record)
      const bridged = events !== 'log' && guarded('bridge', bridgeToSpan, record, context) === true
      if (stored) guarded('store', stored.log, record)
      if (bridged && events === 'span') return
      for (const target of targets) guarded('delivery', emit, target, record, context)
    },
    ...together(targets),
  }
}

type Ended = Pick<SpanProcessor, 'forceFlush' | 'shutdown'>

const together = (parts: readonly Ended[]): Ended => ({
  forceFlush: async () => void (await Promise.allSettled(parts.map((part) => part.forceFlush()))),
  shutdown: async () => void (await Promise.allSettled(parts.map((part) => part.shutdown()))),
})

const begin = (target: SpanProcessor, span: Span, parent: Context): void => target.onStart(span, parent)
const complete = (target: SpanProcessor, span: Span): void => target.onEnding?.(span)
const end = (target: SpanProcessor, span: ReadableSpan): void => target.onEnd(span)
const emit = (target: LogRecordProcessor, record: SdkLogRecord, context: Context): void =>
  target.onEmit(record, context)

// With arguments and not with closures or lists of them: this runs seven times for each span.
function guard({ failed }: RecordStages) {
  return <One, Two, Three, Result>(
    stage: StageName,
    run: (one: One, two: Two, three: Three) => Result,
    one: One,
    two?: Two,
    three?: Three,
  ): Result | undefined => {
    try {
      return run(one, two as Two, three as Three)
    } catch (error) {
      failed(stage, error)
      return undefined
    }
  }
}
