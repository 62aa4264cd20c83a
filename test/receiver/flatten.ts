// Decoded requests become flat records, each with its scope and resource, for tests to look at.
import type { Json, JsonObject } from './decode.ts'

export interface ReceivedScope {
  name: string
  version?: string
  schemaUrl?: string
  attributes: JsonObject
}
export interface ReceivedSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  traceState?: string
  name: string
  /** 0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  kind: number
  /** Unix time in nanoseconds. */
  start: string
  end: string
  attributes: JsonObject
  events: { name: string; time: string; attributes: JsonObject }[]
  links: { traceId: string; spanId: string; attributes: JsonObject }[]
  /** Code 0 unset, 1 ok, 2 error. */
  status: { code: number; message?: string }
  flags: number
  dropped: { attributes: number; events: number; links: number }
  scope: ReceivedScope
  resource: JsonObject
}
export interface ReceivedLog {
  time: string
  observed: string
  severityNumber: number
  severityText?: string
  eventName?: string
  body?: Json
  attributes: JsonObject
  traceId?: string
  spanId?: string
  flags: number
  scope: ReceivedScope
  resource: JsonObject
}
export interface ReceivedMetric {
  name: string
  description: string
  unit: string
  kind: 'gauge' | 'sum' | 'histogram' | 'exponentialHistogram'
  /** 1 delta, 2 cumulative; absent for a gauge. */
  temporality?: number
  monotonic?: boolean
  /** `value` of a sum or gauge; the other fields as in OTLP/JSON. */
  points: (JsonObject & { attributes: JsonObject; value?: number })[]
  scope: ReceivedScope
  resource: JsonObject
}
export interface Received {
  spans: ReceivedSpan[]
  logs: ReceivedLog[]
  metrics: ReceivedMetric[]
}

const object = (value: Json | undefined): JsonObject => (value ?? {}) as JsonObject
const list = (value: Json | undefined): JsonObject[] => (value ?? []) as JsonObject[]
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '')
const number = (value: Json | undefined): number => Number(value ?? 0)
const when = <K extends string>(key: K, value: Json | undefined): Partial<Record<K, string>> =>
  value === undefined || value === '' ? {} : ({ [key]: value } as Record<K, string>)

/** An attribute value; integers beyond 2^53 stay strings, non-finite doubles are named. */
export function anyValue(value: JsonObject): Json {
  if ('intValue' in value) {
    return Number.isSafeInteger(Number(value.intValue)) ? Number(value.intValue) : String(value.intValue)
  }
  if ('arrayValue' in value) return list(object(value.arrayValue).values).map(anyValue)
  if ('kvlistValue' in value) return attributes(object(value.kvlistValue).values)
  const [single = null] = Object.values(value)
  return single
}

export function attributes(pairs: Json | undefined): JsonObject {
  return Object.fromEntries(list(pairs).map((pair) => [text(pair.key), anyValue(object(pair.value))]))
}

/** Every record of one request. */
export function flatten(request: JsonObject): Received {
  return {
    spans: each(request.resourceSpans, 'scopeSpans', 'spans', span),
    logs: each(request.resourceLogs, 'scopeLogs', 'logRecords', log),
    metrics: each(request.resourceMetrics, 'scopeMetrics', 'metrics', metric),
  }
}

type Origin = { scope: ReceivedScope; resource: JsonObject }

function each<T>(
  resources: Json | undefined,
  scopes: string,
  items: string,
  read: (item: JsonObject, from: Origin) => T,
) {
  return list(resources).flatMap((group) => {
    const resource = attributes(object(group.resource).attributes)
    return list(group[scopes]).flatMap((inner) => {
      const origin = { scope: scopeOf(inner), resource }
      return list(inner[items]).map((item) => read(item, origin))
    })
  })
}

function scopeOf(inner: JsonObject): ReceivedScope {
  const scope = object(inner.scope)
  return {
    name: text(scope.name),
    ...when('version', scope.version),
    ...when('schemaUrl', inner.schemaUrl),
    attributes: attributes(scope.attributes),
  }
}

function span(item: JsonObject, origin: Origin): ReceivedSpan {
  const status = object(item.status)
  return {
    traceId: text(item.traceId),
    spanId: text(item.spanId),
    ...when('parentSpanId', item.parentSpanId),
    ...when('traceState', item.traceState),
    name: text(item.name),
    kind: number(item.kind),
    start: text(item.startTimeUnixNano),
    end: text(item.endTimeUnixNano),
    attributes: attributes(item.attributes),
    events: list(item.events).map((event) => ({
      name: text(event.name),
      time: text(event.timeUnixNano),
      attributes: attributes(event.attributes),
    })),
    links: list(item.links).map((link) => ({
      traceId: text(link.traceId),
      spanId: text(link.spanId),
      attributes: attributes(link.attributes),
    })),
    status: { code: number(status.code), ...when('message', status.message) },
    flags: number(item.flags),
    dropped: {
      attributes: number(item.droppedAttributesCount),
      events: number(item.droppedEventsCount),
      links: number(item.droppedLinksCount),
    },
    ...origin,
  }
}

function log(item: JsonObject, origin: Origin): ReceivedLog {
  return {
    time: text(item.timeUnixNano),
    observed: text(item.observedTimeUnixNano),
    severityNumber: number(item.severityNumber),
    ...when('severityText', item.severityText),
    ...when('eventName', item.eventName),
    ...(item.body === undefined ? {} : { body: anyValue(object(item.body)) }),
    attributes: attributes(item.attributes),
    ...when('traceId', item.traceId),
    ...when('spanId', item.spanId),
    flags: number(item.flags),
    ...origin,
  }
}

function metric(item: JsonObject, origin: Origin): ReceivedMetric {
  const kinds = ['gauge', 'sum', 'histogram', 'exponentialHistogram'] as const
  const kind = kinds.find((name) => name in item) ?? 'gauge'
  const data = object(item[kind])
  return {
    name: text(item.name),
    description: text(item.description),
    unit: text(item.unit),
    kind,
    ...(data.aggregationTemporality === undefined ? {} : { temporality: number(data.aggregationTemporality) }),
    ...(kind === 'sum' ? { monotonic: data.isMonotonic === true } : {}),
    points: list(data.dataPoints).map(point),
    ...origin,
  }
}

function point(item: JsonObject): ReceivedMetric['points'][number] {
  const value = item.asInt ?? item.asDouble
  const more = value === undefined ? {} : { value: Number(value) }
  return { ...item, attributes: attributes(item.attributes), ...more }
}
