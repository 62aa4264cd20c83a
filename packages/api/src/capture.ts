// Without a catalogue: a block, a past operation, or an occurrence of an ad-hoc type, from anywhere.
import { SpanKind } from '@opentelemetry/api'
import { gateOf } from './bind/gate.ts'
import { Scope } from './bind/scope.ts'
import { count, slot } from './bind/slot.ts'
import { durationBuckets } from './catalogue/mapping.ts'
import type { InstrumentModel } from './catalogue/model.ts'
import { openPlan, overflow } from './emit/attributes.ts'
import { readThrown } from './emit/exception.ts'
import type { Execution } from './emit/execution.ts'
import { type OccurrencePlan, tell } from './emit/occurrence.ts'
import { run, tellPast } from './emit/emission.ts'
import { beginning, errorTypeBound, type OperationPlan } from './emit/operation-plan.ts'
import type { EmitOptions } from './emit/options.ts'
import { type Level, levelOr } from './levels.ts'
import { cleanText, read } from './value/sanitise.ts'

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

/** Ad-hoc types in one process; further ones are of type `_OTHER`. */
const typesAtMost = 1000

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
export function capture(event: CapturedEvent, options?: EmitOptions): void
export function capture<R>(event: CapturedEvent, second?: EmitOptions | ((op: Execution<object>) => R)): R | void {
  const captured = readEvent(event)
  const level = captured.level
  if (typeof second === 'function')
    return run(
      emission(captured),
      captured.attributes,
      level ? { level } : undefined,
      second as (op: Execution<never>) => R,
    )
  const options: EmitOptions = { ...(level && { level }), ...second }
  if (captured.durationMs === undefined) tell(occurrence(captured), captured.attributes, options)
  else tellPast(emission(captured), captured.attributes, { ...options, durationMs: captured.durationMs })
}

/** Captures any thrown value, with its causes: an occurrence of level error. */
export function captureException(error: unknown, event: CapturedException = {}): void {
  const layer = read(event, 'layer')
  const type = typeof layer === 'string' && layer !== '' ? `${layer}.exception` : 'exception'
  const thrown = error ?? 'nothing was thrown'
  const message = read(event, 'message')
  const captured = readEvent({
    type,
    ...event,
    message: typeof message === 'string' ? message : readThrown(thrown).message,
  })
  tell(occurrence(captured), captured.attributes, { level: levelOr(captured.level, 'error'), error: thrown })
}

interface Captured {
  readonly type: string
  readonly layer: string
  readonly level: Level | undefined
  readonly message: string
  readonly durationMs: number | undefined
  readonly attributes: unknown
}

function readEvent(event: CapturedEvent): Captured {
  const type = boundedType(read(event, 'type'))
  const layer = read(event, 'layer')
  const level = read(event, 'level')
  const message = read(event, 'message')
  const durationMs = read(event, 'durationMs')
  return {
    type,
    layer: typeof layer === 'string' && layer !== '' ? cleanText(layer) : (type.split('.')[0] ?? type),
    level: level === undefined ? undefined : levelOr(level, 'info'),
    message: typeof message === 'string' ? cleanText(message) : type,
    durationMs: typeof durationMs === 'number' ? durationMs : undefined,
    attributes: read(event, 'attributes'),
  }
}

function boundedType(given: unknown): string {
  const type = typeof given === 'string' && given !== '' ? given.slice(0, 255).toWellFormed() : 'unknown'
  const { adHocTypes } = slot
  if (adHocTypes.has(type)) return type
  if (adHocTypes.size >= typesAtMost) {
    count('type_overflow')
    return overflow
  }
  adHocTypes.add(type)
  return type
}

const plans = new Map<string, OperationPlan>()

function emission({ type, layer }: Captured): { plan: OperationPlan; gate: ReturnType<typeof gateOf> } {
  const key = `${layer} ${type}`
  const known = plans.get(key)
  if (known) return { plan: known, gate: gateOf(layer) }
  const begin = beginning({ type, layer }, scope)
  const plan: OperationPlan = {
    scope,
    type,
    layer,
    name: type,
    level: 'error',
    kind: SpanKind.INTERNAL,
    announce: false,
    attributes: openPlan,
    errorTypes: errorTypeBound(type),
    begin(context) {
      const collected = begin(context)
      collected.dimensions['proprio.type'] = type
      return collected
    },
    spanName: () => type,
    histogram: () => scope.instrument('histogram', durations),
    measure() {},
  }
  if (plans.size < typesAtMost) plans.set(key, plan)
  return { plan, gate: gateOf(layer) }
}

function occurrence({ type, layer, message }: Captured): OccurrencePlan {
  const begin = beginning({ type, layer }, scope)
  return {
    scope,
    gate: gateOf(layer),
    name: type,
    level: 'info',
    onSpan: true,
    attributes: openPlan,
    begin(context) {
      const collected = begin(context)
      collected.dimensions['proprio.type'] = type
      return collected
    },
    message: () => message,
    counter: () => scope.instrument('counter', counts),
  }
}
