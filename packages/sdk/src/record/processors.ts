// The stages that every span and log record passes, in order: context, redaction, bridge, store, and the deliveries. One processor a signal, guarded:
// what a stage throws would otherwise escape from the host's own `span.end()`.
import { context as contextApi } from '@opentelemetry/api'
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs'
import type { SpanProcessor } from '@opentelemetry/sdk-trace'
import type { EventsMode } from '../config/index.ts'
import { bridgeToSpan } from './bridge.ts'
import { addContext } from './context.ts'
import type { Redactor } from './redact.ts'
import type { Stored } from './stored.ts'

export type StageName = 'context' | 'redaction' | 'bridge' | 'store' | 'delivery'

export interface RecordStages {
  readonly redactor: Redactor | undefined
  readonly stored: Stored | undefined
  readonly events: EventsMode
  /** Told of what a stage threw. */
  failed(stage: StageName, error: unknown): void
}

export function spanProcessor(stages: RecordStages, deliveries: readonly SpanProcessor[]): SpanProcessor {
  const { redactor, stored } = stages
  const guarded = guard(stages)
  return {
    onStart(span, parent) {
      guarded('context', () => addContext(span, parent))
      guarded('store', () => stored?.started(span))
      for (const delivery of deliveries) guarded('delivery', () => delivery.onStart(span, parent))
    },
    onEnding(span) {
      guarded('redaction', () => redactor?.ending(span))
    },
    onEnd(span) {
      guarded('store', () => stored?.ended(span))
      for (const delivery of deliveries) guarded('delivery', () => delivery.onEnd(span))
    },
    ...together(deliveries),
  }
}

export function logProcessor(stages: RecordStages, deliveries: readonly LogRecordProcessor[]): LogRecordProcessor {
  const { redactor, stored, events } = stages
  const guarded = guard(stages)
  return {
    onEmit(record, context = contextApi.active()) {
      guarded('context', () => addContext(record, context))
      guarded('redaction', () => redactor?.log(record))
      let bridged = false
      if (events !== 'log') guarded('bridge', () => (bridged = bridgeToSpan(record, context)))
      guarded('store', () => stored?.log(record))
      if (bridged && events === 'span') return
      for (const delivery of deliveries) guarded('delivery', () => delivery.onEmit(record, context))
    },
    ...together(deliveries),
  }
}

type Ended = Pick<SpanProcessor, 'forceFlush' | 'shutdown'>

const together = (parts: readonly Ended[]): Ended => ({
  forceFlush: async () => void (await Promise.allSettled(parts.map((part) => part.forceFlush()))),
  shutdown: async () => void (await Promise.allSettled(parts.map((part) => part.shutdown()))),
})

function guard({ failed }: RecordStages): (stage: StageName, run: () => void) => void {
  return (stage, run) => {
    try {
      run()
    } catch (error) {
      failed(stage, error)
    }
  }
}
