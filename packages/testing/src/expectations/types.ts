// Expectations stage: what a caller may write where there is no catalogue to type it by.
import type { LogRecord, SpanRecord } from '@proprio/store'

/** A span by its name, a pattern of it, or a function. */
export type SpanChoice = string | RegExp | ((span: SpanRecord) => boolean)
/** An event by its name, a pattern of it, or a function. */
export type EventChoice = string | RegExp | ((event: LogRecord) => boolean)
/** Attributes by their names on the wire; a value may be a matcher. */
export type WireAttributes = Readonly<Record<string, unknown>>
