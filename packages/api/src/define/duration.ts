// Durations as people write them.

/** `500ms`, `30s`, `2m`, `1h`. */
export type DurationText = `${number}${'ms' | 's' | 'm' | 'h'}`

const secondsPer = { ms: 0.001, s: 1, m: 60, h: 3600 } as const

/** In seconds, or undefined when the text is no duration above zero. */
export function parseDuration(text: unknown): number | undefined {
  const found = typeof text === 'string' ? /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) : null
  if (!found) return undefined
  const seconds = Number(found[1]) * secondsPer[found[2] as keyof typeof secondsPer]
  return seconds > 0 ? seconds : undefined
}
