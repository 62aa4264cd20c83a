// Sensitive values: what leaves is nothing, a keyed hash, or a mask. This runs before the OpenTelemetry API sees the value, so it holds with any SDK.
import type { AttributeValue } from '@opentelemetry/api'
import { slot } from '../bind/slot.ts'
import type { Sensitive } from '../define/attribute.ts'

interface Host {
  process?: {
    env?: Record<string, string | undefined>
    getBuiltinModule?(name: 'node:crypto'): {
      createHmac(algorithm: string, key: string): { update(text: string): { digest(encoding: 'hex'): string } }
    }
  }
}
const host = globalThis as Host
const crypto = host.process?.getBuiltinModule?.('node:crypto')

/** 128 bits of HMAC-SHA-256, in hex: enough that two values never meet, short enough for an attribute. */
const hashLength = 32

// From register() or PROPRIO_HASH_KEY, so that hashes are equal across processes; else random, equal within this one.
function hashKey(): string {
  return (slot.hashKey ??= host.process?.env?.['PROPRIO_HASH_KEY'] || globalThis.crypto.randomUUID())
}

const hash = (value: unknown): string | undefined =>
  crypto?.createHmac('sha256', hashKey()).update(String(value)).digest('hex').slice(0, hashLength)

export const protections = {
  drop: () => undefined,
  hash,
  mask: () => '***',
} as const satisfies Record<Sensitive, (value: unknown) => string | undefined>

/** The value that may leave. Where the platform has no HMAC, a value to be hashed is dropped. */
export function protect(how: Sensitive, value: AttributeValue): AttributeValue | undefined {
  if (!Array.isArray(value)) return protections[how](value)
  const protectedItems = value.map((item) => (item === null ? null : protections[how](item)))
  return protectedItems.includes(undefined) ? undefined : (protectedItems as AttributeValue)
}
