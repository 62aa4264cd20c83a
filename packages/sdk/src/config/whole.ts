// The largest number that is taken for a time, a count or a size. A timer that is told more milliseconds (24.8 days) fires after one; so many records or
// bytes no process holds, and no field of an encoded batch.
export const mostWhole = 2_147_483_647

/** As one would say it to a person. */
export function wholeNumbers(least: number, most: number): string {
  return `a whole number, ${least} to ${most}`
}
