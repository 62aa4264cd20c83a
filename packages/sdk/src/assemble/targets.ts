// Who is told of what is recorded: the deliveries, and processors of the application's own, of which a later register() may bring more.
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs'
import type { SpanProcessor } from '@opentelemetry/sdk-trace'
import type { MeasurementProcessor, ProcessorOptions, ProcessorsConfig } from '../config/index.ts'

export interface Targets {
  readonly spans: SpanProcessor[]
  readonly logs: LogRecordProcessor[]
  readonly measurements: MeasurementProcessor[]
  /** Those of the application, to be flushed and stopped. */
  readonly own: Pick<SpanProcessor, 'forceFlush' | 'shutdown'>[]
}

type Delivering<Processor> = readonly { readonly processor: Processor }[]

export function targetsOf(
  deliveries: { readonly spans: Delivering<SpanProcessor>; readonly logs: Delivering<LogRecordProcessor> },
  own: ProcessorsConfig,
): Targets {
  const targets: Targets = {
    spans: deliveries.spans.map(({ processor }) => processor),
    logs: deliveries.logs.map(({ processor }) => processor),
    measurements: [],
    own: [],
  }
  join(targets, own)
  return targets
}

export function join(targets: Targets, { spans = [], logs = [], measurements = [] }: ProcessorOptions): void {
  targets.spans.push(...spans)
  targets.logs.push(...logs)
  targets.measurements.push(...measurements)
  targets.own.push(...spans, ...logs)
}
