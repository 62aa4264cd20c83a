// The handle that the host holds of one operation, and what stands for it where there is none.
import { context, type Span, trace } from '@opentelemetry/api'
import type { Open } from '../bind/slot.ts'
import type { Level } from '../levels.ts'
import { call } from './host-function.ts'
import { type Link, noSpan } from './options.ts'

/** The handle of one running operation. After the operation has ended, calls do nothing and are counted. */
export interface Execution<Later> {
  /** Sets attributes; a later value replaces an earlier one, undefined and null set nothing, a measure counts each time. */
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

/** An operation as the stages behind the handle see it. */
export interface Running extends Execution<object>, Open {
  run<R>(fn: (execution: Execution<never>) => R): R
  /** Ends it now, or `durationMs` after it began. */
  end(durationMs?: number): void
}

/** What every caller holds while nothing listens, or while its layer is off: it does nothing, and the active span stays the active one. */
export const inertExecution: Execution<object> & Disposable & { end(): void } = Object.freeze({
  set() {},
  fail() {},
  link() {},
  with: call,
  end() {},
  [Symbol.dispose]() {},
  traceparent: '',
  get span() {
    return trace.getSpan(context.active()) ?? noSpan
  },
})
