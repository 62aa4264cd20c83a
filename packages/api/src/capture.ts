// Without a catalogue: a block, a past operation, or an occurrence of an ad-hoc type, from anywhere.
import { SpanKind } from '@opentelemetry/api'
import { gateOf } from './bind/gate.ts'
import { Scope } from './bind/scope.ts'
import { count, slot } from './bind/slot.ts'
import { durationBuckets } from './catalogue/mapping.ts'
import type { InstrumentModel } from './catalogue/model.ts'
import type { AttributePlan } from './emit/attributes.ts'
import { errorTypeBound, overflow } from './emit/bound.ts'
import { readThrown } from './emit/exception.ts'
import type { Execution } from './emit/execution.ts'
import { type OccurrencePlan, tell } from './emit/occurrence.ts'
import { begin, longestMs, run } from './emit/emission.ts'
import { openAttributes } from './emit/open-attributes.ts'
import { beginning, durationHistogram, type OperationPlan } from './emit/operation-plan.ts'
import type { EmitOptions } from './emit/options.ts'
import { type Level, levelOr } from './levels.ts'
import { copyOf, optional } from './value/read.ts'
import { cleanName, cleanText } from './value/text.ts'

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

/** Ad-hoc types in one process, and ad-hoc layers; further ones are `_OTHER`. */
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
export function capture<R>(event: CapturedEvent, options: EmitOptions, fn: (op: Execution<object>) => R): R
export function capture(event: CapturedEvent, options?: EmitOptions): void
export function capture(event: CapturedEvent, second?: EmitOptions | Body, third?: Body): unknown {
  const captured = readEvent(event)
  const [fn, given] = typeof second === 'function' ? [second, undefined] : [third, second]
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

/** Captures any thrown value, with its causes: an occurrence of level error. */
export function captureException(error: unknown, event?: CapturedException, options?: EmitOptions): void {
  const thrown = readThrown(error)
  const layer = optional(event, 'layer')
  const captured = readEvent(event, {
    type: typeof layer === 'string' && layer !== '' ? `${layer}.exception` : 'exception',
    message: thrown.message,
  })
  tell(occurrence(captured), captured.attributes, withLevel(options, captured.level ?? 'error'), thrown)
}

interface Captured {
  readonly type: string
  readonly layer: string
  readonly level: Level | undefined
  readonly message: string
  readonly durationMs: number | undefined
  readonly attributes: unknown
}

function readEvent(event: unknown, otherwise: { type?: string; message?: string } = {}): Captured {
  const type = bounded(slot.adHocTypes, nonEmpty(optional(event, 'type')) ?? otherwise.type ?? 'unknown')
  const layer = nonEmpty(optional(event, 'layer')) ?? type.split('.')[0] ?? type
  const message = nonEmpty(optional(event, 'message')) ?? otherwise.message ?? type
  const durationMs = optional(event, 'durationMs')
  return {
    type,
    layer: bounded(slot.adHocLayers, layer),
    level: levelOr(optional(event, 'level'), undefined),
    message: cleanText(message),
    durationMs: typeof durationMs === 'number' && durationMs >= 0 ? Math.min(durationMs, longestMs) : undefined,
    attributes: optional(event, 'attributes'),
  }
}

const nonEmpty = (text: unknown): string | undefined => (typeof text === 'string' && text !== '' ? text : undefined)

function bounded(known: Set<string>, given: string): string {
  const name = cleanName(given)
  if (known.has(name)) return name
  if (known.size >= typesAtMost) {
    count('type_overflow')
    return overflow
  }
  known.add(name)
  return name
}

const openPlan: AttributePlan = {
  collect: (values, into) => void openAttributes(values, into.attributes),
}

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
  if (plans.size < typesAtMost) plans.set(key, plan)
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
