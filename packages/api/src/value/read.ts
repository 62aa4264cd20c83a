// Reading what the host handed in: a getter or a proxy may throw, and must not do so through us.

/** Stands for what could not be read. */
export const unreadable = '[unreadable]'

/** A property, or {@link unreadable} when reading it throws. */
export function read(from: unknown, key: PropertyKey): unknown {
  try {
    return (from as Record<PropertyKey, unknown>)[key]
  } catch {
    return unreadable
  }
}

/** A property of an options object that may be anything: undefined when it is not there or cannot be read. */
export function optional(from: unknown, key: PropertyKey): unknown {
  if (from === undefined || from === null) return undefined
  try {
    return (from as Record<PropertyKey, unknown>)[key]
  } catch {
    return undefined
  }
}

/** The first items of a list that may be anything: none when it is no list or cannot be read. */
export function firstOf(list: unknown, atMost: number): readonly unknown[] {
  try {
    return Array.isArray(list)
      ? Array.from({ length: Math.min(list.length, atMost) }, (_, index) => read(list, index))
      : []
  } catch {
    return []
  }
}

/** A shallow copy of an options object that may be anything: empty where it is none. A string would be spread into its characters. */
export function copyOf(options: unknown): Record<string, unknown> {
  try {
    return typeof options === 'object' && !ArrayBuffer.isView(options) ? { ...options } : {}
  } catch {
    return {}
  }
}
