// Measurements, as they are made: OpenTelemetry JS has processors for spans and log records and none for these, so the instruments that a provider makes
// tell of each measurement besides. Nothing of this is there until somebody asks for it.
import {
  type Attributes,
  type BatchObservableCallback,
  type Context,
  context as contextApi,
  type Meter,
  type MeterProvider,
  type Observable,
  type ObservableCallback,
} from '@opentelemetry/api'
import type { MeasurementProcessor, MeasuringInstrument } from '../config/index.ts'

/** `provider`, whose instruments tell `processors` too. What the host measures arrives as it would without. */
export function measuring(
  provider: MeterProvider,
  processors: readonly MeasurementProcessor[],
  failed: (error: unknown) => void,
): MeterProvider {
  const watched = new WeakSet<Meter>()
  const tell = (told: (processor: MeasurementProcessor) => void): void => {
    for (const processor of processors) {
      try {
        told(processor)
      } catch (error) {
        failed(error)
      }
    }
  }
  return {
    getMeter(name, version, options) {
      const meter = provider.getMeter(name, version, options)
      if (watched.has(meter)) return meter
      watched.add(meter)
      const schemaUrl = options?.schemaUrl
      watch(
        meter,
        { name, ...(version !== undefined && { version }), ...(schemaUrl !== undefined && { schemaUrl }) },
        tell,
      )
      return meter
    },
  }
}

type Tell = (told: (processor: MeasurementProcessor) => void) => void
type Scope = MeasuringInstrument['scope']

const direct = {
  createCounter: ['counter', 'add'],
  createUpDownCounter: ['upDownCounter', 'add'],
  createGauge: ['gauge', 'record'],
  createHistogram: ['histogram', 'record'],
} as const

const observed = {
  createObservableCounter: 'counter',
  createObservableUpDownCounter: 'upDownCounter',
  createObservableGauge: 'gauge',
} as const

function watch(meter: Meter, scope: Scope, tell: Tell): void {
  const described = new WeakMap<object, MeasuringInstrument>()
  const making = (method: keyof Meter, kind: MeasuringInstrument['kind'], observable: boolean, made: Made): void => {
    const create = meter[method] as (...args: unknown[]) => object
    Reflect.set(meter, method, (name: string, options?: { unit?: string; description?: string }) => {
      const instrument = create.call(meter, name, options)
      const { unit = '', description = '' } = options ?? {}
      const about = { name, kind, unit, description, observable, scope }
      described.set(instrument, about)
      made(instrument, about)
      return instrument
    })
  }
  for (const [method, [kind, verb]] of entries(direct))
    making(method, kind, false, (instrument, about) => watchMeasuring(instrument, verb, about, tell))
  for (const [method, kind] of entries(observed))
    making(method, kind, true, (instrument, about) => watchCallbacks(instrument as Observable, about, tell))
  watchBatches(meter, (observable) => described.get(observable), tell)
}

type Made = (instrument: object, about: MeasuringInstrument) => void

const entries = <Key extends string, Value>(of: Readonly<Record<Key, Value>>): [Key, Value][] =>
  Object.entries(of) as [Key, Value][]

function watchMeasuring(instrument: object, verb: 'add' | 'record', about: MeasuringInstrument, tell: Tell): void {
  const measure = Reflect.get(instrument, verb) as (value: number, attributes?: Attributes, context?: Context) => void
  Reflect.set(instrument, verb, (value: number, attributes: Attributes = {}, context = contextApi.active()) => {
    measure.call(instrument, value, attributes, context)
    tell((processor) => processor.onMeasurement(about, value, attributes, context))
  })
}

function watchCallbacks(instrument: Observable, about: MeasuringInstrument, tell: Tell): void {
  const { addCallback, removeCallback } = instrument
  instrument.addCallback = (callback) => {
    addCallback.call(instrument, callback)
    const context = contextApi.active()
    tell((processor) => processor.onCallback?.(about, callback, context))
  }
  instrument.removeCallback = (callback) => {
    removeCallback.call(instrument, callback)
    tell((processor) => processor.onCallbackRemoved?.(about, callback))
  }
}

// A batch's callback is told of as one for each of its instruments, with what it observes of the others left out.
function watchBatches(meter: Meter, about: (observable: object) => MeasuringInstrument | undefined, tell: Tell): void {
  const { addBatchObservableCallback, removeBatchObservableCallback } = meter
  const parts = new WeakMap<BatchObservableCallback, WeakMap<Observable, ObservableCallback>>()
  const partOf = (callback: BatchObservableCallback, observable: Observable): ObservableCallback => {
    const known = parts.get(callback) ?? new WeakMap<Observable, ObservableCallback>()
    parts.set(callback, known)
    const part: ObservableCallback = (result) =>
      callback({
        observe(metric, value, attributes) {
          if (metric === observable) result.observe(value, attributes)
        },
      })
    const made = known.get(observable) ?? part
    known.set(observable, made)
    return made
  }
  meter.addBatchObservableCallback = (callback, observables) => {
    addBatchObservableCallback.call(meter, callback, observables)
    const context = contextApi.active()
    for (const observable of observables) {
      const instrument = about(observable)
      if (instrument) tell((processor) => processor.onCallback?.(instrument, partOf(callback, observable), context))
    }
  }
  meter.removeBatchObservableCallback = (callback, observables) => {
    removeBatchObservableCallback.call(meter, callback, observables)
    for (const observable of observables) {
      const instrument = about(observable)
      if (instrument) tell((processor) => processor.onCallbackRemoved?.(instrument, partOf(callback, observable)))
    }
  }
}
