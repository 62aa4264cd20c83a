// Telemetry stage: spans as trees, with what happened on them. Without recursion: a trace may be as deep as the recursion that made it was.
import type { SpanRecord, StartedSpan } from '@proprio/store'
import type { TestEvent } from './event.ts'

/** A span with its events and children, both in the order in which they began. */
export interface TestNode {
  readonly span: SpanRecord
  readonly events: readonly TestEvent[]
  readonly children: readonly TestNode[]
}

/** A node of which the span may still be open. */
export interface AnyNode {
  readonly span: SpanRecord | StartedSpan
  readonly events: readonly TestEvent[]
  readonly children: readonly AnyNode[]
}

export interface Forest<Node> {
  /** Spans whose parent is not here. */
  readonly roots: readonly Node[]
  readonly bySpan: ReadonlyMap<string, Node>
  /** Events of no span that is here. */
  readonly homeless: readonly TestEvent[]
}

interface Growing<Span> {
  readonly span: Span
  readonly events: TestEvent[]
  readonly children: Growing<Span>[]
}

/** `spans` in the order in which they began. */
export function forestOf<Span extends SpanRecord | StartedSpan>(
  spans: readonly Span[],
  events: readonly TestEvent[],
): Forest<Growing<Span>> {
  const bySpan = new Map(spans.map((span) => [span.spanId, growing(span)]))
  const roots: Growing<Span>[] = []
  for (const node of bySpan.values()) {
    const parent = bySpan.get(node.span.parentSpanId ?? '')
    if (parent && parent !== node) parent.children.push(node)
    else roots.push(node)
  }
  uproot(roots, bySpan)
  const homeless: TestEvent[] = []
  for (const event of events) (bySpan.get(event.spanId ?? '')?.events ?? homeless).push(event)
  return { roots, bySpan, homeless }
}

// Spans that another process sent may name each other as parents: the first of such a circle becomes a root.
function uproot<Span extends SpanRecord | StartedSpan>(
  roots: Growing<Span>[],
  all: ReadonlyMap<string, Growing<Span>>,
): void {
  const reached = new Set(Array.from(walk(roots), ([node]) => node))
  if (reached.size === all.size) return
  for (const node of all.values()) {
    if (reached.has(node)) continue
    const siblings = all.get(node.span.parentSpanId ?? '')?.children ?? []
    siblings.splice(siblings.indexOf(node), 1)
    roots.push(node)
    for (const [below] of walk([node])) reached.add(below)
  }
}

const growing = <Span>(span: Span): Growing<Span> => ({ span, events: [], children: [] })

/** Every node below and including these, parents before children, with its depth. */
export function* walk<Node extends { readonly children: readonly Node[] }>(
  roots: readonly Node[],
): Generator<readonly [node: Node, depth: number]> {
  const pending: (readonly [node: Node, depth: number])[] = roots.toReversed().map((node) => [node, 0])
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    yield next
    const [{ children }, depth] = next
    for (const child of children.toReversed()) pending.push([child, depth + 1])
  }
}
