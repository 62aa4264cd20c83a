// A request's bytes become the object of the OTLP/JSON mapping, whichever of the two encodings they came in: ids in
// hex, 64-bit integers as strings, bytes in base64.
import { readFileSync } from 'node:fs'
import Long from 'long'
import protobuf from 'protobufjs'

export type Path = '/v1/traces' | '/v1/logs' | '/v1/metrics'
/** JSON as it was parsed. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

// protobufjs looks for this package itself, and does not find it wherever modules are resolved by import conditions;
// without it 64-bit integers lose their last digits.
protobuf.util.Long = Long
protobuf.configure()

const messages = protobuf.parse(readFileSync(new URL('otlp.proto', import.meta.url), 'utf8')).root
const requests = {
  '/v1/traces': messages.lookupType('otlp.ExportTraceServiceRequest'),
  '/v1/logs': messages.lookupType('otlp.ExportLogsServiceRequest'),
  '/v1/metrics': messages.lookupType('otlp.ExportMetricsServiceRequest'),
} as const satisfies Record<Path, protobuf.Type>
const response = messages.lookupType('otlp.ExportResponse')
const status = messages.lookupType('otlp.Status')
const ids = new Set(['traceId', 'spanId', 'parentSpanId'])

/** Decodes a protobuf request. @throws when the bytes are not that message. */
export function decodeProtobuf(path: Path, bytes: Uint8Array): JsonObject {
  const type = requests[path]
  const plain: unknown = type.toObject(type.decode(bytes), { longs: String, bytes: Buffer, json: true, arrays: false })
  return withIds(plain) as JsonObject
}

/** Decodes a JSON request. @throws when it is not JSON. */
export function decodeJson(bytes: Uint8Array): JsonObject {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as JsonObject
}

/** The answer to an export, `rejected` records of it refused. */
export function encodeResponse(protobufWanted: boolean, rejected: number, message: string, names: string): Uint8Array {
  const nothing = rejected === 0 && message === ''
  if (!protobufWanted) {
    const partial = { [names]: String(rejected), errorMessage: message }
    return Buffer.from(JSON.stringify(nothing ? {} : { partialSuccess: partial }))
  }
  return response.encode(nothing ? {} : { partialSuccess: { rejected, errorMessage: message } }).finish()
}

/** The body of an answer that is no success: a google.rpc.Status. */
export function encodeStatus(protobufWanted: boolean, message: string): Uint8Array {
  return protobufWanted ? status.encode({ message }).finish() : Buffer.from(JSON.stringify({ message }))
}

function withIds(value: unknown, key = ''): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString(ids.has(key) ? 'hex' : 'base64')
  if (Array.isArray(value)) return value.map((item) => withIds(item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withIds(inner, name)]))
}
