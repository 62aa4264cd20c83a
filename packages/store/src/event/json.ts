// Event stage: the framework event's one JSON form. It carries its version, because what is exported or stored today is
// read by another version tomorrow. `JSON.parse(JSON.stringify(eventToJson(event)))` is the event again, without loss.
import { StoreError } from '../errors.ts'
import type { ErrorCause, ErrorDetails, FrameworkEvent } from './framework-event.ts'
import { isMap, mapFromJson, mapToJson, numberFromJson, numberToJson } from './json-value.ts'
import type { JsonMap, JsonNumber } from './json-value.ts'
import { isLevel, LEVELS } from './level.ts'
import type { Level } from './level.ts'

/** Version 1. `FRAMEWORK_EVENT_SCHEMA` describes it. */
export interface FrameworkEventJson {
  readonly version: 1
  readonly type: string
  readonly layer: string
  readonly level: Level
  readonly message: string
  readonly time: JsonNumber
  readonly durationMs?: JsonNumber
  readonly error?: ErrorDetails
  readonly slow?: { readonly thresholdMs: JsonNumber }
  readonly attributes: JsonMap
  readonly traceId?: string
  readonly spanId?: string
}

/** The event as plain JSON. A stored event's `id` is its store's, not the event's, and is left out. */
export function eventToJson(event: FrameworkEvent): FrameworkEventJson {
  const { type, layer, level, message, error, traceId, spanId } = event
  return {
    version: 1,
    type,
    layer,
    level,
    message,
    time: numberToJson(event.time),
    ...(event.durationMs !== undefined && { durationMs: numberToJson(event.durationMs) }),
    ...(error !== undefined && { error }),
    ...(event.slow !== undefined && { slow: { thresholdMs: numberToJson(event.slow.thresholdMs) } }),
    attributes: mapToJson(event.attributes),
    ...(traceId !== undefined && { traceId }),
    ...(spanId !== undefined && { spanId }),
  }
}

/** The event of its JSON form. Throws `PROPRIO_STORE_BAD_EVENT` for another version or shape; fields it does not know are ignored. */
export function eventFromJson(json: unknown): FrameworkEvent {
  const form = record(json, 'event')
  if (form['version'] !== 1) {
    throw new StoreError(
      'PROPRIO_STORE_BAD_EVENT',
      'event.version',
      'is not 1',
      'This version of the package reads version 1.',
    )
  }
  const { durationMs, error, slow, traceId, spanId } = form
  return {
    type: text(form['type'], 'event.type'),
    layer: text(form['layer'], 'event.layer'),
    level: level(form['level']),
    message: text(form['message'], 'event.message'),
    time: numberFromJson(form['time'], 'event.time'),
    ...(durationMs !== undefined && { durationMs: numberFromJson(durationMs, 'event.durationMs') }),
    ...(error !== undefined && { error: errorDetails(error) }),
    ...(slow !== undefined && {
      slow: { thresholdMs: numberFromJson(record(slow, 'event.slow')['thresholdMs'], 'event.slow.thresholdMs') },
    }),
    attributes: mapFromJson(record(form['attributes'], 'event.attributes'), 'event.attributes'),
    ...(traceId !== undefined && { traceId: text(traceId, 'event.traceId') }),
    ...(spanId !== undefined && { spanId: text(spanId, 'event.spanId') }),
  }
}

function errorDetails(json: unknown): ErrorDetails {
  const error = record(json, 'event.error')
  const { stack, causes } = error
  return {
    type: text(error['type'], 'event.error.type'),
    message: text(error['message'], 'event.error.message'),
    ...(stack !== undefined && { stack: text(stack, 'event.error.stack') }),
    ...(Array.isArray(causes) && { causes: causes.map(errorCause) }),
  }
}

function errorCause(json: unknown, index: number): ErrorCause {
  const path = `event.error.causes[${index}]`
  const cause = record(json, path)
  const { stack } = cause
  return {
    type: text(cause['type'], `${path}.type`),
    message: text(cause['message'], `${path}.message`),
    ...(stack !== undefined && { stack: text(stack, `${path}.stack`) }),
    via: cause['via'] === 'errors' ? 'errors' : 'cause',
    depth: numberFromJson(cause['depth'], `${path}.depth`),
  }
}

function record(json: unknown, path: string): Readonly<Record<string, unknown>> {
  if (isMap(json)) return json
  throw new StoreError('PROPRIO_STORE_BAD_EVENT', path, 'is no object', 'Give what eventToJson() made.')
}

function text(json: unknown, path: string): string {
  if (typeof json === 'string') return json
  throw new StoreError('PROPRIO_STORE_BAD_EVENT', path, 'is no text', 'Give what eventToJson() made.')
}

function level(json: unknown): Level {
  if (isLevel(json)) return json
  throw new StoreError('PROPRIO_STORE_BAD_EVENT', 'event.level', 'is no level', `Give one of ${LEVELS.join(', ')}.`)
}
