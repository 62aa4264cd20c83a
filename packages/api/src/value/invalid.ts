// What of a value had to be cut, named or dropped: counted, here without a name, by who knows the attribute with one.
import { count } from '../bind/slot.ts'

let soFar = 0

export function invalid(): void {
  soFar++
  count('attribute_invalid')
}

/** Grows with each: whoever asks before and after a value knows whether it was one. */
export const invalidSoFar = (): number => soFar
