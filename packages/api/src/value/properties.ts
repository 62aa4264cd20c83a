// The properties of an object that the host handed in.
import { count } from '../bind/slot.ts'
import { read, unreadable } from './read.ts'

/** Hands over each own property, read once. */
export function eachProperty(values: unknown, take: (key: string, value: unknown) => void): void {
  if (typeof values !== 'object' || values === null) return
  let keys: readonly string[]
  try {
    keys = Object.keys(values)
  } catch {
    count('attribute_invalid')
    return
  }
  for (const key of keys) {
    const value = read(values, key)
    if (value === unreadable) count('attribute_invalid')
    take(key, value)
  }
}
