// Without a catalogue: a block, a past operation, or an occurrence of an ad-hoc type, from anywhere.
import { SpanKind } from '@opentelemetry/api'
import { gateOf } from './bind/gate.ts'
import { Scope } from './bind/scope.ts'
import { durationBuckets } from './catalogue/mapping.ts'
import type { InstrumentModel } from './catalogue/model.ts'
import type { AttributePlan } from './emit/attributes.ts'
import { errorTypeBound } from './emit/bound.ts'
import { type Captured, minimumOf, nonEmpty, readEvent } from './emit/captured.ts'
import { readThrown } from './emit/exception.ts'
import { type Execution, inertExecution } from './emit/execution.ts'
import { type OccurrencePlan, tell } from './emit/occurrence.ts'
import { begin, isHeard, run } from './emit/emission.ts'
import { openAttributes } from './emit/open-attributes.ts'
import { beginning, durationHistogram, type OperationPlan } from './emit/operation-plan.ts'
import type { EmitOptions } from './emit/options.ts'
import type { Level } from './levels.ts'
import { copyOf, optional } from './value/read.ts'

export interface CapturedEvent {
  /** `shop.checkout`. The first word is the layer, unless `layer` says another. */
  readonly type: string
  readonly layer?: string
  readonly level?: Level
  /** Display message of an occurrence. Default: the type. */
  readonly message?: string
  /** With it, and without a function: an operation that ended now. Milliseconds. */
  readonly durationMs?: number
  /** Names on the wire, and any values. */
  readonly attributes?: object
}

export interface CapturedException {
  /** Default: `<layer>.exception`, or `exception`. */
  readonly type?: string
  readonly layer?: string
  readonly level?: Level
  /** What it means, in place of the error's own message. */
  readonly message?: string
  readonly attributes?: object
}

const scope = new Scope('@proprio/api', '1')
const durations: InstrumentModel = {
  name: 'proprio.capture.duration',
  instrument: 'histogram',
  unit: 's',
  summary: 'Duration of captured operations.',
  buckets: durationBuckets,
}
const counts: InstrumentModel = {
  name: 'proprio.capture.count',
  instrument: 'counter',
  unit: '{event}',
  summary: 'Captured occurrences.',
}

/**
 * Captures an event of an ad-hoc type: with a function, an operation around it; with `durationMs`, an operation that is over; else an occurrence.
 * The function's value, `this` and errors are untouched.
 */
export function capture<R>(event: CapturedEvent, fn: (op: Execution<object>) => R): R
export function capture<R>(event: CapturedEvent, options: EmitOptions, fn: (op: Execution<object>) => R): R
export function capture(event: CapturedEvent, options?: EmitOptions): void
export function capture(event: CapturedEvent, second?: EmitOptions | Body, third?: Body): unknown {
  const [fn, given] = typeof second === 'function' ? [second, undefined] : [third, second]
  if (!isHeard(minimumOf(event), scope)) return typeof fn === 'function' ? fn(inertExecution) : undefined
  const captured = readEvent(event)
  const options = withLevel(given, captured.level)
  if (typeof fn === 'function') return run(emission(captured), captured.attributes, options, fn)
  if (captured.durationMs === undefined) tell(occurrence(captured), captured.attributes, options)
  else begin(emission(captured), captured.attributes, options, captured.durationMs)?.end(captured.durationMs)
  return undefined
}

type Body = (op: Execution<object>) => unknown

function withLevel(options: EmitOptions | undefined, level: Level | undefined): EmitOptions | undefined {
  return level === undefined ? options : { level, ...copyOf(options) }
}

const untypedException = 'exception'

/** Captures any thrown value, with its causes: an occurrence of level error. */
export function captureException(error: unknown, event?: CapturedException, options?: EmitOptions): void {
  if (!isHeard(minimumOf(event, untypedException), scope)) return
  const thrown = readThrown(error)
  const layer = nonEmpty(optional(event, 'layer'))
  const captured = readEvent(event, {
    type: layer === undefined ? untypedException : `${layer}.${untypedException}`,
    message: thrown.message,
  })
  tell(occurrence(captured), captured.attributes, withLevel(options, captured.level ?? 'error'), thrown)
}

const openPlan: AttributePlan = {
  collect: (values, into) => void openAttributes(values, into.attributes),
}

/** Plans that are kept; a type may come with several layers. */
const plansAtMost = 1000
const plans = new Map<string, OperationPlan>()

function emission({ type, layer }: Captured): { plan: OperationPlan; gate: ReturnType<typeof gateOf> } {
  const key = `${layer} ${type}`
  const known = plans.get(key)
  if (known) return { plan: known, gate: gateOf(layer) }
  const plan: OperationPlan = {
    scope,
    type,
    layer,
    name: type,
    level: 'error',
    kind: SpanKind.INTERNAL,
    announce: false,
    slow: undefined,
    attributes: openPlan,
    errorTypes: errorTypeBound(type),
    begin: beginningOf(type, layer),
    spanName: () => type,
    histogram: durationHistogram(scope, durations),
    measure() {},
  }
  if (plans.size < plansAtMost) plans.set(key, plan)
  return { plan, gate: gateOf(layer) }
}

function occurrence({ type, layer, message }: Captured): OccurrencePlan {
  return {
    scope,
    gate: gateOf(layer),
    name: type,
    level: 'info',
    onSpan: true,
    attributes: openPlan,
    begin: beginningOf(type, layer),
    message: () => message,
    counter: () => scope.instrument('counter', counts),
  }
}

// One histogram and one counter serve all ad-hoc types, which are bounded: the type is their dimension.
function beginningOf(type: string, layer: string): OperationPlan['begin'] {
  const begin = beginning({ type, layer }, scope)
  return (context) => {
    const collected = begin(context)
    collected.dimensions['proprio.type'] = type
    return collected
  }
}
