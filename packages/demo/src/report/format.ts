// Numbers as people read them.

/** `0.21 ms`, `4.1 ms`, `830 ms`, `1.2 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(1)} s`
  if (milliseconds >= 10) return `${milliseconds.toFixed(0)} ms`
  return `${milliseconds.toFixed(milliseconds >= 1 ? 1 : 2)} ms`
}

/** `12,345`. */
export const count = (value: number): string => value.toLocaleString('en-US')

/** `25.3 MB`. */
export function bytes(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} MB`
  return value >= 1e3 ? `${(value / 1e3).toFixed(1)} kB` : `${value} B`
}
