// The lists and records that a config is made of: copies that nobody can change, of things that stay the caller's own.

export function frozen<T>(list: readonly T[] = []): readonly T[] {
  return Object.freeze([...list])
}

/** `undefined` = from the environment, `'auto'` = the default list, `false` = none. */
export function list<T>(
  said: 'auto' | false | readonly T[] | undefined,
  value: readonly T[] | undefined,
  fallback: readonly T[],
): readonly T[] {
  if (said === false) return frozen<T>()
  return frozen(said === 'auto' ? fallback : (said ?? value ?? fallback))
}

/** Without what was set to undefined, which counts as not said. */
export function withoutUndefined<T extends object>(said: T | undefined): T {
  return Object.fromEntries(Object.entries(said ?? {}).filter(([, value]) => value !== undefined)) as T
}
