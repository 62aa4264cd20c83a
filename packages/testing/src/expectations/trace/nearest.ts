// Trace stage: of everything recorded the span that is most like the expected one, and in what the two differ.
import type { TestNode } from '../../telemetry/index.ts'
import { comparison } from './compare.ts'
import type { Compiled } from './compile.ts'
import { type Difference, explain } from './explain.ts'
import { ownDifferences } from './own.ts'
import { type Shapes, shapesOf, shownLevels } from './shapes.ts'

export interface Nearest extends Partial<Shapes> {
  readonly node: TestNode
  readonly differences: readonly Difference[]
}

/** How many spans of the expected name are looked into for the one that is most like it: those that are themselves most like it. */
const lookedInto = 10

/** The span that is most like `expected`; undefined when none has its name. */
export function nearestOf(nodes: readonly TestNode[], expected: Compiled): Nearest | undefined {
  const isLike = comparison({ everything: true })
  const named = nodes.filter(({ span }) => expected.target.is(span))
  const likely = byDifferences(named.map((node) => ({ node, differences: ownDifferences(node, expected) })))
  const explained: Pick<Nearest, 'node' | 'differences'>[] = []
  for (const { node } of likely.slice(0, lookedInto)) {
    const differences = explain(node, expected, isLike)
    explained.push({ node, differences })
    // None differs in less.
    if (differences.length === 1) break
  }
  const [best] = byDifferences(explained)
  if (best === undefined) return undefined
  const areShown = best.differences.some(({ path }) => path.depth < shownLevels)
  return { ...best, ...(areShown && shapesOf(best.node, expected, isLike)) }
}

const byDifferences = <Ranked extends { readonly differences: readonly unknown[] }>(
  ranked: readonly Ranked[],
): readonly Ranked[] => ranked.toSorted((one, other) => one.differences.length - other.differences.length)
