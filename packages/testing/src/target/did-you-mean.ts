// Target stage: which known name was probably meant by one that is not known.

/** ` Did you mean "x"?`, or nothing when none is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = nearest(name, known)
  return near === undefined ? '' : ` Did you mean ${JSON.stringify(near)}?`
}

/** The known name with the fewest edits, at most a third of its letters; case and `_`, `-`, `.` count for nothing. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .filter((other) => other !== name)
    .map((other) => ({ other, edits: edits(plain(name), plain(other)) }))
    .filter(({ other, edits: count }) => count <= other.length / 3)
    .toSorted((one, another) => one.edits - another.edits)
  return ranked[0]?.other
}

const plain = (name: string): string => name.toLowerCase().replace(/[-_. ]/g, '')

// Levenshtein's distance, one row at a time.
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
