// Target stage: a value as a message shows it: what was expected, what was there, or what was given by mistake.
import { inspect } from 'node:util'

/** Texts in double quotes, as in trees; a matcher as what it asks for; a function by its name. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'function') return value.name === '' ? 'a function' : `the function ${value.name}`
  if (value instanceof Promise) return 'a promise, which is to be awaited'
  if (value instanceof Error) return String(value)
  if (typeof value === 'object' && value !== null && 'asymmetricMatch' in value) return matcherText(value)
  const text = inspect(value, { depth: 0, breakLength: Infinity, maxArrayLength: 5 })
  return text.length <= longest ? text : `${text.slice(0, longest)}…`
}

const longest = 200

// As vitest and Jest name theirs: `Any<Number>`, `StringContaining "abc"`.
function matcherText(matcher: object): string {
  const toText: unknown = Reflect.get(matcher, 'toAsymmetricMatcher')
  return typeof toText === 'function' ? String(Reflect.apply(toText, matcher, [])) : 'what the matcher takes'
}
