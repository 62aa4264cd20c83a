// Filter stage: text patterns. `*` stands for any text and everything else for itself. No regular expression is ever made
// of what a user writes, and nothing backtracks: each part is looked for once, behind the one before it.

/** Compiles a pattern to a test; without `*` it is equality. */
export function compilePattern(pattern: string): (text: string) => boolean {
  const [head = '', ...rest] = pattern.split('*')
  const tail = rest.pop()
  if (tail === undefined) return (text) => text === pattern
  return (text) => {
    if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return false
    const end = text.length - tail.length
    let position = head.length
    for (const part of rest) {
      const found = text.indexOf(part, position)
      if (found === -1 || found + part.length > end) return false
      position = found + part.length
    }
    return true
  }
}

/** One of these patterns; plain texts among many are looked up, not compared. */
export function compilePatterns(patterns: readonly string[]): (text: string) => boolean {
  const plain = new Set(patterns.filter((pattern) => !pattern.includes('*')))
  const globs = patterns.filter((pattern) => pattern.includes('*')).map(compilePattern)
  if (globs.length === 0) return (text) => plain.has(text)
  return (text) => plain.has(text) || globs.some((matches) => matches(text))
}
