// Classification stage: the error of a record. A span names it by `error.type` and its status, and has its stack and causes
// on one of its events; a log record carries all of it itself.
import type { ErrorCause, ErrorDetails } from '../event/framework-event.ts'
import type { Attributes } from '../record/attributes.ts'
import type { SpanEvent, SpanRecord } from '../record/record.ts'
import { BOOKKEEPING, textOf } from './bookkeeping.ts'
import { httpStatus } from './conventions.ts'

/** OpenTelemetry's word for an error whose type is not known. */
const UNKNOWN_TYPE = '_OTHER'

/** The error of a span that failed. */
export function spanError(record: SpanRecord): ErrorDetails {
  const { attributes } = record
  const exception = exceptionOf(record.events)?.attributes ?? {}
  const status = httpStatus(attributes)
  const type =
    textOf(attributes, 'error.type') ?? textOf(exception, 'exception.type') ?? status?.toString() ?? UNKNOWN_TYPE
  const message = record.status.message || textOf(exception, 'exception.message')
  return {
    type,
    message: message ?? (status === undefined ? type : `HTTP ${status}`),
    ...stackAndCauses(exception),
  }
}

/** Whether a log record tells of an error. */
export function carriesError(attributes: Attributes): boolean {
  return ['exception.type', 'exception.message', 'error.type'].some((name) => textOf(attributes, name) !== undefined)
}

/** The error of a log record that carries one. */
export function logError(attributes: Attributes): ErrorDetails {
  return {
    type: textOf(attributes, 'exception.type') ?? textOf(attributes, 'error.type') ?? UNKNOWN_TYPE,
    message: textOf(attributes, 'exception.message') ?? '',
    ...stackAndCauses(attributes),
  }
}

/** The event that tells of a span's own failure: the one marked so, else the last exception recorded on it. */
function exceptionOf(events: readonly SpanEvent[]): SpanEvent | undefined {
  return (
    events.findLast(({ attributes }) => attributes?.[BOOKKEEPING.part] === 'exception') ??
    events.findLast(({ name }) => name === 'exception' || name.endsWith('.exception'))
  )
}

function stackAndCauses(exception: Attributes): Pick<ErrorDetails, 'stack' | 'causes'> {
  const stack = textOf(exception, 'exception.stacktrace')
  const causes = parseCauses(exception[BOOKKEEPING.causes])
  return { ...(stack !== undefined && { stack }), ...(causes.length > 0 && { causes }) }
}

/** Causes travel as JSON text, since a span event's attributes cannot nest. What is not theirs is passed over. */
function parseCauses(json: unknown): readonly ErrorCause[] {
  if (typeof json !== 'string') return []
  try {
    const causes: unknown = JSON.parse(json)
    return Array.isArray(causes) ? causes.filter(isCause).map(causeOf) : []
  } catch {
    return []
  }
}

function isCause(value: unknown): value is ErrorCause {
  if (typeof value !== 'object' || value === null) return false
  const { type, message, depth } = value as Partial<Record<keyof ErrorCause, unknown>>
  return typeof type === 'string' && typeof message === 'string' && Number.isInteger(depth)
}

function causeOf({ type, message, stack, via, depth }: ErrorCause): ErrorCause {
  return {
    type,
    message,
    ...(typeof stack === 'string' && { stack }),
    via: via === 'errors' ? 'errors' : 'cause',
    depth,
  }
}
