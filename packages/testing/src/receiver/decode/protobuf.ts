// Decode stage: protobuf becomes the objects of OTLP/JSON: ids in hex, other bytes in base64, 64-bit integers as texts.
import Long from 'long'
import protobufjs from 'protobufjs'
import type { Encoding } from './encoding.ts'
import { PROTOCOL } from './protocol.ts'

// protobufjs looks for this package by itself and does not find it where `require` answers with ES modules. Without it
// 64-bit integers lose their last digits.
protobufjs.util.Long ??= Long
protobufjs.configure()

const { root } = protobufjs.parse(PROTOCOL)
const ids: ReadonlySet<string> = new Set(['traceId', 'spanId', 'parentSpanId'])

export const protobuf: Encoding = {
  contentType: 'application/x-protobuf',
  decode(message, bytes) {
    const type = root.lookupType(message)
    return texts(type.toObject(type.decode(bytes), { longs: String, bytes: Buffer, json: true }), '')
  },
  encode(message, content) {
    const type = root.lookupType(message)
    return type.encode(type.fromObject(content)).finish()
  },
}

function texts(value: unknown, key: string): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString(ids.has(key) ? 'hex' : 'base64')
  if (Array.isArray(value)) return value.map((item) => texts(item, key))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, texts(inner, name)]))
}
