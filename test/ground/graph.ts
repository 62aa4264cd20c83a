// Cycles among files: no stage may need one that needs it, not even for its types.
import { posix } from 'node:path'
import { importsOf } from './imports.ts'
import type { Source } from './workspace.ts'

type Edges = readonly (readonly [from: string, to: readonly string[]])[]

/** Each cycle once, as the way around it: `['a', 'b', 'a']`. Depth first, so that every reported way exists. */
export const cycles = (edges: Edges): string[][] => {
  const graph = new Map(edges)
  const done = new Set<string>()
  const found: string[][] = []
  const visit = (node: string, way: readonly string[]): void => {
    if (way.includes(node)) found.push([...way.slice(way.indexOf(node)), node])
    if (done.has(node) || way.includes(node)) return
    for (const next of graph.get(node) ?? []) visit(next, [...way, node])
    done.add(node)
  }
  for (const node of graph.keys()) visit(node, [])
  return found
}

/** What each file imports of the others, by relative path. */
export const fileEdges = (sources: readonly Source[]): Edges =>
  sources.map(({ path, text }) => [
    path,
    importsOf(path, text).flatMap(({ specifier }) =>
      specifier?.startsWith('.') ? [posix.join(posix.dirname(path), specifier)] : [],
    ),
  ])
