// Strings that a record can carry: bounded, well-formed, and holding on to no longer string they were cut from.
import { invalid } from './invalid.ts'

/** Characters of one string value; longer ones are cut. */
export const textLimit = 8192
/** Characters of a name: an attribute's key, an ad-hoc type, a layer, a kind of error. */
export const nameLimit = 255

/** A string that may be carried as it is: not too long, no lone surrogate. */
export function cleanText(text: string): string {
  if (text.length > textLimit) return cut(text, textLimit)
  return text.isWellFormed() ? text : text.toWellFormed()
}

/** The same for a name. */
export function cleanName(name: string): string {
  if (name.length > nameLimit) return cut(name, nameLimit)
  return name.isWellFormed() ? name : name.toWellFormed()
}

function cut(text: string, limit: number): string {
  invalid()
  return cutText(text, limit)
}

/** The first `limit` characters, no pair split. A slice would keep the whole of the longer string in memory; this is a copy. */
export function cutText(text: string, limit: number): string {
  const last = text.charCodeAt(limit - 1)
  const splitsPair = last >= 0xd800 && last <= 0xdbff
  const bytes = new TextEncoder().encode(text.slice(0, splitsPair ? limit - 1 : limit))
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}
