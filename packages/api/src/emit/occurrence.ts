// The emitter of an occurrence: one log record in the active context, and one counter.
import type { Attributes, Context, Counter } from '@opentelemetry/api'
import { type Gate, count, slot } from '../bind/slot.ts'
import type { Scope } from '../bind/scope.ts'
import type { EventTypeModel } from '../catalogue/model.ts'
import { offSpan } from '../context/frame.ts'
import type { Start } from '../define/values.ts'
import { fillTemplate } from '../define/template.ts'
import { type Level, levelOr, severityOf } from '../levels.ts'
import { optional } from '../value/read.ts'
import { cleanText } from '../value/text.ts'
import { type AttributePlan, type Collected, typedPlan } from './attributes.ts'
import { exceptionAttributes, readThrown, type Thrown } from './exception.ts'
import { beginning } from './operation-plan.ts'
import { contextFor, type EmitOptions, formatTraceparent, linksFor, timeOf } from './options.ts'

/** Emits one occurrence type. */
export type Occurrence<A> = (attributes: Start<A>, options?: EmitOptions) => void

export interface OccurrencePlan {
  readonly scope: Scope
  readonly gate: Gate
  readonly name: string
  readonly level: Level
  readonly onSpan: boolean
  readonly attributes: AttributePlan
  begin(context: Context): Collected
  message(attributes: Attributes): string
  counter(): Counter
}

export function occurrencePlan(model: EventTypeModel, scope: Scope, gate: Gate): OccurrencePlan {
  return {
    scope,
    gate,
    name: model.name,
    level: model.level,
    onSpan: model.onSpan,
    attributes: typedPlan(model.attributes),
    begin: beginning(model, scope),
    message: messageOf(model),
    counter: () => scope.instrument('counter', model.instrument),
  }
}

export function tell(plan: OccurrencePlan, values: unknown, options?: EmitOptions, thrown?: Thrown): void {
  if (plan.gate.minimum === Infinity) return
  try {
    const level = levelOr(optional(options, 'level'), plan.level)
    if (severityOf[level] < plan.gate.minimum || !plan.scope.bound().listening) return
    emit(plan, values, level, options, thrown ?? thrownIn(options))
  } catch {
    count('internal_error')
  }
}

function thrownIn(options: EmitOptions | undefined): Thrown | undefined {
  const error = optional(options, 'error')
  return error === undefined ? undefined : readThrown(error)
}

function emit(
  plan: OccurrencePlan,
  values: unknown,
  level: Level,
  options: EmitOptions | undefined,
  thrown: Thrown | undefined,
): void {
  const context = contextFor(options)
  const collected = plan.begin(context)
  plan.attributes.collect(values, collected)
  const { attributes } = collected
  const message = plan.message(attributes)
  if (thrown) Object.assign(attributes, exceptionAttributes(thrown))
  const links = linksFor(options)
  if (links?.length) attributes['proprio.links'] = links.map((link) => formatTraceparent(link.context))
  try {
    plan.counter().add(1, collected.dimensions, context)
  } finally {
    plan.scope.emit({
      eventName: plan.name,
      severityNumber: severityOf[level],
      timestamp: timeOf(options) ?? slot.clock.wall(slot.clock.now()),
      body: message,
      attributes,
      context: plan.onSpan ? context : offSpan(context),
    })
  }
}

function messageOf({ name, message, attributes }: EventTypeModel): (given: Attributes) => string {
  if (!message) return () => name
  const wireNames = new Map(attributes.map((attribute) => [attribute.key, attribute.name]))
  return (given) => cleanText(fillTemplate(message, (hole) => given[wireNames.get(hole) ?? hole] ?? '') ?? name)
}

export const occurrenceEmitter =
  (plan: OccurrencePlan): Occurrence<never> =>
  (values: unknown, options?: EmitOptions) =>
    tell(plan, values, options)
