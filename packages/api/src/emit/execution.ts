// One running operation: its span, its dimensions, and the one place where it ends.
import { type Attributes, type Context, context, type Span, SpanStatusCode, trace } from '@opentelemetry/api'
import { count, type Open, slot } from '../bind/slot.ts'
import { frameOf } from '../context/frame.ts'
import { type Level, levelOr, severityOf } from '../levels.ts'
import { type Collected, type Measured, overflow } from './attributes.ts'
import { exceptionAttributes, readThrown, type Thrown } from './exception.ts'
import type { OperationPlan } from './operation-plan.ts'
import {
  contextFor,
  type EmitOptions,
  formatTraceparent,
  type Link,
  linksFor,
  noSpan,
  spanLink,
  timeOf,
} from './options.ts'

/** The handle of one running operation. After the operation has ended, calls do nothing and are counted. */
export interface Execution<Later> {
  /** Sets attributes; a later value replaces an earlier one, a measure counts each time. */
  set(values: Later): void
  /** Marks a failure that was handled: nothing is thrown. `level` where it is expected. */
  fail(error: unknown, options?: { readonly level?: Level }): void
  /** Relates another span. */
  link(to: Link): void
  /** Runs `fn` with this operation as the active one. */
  with<R>(fn: () => R): R
  /** W3C trace context of the operation, to hand to another process or to link to. Empty when nothing listens. */
  readonly traceparent: string
  /** The OpenTelemetry span. One that does nothing when nothing listens. */
  readonly span: Span
}

export class RunningOperation implements Execution<object>, Open {
  readonly #plan: OperationPlan
  readonly #context: Context
  readonly #collected: Collected
  readonly #startedAt: number
  readonly #startTime: number
  readonly span: Span
  #level: Level | undefined
  #failure: { readonly error: unknown; readonly level: Level | undefined } | undefined
  #ended = false

