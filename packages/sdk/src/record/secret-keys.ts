// What an attribute's name says: that its value is a secret, or, where a program made the name, that it is one itself. Names are few, so every answer
// is remembered.
import { secretEndings, secretKeys } from './secrets.ts'

export type KeyMeaning = 'plain' | 'of a secret' | 'a secret'

const rememberedAtMost = 4096
/** Longer names are not remembered: a program that makes them would fill the memory. */
const longestRemembered = 128

/**
 * By whole words, so that `gen_ai.usage.input_tokens` is none. `own`: names of the application's, taken as they are, case aside. `isSecret`: whether a
 * text has a secret in it.
 */
export function keyTest(own: readonly string[], isSecret: (text: string) => boolean): (key: string) => KeyMeaning {
  const known = new Map<string, KeyMeaning>()
  const words = new Set(secretKeys)
  const names = new Set(own.map((name) => name.toLowerCase()))
  const isOfSecret = (key: string): boolean => {
    const name = key.toLowerCase()
    const last = name.slice(name.lastIndexOf('.') + 1)
    const word = last.replaceAll(/[-_]/g, '')
    return (
      names.has(name) || names.has(last) || words.has(word) || secretEndings.some((ending) => word.endsWith(ending))
    )
  }
  const meaningOf = (key: string): KeyMeaning => {
    if (isSecret(key)) return 'a secret'
    return isOfSecret(key) ? 'of a secret' : 'plain'
  }
  return (key) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const meaning = meaningOf(key)
    // Nor is a name that is a secret.
    const isKept = meaning !== 'a secret' && key.length <= longestRemembered && known.size < rememberedAtMost
    if (isKept) known.set(key, meaning)
    return meaning
  }
}
