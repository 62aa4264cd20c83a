// An operation of a layer that is switched to warn or above: nothing is seen of it unless it fails or is slow, and then all of it is told afterwards.
import { type Context, context, type Span, trace } from '@opentelemetry/api'
import { count, slot } from '../bind/slot.ts'
import { type Level, levelOr, severityOf } from '../levels.ts'
import { eachProperty } from '../value/properties.ts'
import { optional } from '../value/read.ts'
import type { Execution, Running } from './execution.ts'
import { call } from './host-function.ts'
import type { OperationPlan } from './operation-plan.ts'
import { contextFor, type EmitOptions, type Link, linksAtMost, noSpan, readingAt, timeOf } from './options.ts'
import { abandoned, RunningOperation } from './running-operation.ts'

export class QuietOperation implements Running {
  readonly traceparent = ''
  readonly #plan: OperationPlan
  readonly #minimum: number
  readonly #options: EmitOptions | undefined
  readonly #context: Context
  readonly #begun: number
  readonly #values: Record<string, unknown> = Object.create(null)
  readonly #links: Link[] = []
  #failure: { readonly error: unknown; readonly level: Level | undefined } | undefined
  #ended = false

  constructor(plan: OperationPlan, minimum: number, values: unknown, options: EmitOptions | undefined) {
    this.#plan = plan
    this.#minimum = minimum
    this.#options = options
    this.#context = contextFor(options)
    const now = slot.clock.now()
    const at = timeOf(options)
    this.#begun = at === undefined ? now : readingAt(at, now)
    this.set(values)
    const error = optional(options, 'error')
    if (error !== undefined) this.fail(error)
  }

  get span(): Span {
    return trace.getSpan(this.#context) ?? noSpan
  }

  set(values: unknown): void {
    if (this.#isOver('set_after_end')) return
    eachProperty(values, (key, value) => {
      if (value !== undefined) this.#values[key] = value
    })
  }

  fail(error: unknown, options?: { readonly level?: Level }): void {
    if (this.#isOver('set_after_end')) return
    this.#failure = { error, level: levelOr(optional(options, 'level'), undefined) }
  }

  link(to: Link): void {
    if (!this.#isOver('set_after_end') && this.#links.length < linksAtMost) this.#links.push(to)
  }

  with<R>(fn: () => R): R {
    return context.with(this.#context, call<R>, undefined, fn)
  }

  run<R>(fn: (execution: Execution<never>) => R): R {
    return context.with(this.#context, fn, undefined, this)
  }

  end(durationMs?: number): void {
    if (this.#isOver('ended_twice')) return
    this.#ended = true
    slot.open.delete(this)
    const elapsed = durationMs ?? Math.max(0, slot.clock.now() - this.#begun)
    if (severityOf[this.#outcome(elapsed / 1000)] < this.#minimum) return
    try {
      context.with(this.#context, () => this.#tell(elapsed))
    } catch {
      count('internal_error')
    }
  }

  abandon(): void {
    if (this.#ended) return
    count('abandoned')
    this.#failure ??= { error: abandoned, level: undefined }
    this.end()
  }

  #outcome(seconds: number): Level {
    const given = levelOr(optional(this.#options, 'level'), undefined)
    if (this.#failure) return this.#failure.level ?? given ?? this.#plan.level
    const { slow } = this.#plan
    if (slow?.error !== undefined && seconds >= slow.error) return 'error'
    if (slow?.warn !== undefined && seconds >= slow.warn) return 'warn'
    return given ?? 'info'
  }

  #tell(elapsedMs: number): void {
    const operation = new RunningOperation(this.#plan, this.#plan.scope.bound(), this.#values, this.#options, elapsedMs)
    if (this.#failure) {
      const { error, level } = this.#failure
      operation.fail(error, level && { level })
    }
    for (const link of this.#links) operation.link(link)
    operation.end(elapsedMs)
  }

  #isOver(reason: 'set_after_end' | 'ended_twice'): boolean {
    if (this.#ended) count(reason)
    return this.#ended
  }
}
