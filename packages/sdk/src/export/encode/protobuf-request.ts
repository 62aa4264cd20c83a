// Encoded records become a protobuf request: concatenation, and a length before each scope and each resource. Resources
// and scopes are encoded once and kept by identity.
import type { Resource } from '@opentelemetry/resources'
import { byResource } from './encoding.ts'
import type { Encoding, Scope } from './encoding.ts'
import { readFields } from './fields.ts'
import { attributes, log, number, span, text } from './protobuf.ts'
import { varintSize, Writer } from './writer.ts'

/** What stands before and after the records of a scope, or the scopes of a resource. */
interface Frame {
  readonly before: Uint8Array
  readonly after: Uint8Array
}

const decoder = new TextDecoder()
const scopes = new WeakMap<Scope, Frame>()
const resources = new WeakMap<Resource, Frame>()

export const protobuf: Encoding = {
  contentType: 'application/x-protobuf',
  span,
  log,
  scope: scopeFrame,
  request(_signal, groups) {
    const parts = [...byResource(groups)].map(([resource, members]) => {
      const frame = resourceFrame(resource)
      const inner = members.map((group) => ({ frame: scopeFrame(group.scope), bytes: group.bytes }))
      const sizes = inner.map(({ frame, bytes }) => frame.before.length + bytes.length + frame.after.length)
      const within = sizes.reduce((sum, size) => sum + 1 + varintSize(size) + size, 0)
      return { frame, inner, sizes, size: frame.before.length + within + frame.after.length }
    })
    const total = parts.reduce((sum, { size }) => sum + 1 + varintSize(size) + size, 0)
    const out = new Writer(total, Infinity)
    for (const { frame, inner, sizes, size } of parts) {
      out.byte(0x0a)
      out.varint(size)
      out.append(frame.before)
      for (const [index, part] of inner.entries()) {
        out.byte(0x12)
        out.varint(sizes[index]!)
        out.append(part.frame.before)
        out.append(part.bytes)
        out.append(part.frame.after)
      }
      out.append(frame.after)
    }
    return out.bytes.subarray(0, out.at)
  },
  partialSuccess(body) {
    const partial = readFields(body).get(1)
    if (!(partial instanceof Uint8Array)) return undefined
    const told = readFields(partial)
    const message = told.get(2)
    return { rejected: Number(told.get(1) ?? 0), message: message instanceof Uint8Array ? decoder.decode(message) : '' }
  },
}

function resourceFrame(resource: Resource): Frame {
  const write = (out: Writer): string | undefined => {
    attributes(out, 0x0a, resource.attributes)
    return resource.schemaUrl
  }
  // What is still pending was waited for long enough, and may yet be there for the next request.
  return resource.asyncAttributesPending === true ? frame(write) : kept(resources, resource, write)
}

function scopeFrame(scope: Scope): Frame {
  return kept(scopes, scope, (out) => {
    text(out, 0x0a, scope.name)
    text(out, 0x12, scope.version)
    if (scope.attributes !== undefined) attributes(out, 0x1a, scope.attributes)
    number(out, 0x20, scope.droppedAttributesCount ?? 0)
    return scope.schemaUrl
  })
}

function kept<K extends object>(cache: WeakMap<K, Frame>, key: K, write: (out: Writer) => string | undefined): Frame {
  const known = cache.get(key)
  if (known !== undefined) return known
  const made = frame(write)
  cache.set(key, made)
  return made
}

/** The message in field 1 goes before, the schema's address in field 3 after. */
function frame(write: (out: Writer) => string | undefined): Frame {
  const out = new Writer(256, Infinity)
  out.byte(0x0a)
  const mark = out.open()
  const schemaUrl = write(out)
  out.close(mark)
  const end = out.at
  text(out, 0x1a, schemaUrl)
  return { before: out.bytes.subarray(0, end), after: out.bytes.subarray(end, out.at) }
}
