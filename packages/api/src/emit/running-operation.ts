// One operation that is seen: its span, its dimensions, and the one place where it ends.
import { type Attributes, type Context, context, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { hrTime } from '../bind/clock.ts'
import type { Bound } from '../bind/scope.ts'
import { count, slot } from '../bind/slot.ts'
import { frameOf } from '../context/frame.ts'
import { type Level, levelOr, severityOf } from '../levels.ts'
import { optional } from '../value/read.ts'
import type { Collected, Measured } from './attributes.ts'
import { exceptionAttributes, readThrown, type Thrown } from './exception.ts'
import type { Execution, Running } from './execution.ts'
import { call } from './host-function.ts'
import type { OperationPlan } from './operation-plan.ts'
import {
  contextFor,
  type EmitOptions,
  formatTraceparent,
  type Link,
  linksFor,
  readingAt,
  spanLink,
  timeOf,
} from './options.ts'

interface Failure {
  readonly error: unknown
  readonly level: Level | undefined
}

/** Stands for the error of an operation that nobody ended. */
export const abandoned = Symbol('abandoned')
const abandonedThrown: Thrown = {
  errorType: 'abandoned',
  type: 'abandoned',
  message: 'never ended',
  stack: undefined,
  causes: [],
}

export class RunningOperation implements Running {
  readonly #plan: OperationPlan
  readonly #bound: Bound
  readonly #context: Context
  readonly #collected: Collected
  readonly #startedAt: number
  readonly #startTime: number
  /** Which was open when this began. */
  readonly #parent: Span | undefined
  readonly span: Span
  #level: Level | undefined
  #failure: Failure | undefined
  #ended = false

  constructor(
    plan: OperationPlan,
    bound: Bound,
    values: unknown,
    options: EmitOptions | undefined,
    durationMs?: number,
  ) {
    const { clock } = slot
    const now = clock.now()
    const at = timeOf(options)
    this.#plan = plan
    this.#bound = bound
    this.#startedAt = at === undefined ? now - (durationMs ?? 0) : readingAt(at, now)
    this.#startTime = at ?? Math.max(0, clock.wall(now) - (durationMs ?? 0))
    const parent = contextFor(options)
    const around = trace.getSpan(parent)
    this.#parent = around?.isRecording() === true ? around : undefined
    this.#collected = plan.begin(parent)
    plan.attributes.collect(values, this.#collected)
    this.span = this.#startSpan(options, parent)
    this.#context = trace.setSpan(parent, this.span)
    if (this.#collected.measured) this.#measure(this.#collected.measured)
    if (options !== undefined) {
      this.#level = levelOr(optional(options, 'level'), undefined)
      const error = optional(options, 'error')
      if (error !== undefined) this.fail(error)
    }
    if (plan.announce) this.#announce()
  }

  // The conventions want a sampler to see the attributes of requests and messages; it sees the name and kind of what happens inside. Given at the start,
  // OpenTelemetry JS cleans each attribute twice (measured: 0.6 µs of an operation's 2.9).
  #startSpan(options: EmitOptions | undefined, parent: Context): Span {
    const { kind, spanName } = this.#plan
    const { attributes } = this.#collected
    const startTime = hrTime(this.#startTime)
    const links = linksFor(options)
    const spanOptions = links ? { kind, startTime, links } : { kind, startTime }
    const name = spanName(this.#collected)
    const { tracer } = this.#bound
    if (kind !== SpanKind.INTERNAL) return tracer.startSpan(name, { ...spanOptions, attributes }, parent)
    const span = tracer.startSpan(name, spanOptions, parent)
    if (span.isRecording()) span.setAttributes(attributes)
    return span
  }

  get traceparent(): string {
    return formatTraceparent(this.span.spanContext())
  }

  set(values: object): void {
    if (this.#isOver('set_after_end')) return
    this.#safely(() => {
      const more: Collected = { attributes: {}, dimensions: this.#collected.dimensions, measured: undefined }
      this.#plan.attributes.collect(values, more)
      Object.assign(this.#collected.attributes, more.attributes)
      if (more.measured) this.#measure(more.measured)
      this.span.setAttributes(more.attributes)
    })
  }

  fail(error: unknown, options?: { readonly level?: Level }): void {
    if (this.#isOver('set_after_end')) return
    this.#failure = { error, level: levelOr(optional(options, 'level'), undefined) }
  }

  link(to: Link): void {
    if (this.#isOver('set_after_end')) return
    this.#safely(() => {
      for (const link of spanLink(to)) this.span.addLink(link)
    })
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
    if (slot.open.size > 0) slot.open.delete(this)
    if (this.#parent?.isRecording() === false) count('ended_after_parent')
    const elapsed = Math.max(0, durationMs ?? slot.clock.now() - this.#startedAt)
    this.#finish(elapsed, this.#startTime + elapsed)
  }

  abandon(): void {
    if (this.#ended) return
    count('abandoned')
    this.#failure ??= { error: abandoned, level: undefined }
    this.end()
  }

  // Each step by itself: whatever an SDK's processor does in one, the span ends.
  #finish(elapsedMs: number, endTime: number): void {
    if (this.#failure || this.#level) this.#safely(() => this.#recordOutcome(endTime))
    try {
      this.#plan.histogram(this.#bound).record(elapsedMs / 1000, this.#collected.dimensions, this.#context)
    } catch {
      count('internal_error')
    }
    try {
      this.span.end(hrTime(endTime))
    } catch {
      count('internal_error')
    }
  }

  #recordOutcome(endTime: number): void {
    if (this.#failure) this.#recordFailure(this.#failure, endTime)
    else if (this.#level !== 'info') this.span.setAttribute('proprio.level', this.#level ?? 'info')
  }

  #recordFailure({ error, level: declared }: Failure, endTime: number): void {
    const level = declared ?? this.#level ?? this.#plan.level
    const thrown: Thrown = error === abandoned ? abandonedThrown : readThrown(error)
    const errorType = this.#plan.errorTypes.fold(thrown.errorType)
    this.#collected.dimensions['error.type'] = errorType
    this.#safely(() => {
      this.span.setAttribute('error.type', thrown.errorType)
      if (level !== 'error') this.span.setAttribute('proprio.level', level)
      if (!this.#isExpectedByServer(level)) this.span.setStatus({ code: SpanStatusCode.ERROR, message: thrown.message })
    })
    this.#safely(() =>
      this.#plan.scope.emit({
        eventName: `${this.#plan.name}.exception`,
        severityNumber: severityOf[level],
        timestamp: endTime,
        body: thrown.message,
        attributes: { ...this.#partAttributes('exception'), ...exceptionAttributes(thrown) },
        context: this.#context,
      }),
    )
  }

  // A 404 is the client's failure: by the HTTP conventions the span of the server that answered it has no error status.
  #isExpectedByServer(level: Level): boolean {
    return this.#plan.kind === SpanKind.SERVER && severityOf[level] < severityOf.error
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

  #measure(measured: readonly Measured[]): void {
    for (const one of measured) this.#safely(() => this.#plan.measure(one, this.#collected.dimensions, this.#context))
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
