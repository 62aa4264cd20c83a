// The one table from event type to signals. Every stage reads it, and a new kind of event type does not compile until each stage answers for it.
import { SpanKind } from '@opentelemetry/api'
import type { EventKind, SpanKindName } from '../define/event-type.ts'

export type InstrumentKind = 'counter' | 'upDownCounter' | 'gauge' | 'histogram'

interface SignalRow {
  /** One span for each. */
  readonly span: boolean
  /** One log record for each, bridged to a span event. */
  readonly record: boolean
  /** The instrument, and what its name adds to the event type's. */
  readonly instrument: InstrumentKind
  readonly suffix: string
  /** The instrument's unit, where the definition does not say it. */
  readonly unit: string | undefined
  /** Records that belong to it and are no events of their own. */
  readonly parts: readonly ('exception' | 'started')[]
}

export const signals = {
  operation: {
    span: true,
    record: false,
    instrument: 'histogram',
    suffix: '.duration',
    unit: 's',
    parts: ['exception', 'started'],
  },
  occurrence: { span: false, record: true, instrument: 'counter', suffix: '.count', unit: '{event}', parts: [] },
  counter: { span: false, record: false, instrument: 'counter', suffix: '', unit: undefined, parts: [] },
  upDownCounter: { span: false, record: false, instrument: 'upDownCounter', suffix: '', unit: undefined, parts: [] },
  gauge: { span: false, record: false, instrument: 'gauge', suffix: '', unit: undefined, parts: [] },
  histogram: { span: false, record: false, instrument: 'histogram', suffix: '', unit: undefined, parts: [] },
} as const satisfies Record<EventKind, SignalRow>

export const spanKinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const satisfies Record<SpanKindName, SpanKind>

/** The HTTP convention's boundaries, continued to five minutes: an operation of a framework may be long. Seconds. */
export const durationBuckets: readonly number[] = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 120, 300,
]
