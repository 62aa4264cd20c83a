// Filter stage: the one filter language. A plain object, so that code, HTTP, a page and an agent's tool all say the same;
// fields are joined by AND, the values of a list by OR.
import type { FrameworkEvent } from '../event/framework-event.ts'
import type { Level } from '../event/level.ts'

export type OneOrMany<T> = T | readonly T[]

/** Inclusive bounds. */
export interface Range {
  readonly atLeast?: number
  readonly atMost?: number
}

/** What an attribute must be: a value, one of several, a text pattern with `*`, a range of numbers, or there or not. */
export type AttributeCondition = OneOrMany<string | number | boolean> | Range | { readonly exists: boolean }

/** Unix milliseconds, an ISO 8601 text, or a Date. */
export type TimeInput = number | string | Date

export interface FilterFields {
  /** `'workflow'`, or a pattern. */
  readonly layer?: OneOrMany<string>
  readonly level?: OneOrMany<Level> | { readonly atLeast?: Level; readonly atMost?: Level }
  /** `'codegen.run'`; `*` stands for any text: `'codegen.*'`. */
  readonly type?: OneOrMany<string>
  /** `from` inclusive, `to` exclusive; the event's time, so an operation's end. */
  readonly time?: { readonly from?: TimeInput; readonly to?: TimeInput }
  /** Operations only: an occurrence has no duration and never matches. */
  readonly durationMs?: Range
  readonly attributes?: Readonly<Record<string, AttributeCondition>>
  /** Found, without regard to case, in the message, type, error type or message, or a text attribute. */
  readonly text?: OneOrMany<string>
  readonly traceId?: OneOrMany<string>
  readonly spanId?: OneOrMany<string>
  /** Whether a limit was crossed. */
  readonly slow?: boolean
  /** Whether it carries an error. */
  readonly failed?: boolean
  /** Only events written after the one with this id. */
  readonly afterId?: number
}

/** In process a filter may also be a function; one that throws matches nothing. */
export type EventPredicate = (event: FrameworkEvent) => boolean

export type Filter = FilterFields | EventPredicate
