// Trace stage: whether a recorded span and what is below it are as expected.
import { type TestNode, walk } from '../../telemetry/index.ts'
import { meets } from '../attributes.ts'
import { assign, type IsLike } from './assign.ts'
import type { Compiled } from './compile.ts'

/** Levels that one comparison goes down by recursion. Deeper ones are compared first, on their own, so that no trace is too deep for the stack. */
const levelsAtOnce = 100

/**
 * Those that may be the top of a deep tree: so far above a span that is as the deepest expected one. Recursion makes spans that are all alike, of which each
 * would be compared all the way down.
 */
export function topsOf(nodes: readonly TestNode[], roots: readonly TestNode[], expected: Compiled): Iterable<TestNode> {
  const [deepest, levels] = deepestOf(expected)
  if (levels <= levelsAtOnce) return nodes
  const tops = new Set<TestNode>()
  const way: TestNode[] = []
  for (const [node, depth] of walk(roots)) {
    way[depth] = node
    const top = way[depth - levels]
    if (top && isItself(node, deepest)) tops.add(top)
  }
  return tops
}

/** What is expected farthest down, and how far. */
function deepestOf(expected: Compiled): readonly [Compiled, levels: number] {
  let deepest: readonly [Compiled, number] = [expected, 0]
  const belowNone = new Set<Compiled>()
  for (const [one, depth] of walk([expected])) {
    if (one.times === 0 || belowNone.has(one)) for (const child of one.children) belowNone.add(child)
    else if (depth > deepest[1]) deepest = [one, depth]
  }
  return deepest
}

interface Pair {
  readonly node: TestNode
  readonly expected: Compiled
}

/** Two that have to be compared before what is above them can be. */
class Deeper extends Error implements Pair {
  readonly node: TestNode
  readonly expected: Compiled

  constructor(node: TestNode, expected: Compiled) {
    super('to be compared first')
    this.node = node
    this.expected = expected
  }
}

/** Compares spans and everything below them. What it remembers, it compares once: what is far down always, `everything` where the same is asked again. */
export function comparison({ everything = false } = {}): IsLike {
  const known = new Map<Compiled, Map<TestNode, boolean>>()
  const remember = ({ node, expected }: Pair, answer: boolean): void => {
    const answers = known.get(expected)
    if (answers) answers.set(node, answer)
    else known.set(expected, new Map([[node, answer]]))
  }
  const isLike = (node: TestNode, expected: Compiled, level: number): boolean => {
    if (!isItself(node, expected)) return false
    if (expected.children.length === 0) return !expected.exact || node.children.length === 0
    if (everything || level === levelsAtOnce) {
      const answer = known.get(expected)?.get(node)
      if (answer !== undefined) return answer
    }
    if (level === levelsAtOnce) throw new Deeper(node, expected)
    const answer = childrenAreLike(node, expected, (child, one) => isLike(child, one, level + 1))
    if (everything) remember({ node, expected }, answer)
    return answer
  }
  const tryToCompare = ({ node, expected }: Pair): boolean | Pair => {
    try {
      return isLike(node, expected, 0)
    } catch (deeper) {
      if (deeper instanceof Deeper) return deeper
      throw deeper
    }
  }
  return (node, expected) => {
    const pending: Pair[] = [{ node, expected }]
    for (;;) {
      const last = pending.at(-1) as Pair
      const answer = tryToCompare(last)
      if (typeof answer !== 'boolean') {
        pending.push(answer)
        continue
      }
      pending.pop()
      if (pending.length === 0) return answer
      remember(last, answer)
    }
  }
}

function childrenAreLike(
  { children }: TestNode,
  { children: expected, exact, ordered }: Compiled,
  isLike: IsLike,
): boolean {
  const [only] = expected
  // What most of a deep tree is, without the lists that several need.
  if (only && expected.length === 1 && only.times === undefined && !exact)
    return children.some((child) => isLike(child, only))
  const { missing, tooMany, left } = assign(children, expected, { ordered, isLike })
  return missing.length === 0 && tooMany.length === 0 && (!exact || left.length === 0)
}

/** The span itself, whatever is below it. */
export function isItself({ span, events }: TestNode, expected: Compiled): boolean {
  const { kind, status, error, attributes } = expected
  return (
    expected.target.is(span) &&
    (kind === undefined || span.kind === kind) &&
    (status === undefined || span.status.code === status) &&
    (error === undefined || isError(span, error)) &&
    (attributes === undefined || meets(span.attributes, attributes)) &&
    expected.events.every((event) => events.some((one) => event.is(one)))
  )
}

export function isError({ status, attributes }: TestNode['span'], error: string | RegExp | false): boolean {
  const type = attributes['error.type']
  const failed = status.code === 'error' || type !== undefined
  if (error === false) return !failed
  const texts = [type, status.message].filter((text) => typeof text === 'string')
  return (
    failed &&
    texts.some((text) =>
      typeof error === 'string' ? text === error || text.includes(error) : text.search(error) !== -1,
    )
  )
}
