// The emitters of measures: an instrument that is told, or one that asks when it is read.
import { type Attributes, context as active, type Observable, type ObservableResult } from '@opentelemetry/api'
import type { Scope } from '../bind/scope.ts'
import { count, type Gate, type Observer } from '../bind/slot.ts'
import { watchProviders } from '../bind/watch.ts'
import type { EventTypeModel } from '../catalogue/model.ts'
import type { MeasureKind } from '../define/event-type.ts'
import type { Later } from '../define/values.ts'
import { invalid } from '../value/invalid.ts'
import { type AttributePlan, type Collected, typedPlan } from './attributes.ts'
import { beginning } from './operation-plan.ts'

/** Reports one value, with dimensions, from inside an `observe` callback. */
export type Report<A> = (value: number, dimensions?: Later<A>) => void

interface Observed<A> {
  /** Asks for the value whenever metrics are read. Returned, or reported once for each set of dimensions. Dispose it to stop. */
  observe(callback: (report: Report<A>) => number | void | Promise<number | void>): Disposable
}
type Told<Verb extends string, A> = { readonly [V in Verb]: (value: number, dimensions?: Later<A>) => void }

export interface Measures<A> {
  counter: Told<'add', A> & Observed<A>
  upDownCounter: Told<'add', A> & Observed<A>
  gauge: Told<'set', A> & Observed<A>
  histogram: Told<'record', A>
}

interface MeasurePlan {
  readonly model: EventTypeModel
  readonly scope: Scope
  readonly gate: Gate
  readonly attributes: AttributePlan
}

export function measureEmitter<K extends MeasureKind>(
  kind: K,
  model: EventTypeModel,
  scope: Scope,
  gate: Gate,
): Measures<never>[K] {
  const plan: MeasurePlan = { model, scope, gate, attributes: typedPlan(model.attributes) }
  return emitters[kind](plan)
}

const emitters: { [K in MeasureKind]: (plan: MeasurePlan) => Measures<never>[K] } = {
  counter: (plan) => ({ add: told(plan, 'counter', 'add'), observe: observing(plan, 'createObservableCounter') }),
  upDownCounter: (plan) => ({
    add: told(plan, 'upDownCounter', 'add'),
    observe: observing(plan, 'createObservableUpDownCounter'),
  }),
  gauge: (plan) => ({ set: told(plan, 'gauge', 'record'), observe: observing(plan, 'createObservableGauge') }),
  histogram: (plan) => ({ record: told(plan, 'histogram', 'record') }),
}

function collect({ attributes, model, scope }: MeasurePlan, values: unknown): Collected['dimensions'] {
  const collected = beginning(model, scope)(active.active())
  attributes.collect(values, collected)
  return collected.dimensions
}

// A sum that has taken NaN once is NaN for ever.
function refuse({ model }: MeasurePlan): void {
  invalid()
  count(`attribute_invalid:${model.name}`)
}

function told<K extends MeasureKind>(plan: MeasurePlan, kind: K, verb: 'add' | 'record') {
  return (value: number, values?: object): void => {
    if (plan.gate.minimum === Infinity) return
    try {
      if (!plan.scope.bound().listening) return
      if (!Number.isFinite(value) || (kind === 'counter' && value < 0)) {
        refuse(plan)
        return
      }
      const instrument: { [V in 'add' | 'record']?: (value: number, attributes: Attributes) => void } =
        plan.scope.instrument(kind, plan.model.instrument)
      instrument[verb]?.(value, collect(plan, values))
    } catch {
      count('internal_error')
    }
  }
}

type Creator = 'createObservableCounter' | 'createObservableUpDownCounter' | 'createObservableGauge'

function observing(plan: MeasurePlan, create: Creator) {
  return (callback: (report: Report<never>) => number | void | Promise<number | void>): Disposable => {
    if (typeof callback !== 'function') {
      count('not_a_function')
      return { [Symbol.dispose]() {} }
    }
    let observed: Observable | undefined
    let generation = 0
    const ask = (result: ObservableResult): void | Promise<void> => {
      if (plan.gate.minimum === Infinity) return undefined
      const report = (value: number, values?: object): void => {
        if (Number.isFinite(value)) result.observe(value, collect(plan, values))
        else refuse(plan)
      }
      const reportNumber = (value: unknown): void => {
        if (typeof value === 'number') report(value)
      }
      try {
        const value = callback(report)
        if (value instanceof Promise) return value.then(reportNumber, () => count('internal_error'))
        reportNumber(value)
      } catch {
        count('internal_error')
      }
      return undefined
    }
    const observer: Observer = {
      rebind() {
        const bound = plan.scope.bound()
        if (generation === bound.generation) return
        generation = bound.generation
        observed?.removeCallback(ask)
        const { name, summary, unit } = plan.model.instrument
        observed = bound.meter[create](name, { description: summary, unit })
        observed.addCallback(ask)
      },
    }
    const stopWatching = watchProviders(observer)
    return {
      [Symbol.dispose]() {
        stopWatching()
        observed?.removeCallback(ask)
      },
    }
  }
}
