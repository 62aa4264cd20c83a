// Target stage: the kinds of telemetry that can be meant, and how an emitter of a catalogue is told in each.
import type { FrameworkEvent, LogRecord, SpanRecord } from '@proprio/store'
import type { DescribedEmitter } from '@proprio/api/runtime'
import type { TestEvent } from '../telemetry/event.ts'
import type { MetricSeries } from '../telemetry/series.ts'

type EmitterKind = DescribedEmitter['eventType']['kind']

export interface Kind<Entry> {
  readonly noun: string
  /** Emitters of which it can be meant. */
  readonly emitters: readonly EmitterKind[]
  nameOf(entry: Entry): string
  /** Whether the emitter made it. */
  isOf(entry: Entry, emitter: DescribedEmitter): boolean
}

export const spanKind: Kind<SpanRecord> = {
  noun: 'span',
  emitters: ['operation'],
  nameOf: ({ name }) => name,
  isOf: ({ scope, attributes }, { catalogue, eventType }) =>
    scope.name === catalogue && attributes['proprio.type'] === eventType.type,
}

export const eventKind: Kind<TestEvent> = {
  noun: 'event',
  emitters: ['occurrence'],
  nameOf: ({ name }) => name,
  isOf: ({ scope, name }, { catalogue, eventType }) => scope.name === catalogue && name === eventType.name,
}

export const logKind: Kind<LogRecord> = {
  noun: 'log record',
  emitters: ['occurrence'],
  nameOf: ({ body }) => (typeof body === 'string' ? body : ''),
  isOf: ({ scope, eventName }, { catalogue, eventType }) => scope.name === catalogue && eventName === eventType.name,
}

/** Of an operation its duration, of an occurrence its count. */
export const metricKind: Kind<MetricSeries> = {
  noun: 'metric',
  emitters: ['operation', 'occurrence', 'counter', 'upDownCounter', 'gauge', 'histogram'],
  nameOf: ({ name }) => name,
  isOf: ({ scope, name }, { catalogue, eventType }) => scope.name === catalogue && name === eventType.metrics[0]?.name,
}

/** Framework events of operations; by name means by type. An emitter means its spans. */
export const operationKind: Kind<FrameworkEvent> = {
  noun: 'operation',
  emitters: [],
  nameOf: ({ type }) => type,
  isOf: () => false,
}
