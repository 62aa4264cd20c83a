// One instrumentation scope, bound late and again: its tracer, meter, logger and instruments of whichever SDK is there.
import * as otel from '@opentelemetry/api'
import type { InstrumentKind } from '../catalogue/mapping.ts'
import type { InstrumentModel } from '../catalogue/model.ts'
import { levelOf } from '../levels.ts'
import { type EmittedRecord, type EmittingLogger, type Providers, providers } from './providers.ts'

type Instruments = {
  counter: otel.Counter
  upDownCounter: otel.UpDownCounter
  gauge: otel.Gauge
  histogram: otel.Histogram
}

export interface Bound {
  readonly generation: number
  /** False while nothing at all listens: emitters then do nothing. */
  readonly listening: boolean
  readonly tracer: otel.Tracer
  readonly meter: otel.Meter
  /** Undefined where there is no SDK for logs: records go to spans then. */
  readonly logger: EmittingLogger | undefined
}

const nothing: otel.TracerOptions = {}

export class Scope {
  readonly name: string
  readonly version: string
  readonly #options: { schemaUrl?: string }
  readonly #instruments = new Map<string, Instruments[InstrumentKind]>()
  #bound: Bound | undefined

  constructor(name: string, version: string, schemaUrl?: string) {
    this.name = name
    this.version = version
    this.#options = schemaUrl === undefined ? nothing : { schemaUrl }
  }

  bound(): Bound {
    const now = providers()
    return this.#bound?.generation === now.generation ? this.#bound : this.#bind(now)
  }

  #bind({ traces, metrics, logs, generation }: Providers): Bound {
    this.#instruments.clear()
    const tracer = traces.getTracer(this.name, this.version, this.#options)
    const meter = metrics.getMeter(this.name, this.version, this.#options)
    const logger = logs?.getLogger(this.name, this.version, this.#options)
    const logging =
      logger !== undefined && logger.enabled?.({ severityNumber: 21, context: otel.ROOT_CONTEXT }) !== false
    const tracing = traces !== noopTraces
    const measuring = meter !== otel.createNoopMeter()
    this.#bound = {
      generation,
      listening: tracing || measuring || logging,
      tracer,
      meter,
      logger: logging ? logger : undefined,
    }
    return this.#bound
  }

  instrument<K extends InstrumentKind>(kind: K, model: InstrumentModel): Instruments[K] {
    const { meter } = this.bound()
    const known = this.#instruments.get(model.name)
    if (known) return known as Instruments[K]
    const made = make[kind](meter, model)
    this.#instruments.set(model.name, made)
    return made
  }

  /** One log record; without an SDK for logs a span event on the active span, else a short span of its own. */
  emit(record: EmittedRecord): void {
    const { logger, tracer } = this.bound()
    if (logger) {
      logger.emit(record)
      return
    }
    const span = otel.trace.getSpan(record.context)
    const attributes = attributesOf(record)
    if (span?.isRecording()) span.addEvent(record.eventName, attributes, record.timestamp)
    else
      tracer
        .startSpan(record.eventName, { attributes, startTime: record.timestamp }, record.context)
        .end(record.timestamp)
  }
}

// A span has no place for a record's level and message: they are attributes there.
function attributesOf({ eventName, severityNumber, body, attributes }: EmittedRecord): otel.Attributes {
  const level = levelOf(severityNumber)
  return {
    ...attributes,
    ...(level !== 'info' && { 'proprio.level': level }),
    ...(body !== eventName && { 'proprio.message': body }),
  }
}

// An unregistered proxy delegates to the API's own provider that does nothing.
const noopTraces: otel.TracerProvider = new otel.ProxyTracerProvider().getDelegate()

const describe = ({ summary, unit, buckets }: InstrumentModel): otel.MetricOptions => ({
  description: summary,
  unit,
  ...(buckets && { advice: { explicitBucketBoundaries: [...buckets] } }),
})

const make: { [K in InstrumentKind]: (meter: otel.Meter, model: InstrumentModel) => Instruments[K] } = {
  counter: (meter, model) => meter.createCounter(model.name, describe(model)),
  upDownCounter: (meter, model) => meter.createUpDownCounter(model.name, describe(model)),
  gauge: (meter, model) => meter.createGauge(model.name, describe(model)),
  histogram: (meter, model) => meter.createHistogram(model.name, describe(model)),
}