  constructor(plan: OperationPlan, values: unknown, options: EmitOptions | undefined, durationMs?: number) {
    const { clock } = slot
    const now = clock.now()
    const at = timeOf(options?.at)
    this.#plan = plan
    this.#startedAt = at === undefined ? now - (durationMs ?? 0) : now - (clock.wall(now) - at)
    this.#startTime = at ?? clock.wall(now) - (durationMs ?? 0)
    const parent = contextFor(options)
    this.#collected = plan.begin(parent)
    plan.attributes.collect(values, this.#collected)
    const { tracer } = plan.scope.bound()
    const links = linksFor(options?.links)
    const { attributes } = this.#collected
    this.span = tracer.startSpan(
      plan.spanName(attributes),
      { kind: plan.kind, attributes, startTime: this.#startTime, ...(links && { links }) },
      parent,
    )
    this.#context = trace.setSpan(parent, this.span)
    this.#level = options?.level
    this.#measure(this.#collected)
    if (options?.error !== undefined) this.fail(options.error)
    if (plan.announce) this.#announce()
  }

  get traceparent(): string {
    return formatTraceparent(this.span.spanContext())
  }

  set(values: object): void {
    if (this.#isOver('set_after_end')) return
    const more: Collected = { attributes: {}, dimensions: this.#collected.dimensions, measured: undefined }
    this.#plan.attributes.collect(values, more)
    Object.assign(this.#collected.attributes, more.attributes)
    this.#safely(() => this.span.setAttributes(more.attributes))
    this.#measure(more)
  }

  fail(error: unknown, options?: { readonly level?: Level }): void {
    if (this.#isOver('set_after_end')) return
    this.#failure = { error, level: options?.level }
  }

  link(to: Link): void {
    if (this.#isOver('set_after_end')) return
    this.#safely(() => {
      for (const link of spanLink(to)) this.span.addLink(link)
    })
  }

  with<R>(fn: () => R): R {
    return context.with(this.#context, fn)
  }

  run<R>(fn: (execution: this) => R): R {
    return context.with(this.#context, fn, undefined, this)
  }

  /** Ends the operation now, or `durationMs` after it began. */
  end(durationMs?: number): void {
    if (this.#isOver('ended_twice')) return
    this.#ended = true
    slot.open.delete(this)
    const elapsed = Math.max(0, durationMs ?? slot.clock.now() - this.#startedAt)
    this.#safely(() => this.#finish(elapsed, this.#startTime + elapsed))
  }

  abandon(): void {
    if (this.#ended) return
    count('abandoned')
    this.#failure ??= { error: abandoned, level: undefined }
    this.end()
  }

  #finish(elapsedMs: number, endTime: number): void {
    const { dimensions } = this.#collected
    const outcome = this.#failure ? this.#recordFailure(this.#failure, endTime) : 'info'
    if (this.#level !== undefined && !this.#failure && this.#level !== outcome)
      this.span.setAttribute('proprio.level', this.#level)
    try {
      this.#plan.histogram().record(elapsedMs / 1000, dimensions, this.#context)
    } finally {
      this.span.end(endTime)
    }
  }

  #recordFailure({ error, level: declared }: { error: unknown; level: Level | undefined }, endTime: number): Level {
    const level = levelOr(declared ?? this.#level, this.#plan.level)
    const thrown: Thrown = error === abandoned ? abandonedThrown : readThrown(error)
    const errorType = this.#plan.errorTypes.fold(thrown.errorType)
    this.#collected.dimensions['error.type'] = errorType
    this.span.setAttribute('error.type', errorType === overflow ? thrown.type : errorType)
    if (level !== 'error') this.span.setAttribute('proprio.level', level)
    this.span.setStatus({ code: SpanStatusCode.ERROR, message: thrown.message })
    this.#plan.scope.emit({
      eventName: `${this.#plan.name}.exception`,
      severityNumber: severityOf[level],
      timestamp: endTime,
      body: thrown.message,
      attributes: { ...this.#partAttributes('exception'), ...exceptionAttributes(thrown) },
      context: this.#context,
    })
    return level
  }

  #announce(): void {
    this.#safely(() =>
      this.#plan.scope.emit({
        eventName: `${this.#plan.name}.started`,
        severityNumber: severityOf.info,
        timestamp: this.#startTime,
        body: `${this.#plan.type} started`,
        attributes: { ...this.#collected.attributes, ...this.#partAttributes('started') },
        context: this.#context,
      }),
    )
  }

  #partAttributes(part: 'exception' | 'started'): Attributes {
    return {
      ...frameOf(this.#context)?.attributes,
      'proprio.type': this.#plan.type,
      'proprio.layer': this.#plan.layer,
      'proprio.part': part,
    }
  }

  #measure({ measured }: { measured: Measured[] | undefined }): void {
    for (const one of measured ?? [])
      this.#safely(() => this.#plan.measure(one, this.#collected.dimensions, this.#context))
  }

  #isOver(reason: 'set_after_end' | 'ended_twice'): boolean {
    if (this.#ended) count(reason)
    return this.#ended
  }

  // An SDK's processors run inside these calls and may throw; the host must not see it.
  #safely(emit: () => void): void {
    try {
      emit()
    } catch {
      count('internal_error')
    }
  }
}

const abandoned = Symbol('abandoned')
const abandonedThrown: Thrown = {
  errorType: 'abandoned',
  type: 'abandoned',
  message: 'never ended',
  stack: undefined,
  causes: [],
}

/** What a caller holds while nothing listens, or while its layer is off: it does nothing, and the active span stays the active one. */
export const inertExecution: Execution<object> & { end(): void } = Object.freeze({
  set() {},
  fail() {},
  link() {},
  with: <R>(fn: () => R): R => fn(),
  end() {},
  traceparent: '',
  get span() {
    return trace.getSpan(context.active()) ?? noSpan
  },
})
