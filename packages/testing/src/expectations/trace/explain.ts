// Trace stage: in what a recorded span and those below it are not as expected, each part named by its path.
import type { TestNode } from '../../telemetry/index.ts'
import { times } from '../failure.ts'
import { assign, type IsLike, timesOf } from './assign.ts'
import type { Compiled } from './compile.ts'
import { ownDifferences, takeNearest } from './own.ts'

export interface Difference {
  /** From the top of the expected tree down to the span that differs. */
  readonly path: Path
  readonly text: string
}

/** The last name of a path, and what it is below. */
export interface Path {
  readonly name: string
  readonly above: Path | undefined
  /** Names above it. */
  readonly depth: number
}

interface Differing {
  readonly node: TestNode
  readonly expected: Compiled
  readonly above: Path | undefined
}

export function explain(node: TestNode, expected: Compiled, isLike: IsLike): readonly Difference[] {
  const found: Difference[] = []
  const pending: (Difference | Differing)[] = [{ node, expected, above: undefined }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ('text' in next) {
      found.push(next)
      continue
    }
    const { above } = next
    const path = { name: next.node.span.name, above, depth: above === undefined ? 0 : above.depth + 1 }
    for (const text of ownDifferences(next.node, next.expected)) found.push({ path, text })
    for (const below of childDifferences(next.node, next.expected, path, isLike).toReversed()) pending.push(below)
  }
  return found
}

function childDifferences(
  { children }: TestNode,
  expected: Compiled,
  path: Path,
  isLike: IsLike,
): readonly (Difference | Differing)[] {
  const { missing, tooMany, left } = assign(children, expected.children, { ordered: expected.ordered, isLike })
  const free = [...left]
  const own = (text: string): Difference => ({ path, text })
  const missed = [...new Set(missing)].map((one) => {
    const near = takeNearest(free, one, isLike)
    if (near === undefined) return own(missingText(one, timesOf(one, children, isLike)))
    if (isLike(near, one)) return own(`child ${one.target.text} is there, and not in this order`)
    return { node: near, expected: one, above: path }
  })
  const many = tooMany.map((one) =>
    own(
      one.times === 0
        ? `child ${one.target.text} is there, and was not to be`
        : `child ${one.target.text} is there ${times(timesOf(one, children, isLike))}, and was expected ${times(one.times ?? 1)}`,
    ),
  )
  const unasked =
    expected.exact && missing.length === 0
      ? left.map(({ span }) => own(`child ${JSON.stringify(span.name)} is there, and is not expected`))
      : []
  return [...missed, ...many, ...unasked]
}

function missingText({ times: wanted, target: { text } }: Compiled, there: number): string {
  if (wanted !== undefined && there !== wanted)
    return there === 0
      ? `no child ${text}, and it was expected ${times(wanted)}`
      : `child ${text} is there ${times(there)}, and was expected ${times(wanted)}`
  return there === 0
    ? `no child ${text}`
    : `no further child ${text}: it is there ${times(there)}, and each answers for one expected child only`
}
