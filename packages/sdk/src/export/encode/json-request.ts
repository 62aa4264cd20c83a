// Encoded records become a JSON request. A record carries the comma that follows it; the last of a scope loses it.
import type { Resource } from '@opentelemetry/resources'
import { byResource } from './encoding.ts'
import type { Encoding, Group, PartialSuccess, RecordSignal, Scope } from './encoding.ts'
import { attributesJson, logJson, optional, quoted, spanJson } from './json.ts'
import type { Writer } from './writer.ts'

const fields = {
  spans: { resources: 'resourceSpans', scopes: 'scopeSpans', records: 'spans' },
  logs: { resources: 'resourceLogs', scopes: 'scopeLogs', records: 'logRecords' },
} as const satisfies Record<RecordSignal, Record<string, string>>
const decoder = new TextDecoder('utf-8', { fatal: true })
const resources = new WeakMap<Resource, string>()
const scopes = new WeakMap<Scope, string>()

export const json: Encoding = {
  contentType: 'application/json',
  span(out, span) {
    write(out, spanJson(span))
  },
  log(out, log) {
    write(out, logJson(log))
  },
  scope: scopeJson,
  request(signal, groups) {
    const name = fields[signal]
    const pieces: Uint8Array[] = []
    const text = (content: string): void => void pieces.push(Buffer.from(content))
    text(`{"${name.resources}":[`)
    for (const [index, [resource, members]] of [...byResource(groups)].entries()) {
      text(`${index === 0 ? '' : ','}{${resourceJson(resource)},"${name.scopes}":[`)
      for (const [place, group] of members.entries()) {
        text(`${place === 0 ? '' : ','}{${scopeJson(group.scope)},"${name.records}":[`)
        pieces.push(withoutLastComma(group))
        text(']}')
      }
      text(']}')
    }
    text(']}')
    return Buffer.concat(pieces)
  },
  partialSuccess(body) {
    const answer: unknown = body.length === 0 ? {} : JSON.parse(decoder.decode(body))
    if (!isObject(answer)) throw new TypeError('no OTLP answer')
    return isObject(answer.partialSuccess) ? partial(answer.partialSuccess) : undefined
  },
}

function write(out: Writer, record: string): void {
  out.raw(record)
  out.byte(0x2c)
}

function withoutLastComma({ bytes }: Group): Uint8Array {
  return bytes.subarray(0, bytes.length - 1)
}

function resourceJson(resource: Resource): string {
  const known = resources.get(resource)
  if (known !== undefined) return known
  const made =
    `"resource":{"attributes":${attributesJson(resource.attributes)},"droppedAttributesCount":0}` +
    optional(',"schemaUrl":', resource.schemaUrl)
  // What is still pending was waited for long enough, and may yet be there for the next request.
  if (resource.asyncAttributesPending !== true) resources.set(resource, made)
  return made
}

function scopeJson(scope: Scope): string {
  const known = scopes.get(scope)
  if (known !== undefined) return known
  const own = scope.attributes
  const attributes =
    own === undefined || Object.keys(own).length === 0
      ? ''
      : `,"attributes":${attributesJson(own)},"droppedAttributesCount":${scope.droppedAttributesCount ?? 0}`
  const made =
    `"scope":{"name":${quoted(scope.name)}${optional(',"version":', scope.version)}${attributes}}` +
    optional(',"schemaUrl":', scope.schemaUrl)
  scopes.set(scope, made)
  return made
}

function partial(told: Record<string, unknown>): PartialSuccess {
  const rejected = told.rejectedSpans ?? told.rejectedLogRecords ?? told.rejectedDataPoints ?? 0
  return { rejected: Number(rejected), message: typeof told.errorMessage === 'string' ? told.errorMessage : '' }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
