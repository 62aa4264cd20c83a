// Rule stage: durations as people write them.
const msPer = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const

/** In milliseconds; undefined when the text is no duration. */
export function durationMs(text: unknown): number | undefined {
  const found = typeof text === 'string' ? /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) : null
  return found ? Number(found[1]) * msPer[found[2] as keyof typeof msPer] : undefined
}
