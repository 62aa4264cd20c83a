// The properties of an object that the host handed in.
import { invalid } from './invalid.ts'
import { read, unreadable } from './read.ts'

const none: readonly string[] = []

/** The object's own keys; none of what is no object, is bytes, or cannot be read. */
export function keysOf(values: unknown): readonly string[] {
  if (typeof values !== 'object' || values === null || ArrayBuffer.isView(values)) return none
  try {
    return Object.keys(values)
  } catch {
    invalid()
    return none
  }
}

/** Hands over each own property, read once. */
export function eachProperty(values: unknown, take: (key: string, value: unknown) => void): void {
  for (const key of keysOf(values)) take(key, valueOf(values, key))
}

/** A property, read once: what a getter or a proxy throws is counted, and stands for the value. */
export function valueOf(values: unknown, key: string): unknown {
  const value = read(values, key)
  if (value === unreadable) invalid()
  return value
}
