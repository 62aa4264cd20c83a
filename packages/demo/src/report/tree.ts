// One trace as a tree. Siblings of one name are told together when there are many.
import type { Trace, TraceNode } from '@proprio/store'
import { aboutOf } from './about.ts'
import { count, duration } from './format.ts'
import { fit, type Terminal } from './terminal.ts'

/** So many siblings of one name are told one by one. */
const oneByOne = 3
/** Of more siblings than these, those whose names begin alike are told together: `INSERT issue` and `INSERT user`. */
const manySiblings = 20

interface Branch {
  readonly text: string
  readonly style: 'red' | 'dim' | undefined
  readonly children: readonly Branch[]
}

export function treeLines(trace: Trace, terminal: Terminal): string[] {
  const lines: string[] = []
  const draw = (branch: Branch, first: string, rest: string): void => {
    const text = fit(branch.text, Math.max(1, terminal.width - first.length))
    lines.push(first + (branch.style ? terminal.paint(branch.style, text) : text))
    for (const [at, child] of branch.children.entries()) {
      const last = at === branch.children.length - 1
      draw(child, `${rest}${last ? '└─ ' : '├─ '}`, `${rest}${last ? '   ' : '│  '}`)
    }
  }
  for (const branch of branchesOf(trace.roots)) draw(branch, '', '')
  return lines
}

function branchesOf(nodes: readonly TraceNode[]): Branch[] {
  const many = nodes.length > manySiblings
  const byName = Map.groupBy(nodes, ({ span }) => (many ? (span.name.split(' ', 1)[0] ?? '') : span.name))
  return [...byName].flatMap(([name, same]) => (same.length > oneByOne ? [crowd(name, same)] : same.map(branchOf)))
}

function branchOf(node: TraceNode): Branch {
  const failed = node.span.status.code === 'error'
  const outcome = failed ? `  ✗ ${node.span.status.message ?? ''}` : ''
  return {
    text: `${aboutOf(node.span.attributes, node.span.name)}  ${duration(node.durationMs)}${outcome}`,
    style: failed ? 'red' : undefined,
    children: [...branchesOf(node.children), ...occurrencesOf(node)],
  }
}

function crowd(name: string, nodes: readonly TraceNode[]): Branch {
  const failures = nodes.filter(({ span }) => span.status.code === 'error').length
  const total = nodes.reduce((sum, node) => sum + node.durationMs, 0)
  const longest = Math.max(...nodes.map((node) => node.durationMs))
  const outcome = failures > 0 ? `, ${count(failures)} failed` : ''
  const text = `${name} ×${count(nodes.length)}  ${duration(total)} in all, ${duration(longest)} at most${outcome}`
  return { text, style: failures > 0 ? 'red' : undefined, children: [] }
}

function occurrencesOf({ occurrences }: TraceNode): Branch[] {
  const byType = Map.groupBy(occurrences, ({ type }) => type)
  return [...byType].map(([type, [first, ...others]]) => ({
    text: `• ${type}${others.length > 0 ? ` ×${count(others.length + 1)}` : ''}: ${first?.message ?? ''}`,
    style: 'dim' as const,
    children: [],
  }))
}
