// Expectations stage: every text that is in what was recorded, and where it is. Of a span that is still open, what it holds by now.
import type { SpanRecord, StartedSpan } from '@proprio/store'
import type { Recording } from '../recorder/index.ts'

export interface Text {
  /** For messages: `the name of span "x"`. */
  readonly where: string
  readonly text: string
  readonly spanId?: string | undefined
}

export function* textsOf({ begun, logs, series }: Recording): Generator<Text> {
  for (const span of begun) yield* inSpan(span)
  for (const { eventName = '', body, attributes, resource, scope, severityText = '', spanId } of logs) {
    const what = eventName === '' ? 'a log record' : `event ${eventName}`
    yield { where: `the name of ${what}`, text: eventName, spanId }
    yield { where: `the severity of ${what}`, text: severityText, spanId }
    yield* inValue(body, `the text of ${what}`, spanId)
    yield* inAttributes(attributes, what, spanId)
    yield* inAttributes(resource, `the resource of ${what}`, spanId)
    yield* inScope(scope, what, spanId)
  }
  for (const { name, description, attributes, scope } of series) {
    yield { where: `the name of metric ${name}`, text: name }
    yield { where: `the description of metric ${name}`, text: description }
    yield* inAttributes(attributes, `metric ${name}`)
    yield* inScope(scope, `metric ${name}`)
  }
}

function* inSpan(span: SpanRecord | StartedSpan): Generator<Text> {
  const { name, spanId, attributes, resource, scope } = span
  const what = `span ${JSON.stringify(name)}`
  yield { where: `the name of ${what}`, text: name, spanId }
  yield* inAttributes(attributes, what, spanId)
  yield* inAttributes(resource, `the resource of ${what}`, spanId)
  yield* inScope(scope, what, spanId)
  if (!('end' in span)) return
  const { status, traceState = '', events, links } = span
  yield { where: `the status of ${what}`, text: status.message ?? '', spanId }
  yield { where: `the trace state of ${what}`, text: traceState, spanId }
  // Of the same name as the log record that it may have been, so that it is told once.
  for (const event of events) {
    yield { where: `the name of event ${event.name}`, text: event.name, spanId }
    yield* inAttributes(event.attributes ?? {}, `event ${event.name}`, spanId)
  }
  for (const link of links) yield* inAttributes(link.attributes ?? {}, `a link of ${what}`, spanId)
}

function* inScope({ name, version = '' }: SpanRecord['scope'], what: string, spanId?: string): Generator<Text> {
  yield { where: `the scope of ${what}`, text: name, spanId }
  yield { where: `the scope of ${what}`, text: version, spanId }
}

function* inAttributes(attributes: Readonly<Record<string, unknown>>, what: string, spanId?: string): Generator<Text> {
  for (const [name, value] of Object.entries(attributes)) {
    yield { where: `the name of an attribute of ${what}`, text: name, spanId }
    yield* inValue(value, `${name} of ${what}`, spanId)
  }
}

/** Each text by itself: written as JSON they would be escaped once more. */
function* inValue(value: unknown, where: string, spanId?: string): Generator<Text> {
  const pending = [value]
  while (pending.length > 0) {
    const next = pending.pop()
    if (typeof next !== 'object' || next === null) yield { where, text: String(next), spanId }
    else if (next instanceof Uint8Array) yield { where, text: Buffer.from(next).toString('utf8'), spanId }
    else for (const [key, inner] of Object.entries(next)) pending.push(key, inner)
  }
}
