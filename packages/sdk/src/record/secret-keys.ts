// Which attribute names say that their value is a secret. Names are few, so every answer is remembered.
import { secretEndings, secretKeys } from './secrets.ts'

const rememberedAtMost = 4096

/** By whole words, so that `gen_ai.usage.input_tokens` is none. `own`: names of the application's, taken as they are, case aside. */
export function keyTest(own: readonly string[]): (key: string) => boolean {
  const known = new Map<string, boolean>()
  const words = new Set(secretKeys)
  const names = new Set(own.map((name) => name.toLowerCase()))
  const answer = (key: string): boolean => {
    const name = key.toLowerCase()
    const last = name.slice(name.lastIndexOf('.') + 1)
    const word = last.replaceAll(/[-_]/g, '')
    return (
      names.has(name) || names.has(last) || words.has(word) || secretEndings.some((ending) => word.endsWith(ending))
    )
  }
  return (key) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const secret = answer(key)
    if (known.size < rememberedAtMost) known.set(key, secret)
    return secret
  }
}
