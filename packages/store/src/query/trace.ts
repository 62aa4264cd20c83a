// Query stage: one trace as a tree. Built from a reader's pages, without recursion, because a trace may be as deep as a
// host's own recursion was, and proof against spans that name each other as parents, because ids come over the network.
import type { StoredEvent } from '../event/framework-event.ts'
import type { Reader } from '../reader.ts'
import { milliseconds, millisecondsBetween } from '../record/instant.ts'
import type { SpanRecord } from '../record/record.ts'

/** A span, its framework event, and what happened under it, in order of time. */
export interface TraceNode {
  readonly span: SpanRecord
  readonly event: StoredEvent | undefined
  readonly durationMs: number
  /** Occurrences emitted while the span was active. */
  readonly occurrences: readonly StoredEvent[]
  readonly children: readonly TraceNode[]
}

export interface Trace {
  readonly traceId: string
  /** Spans without a parent in the store: the trace's root, and those whose parent is elsewhere, still running or evicted. */
  readonly roots: readonly TraceNode[]
  /** Occurrences whose span is not in the store. */
  readonly occurrences: readonly StoredEvent[]
  /** Unix milliseconds of the earliest start. */
  readonly start: number
  /** From the earliest start to the latest end. */
  readonly durationMs: number
  readonly spanCount: number
  /** The trace has more spans or events than were read: 10,000 of each. */
  readonly truncated: boolean
}

interface GrowingNode extends TraceNode {
  event: StoredEvent | undefined
  readonly occurrences: StoredEvent[]
  readonly children: GrowingNode[]
}

/** Reads the trace with this id; undefined when nothing of it is stored. */
export async function trace(reader: Reader, traceId: string): Promise<Trace | undefined> {
  // Of no trace in particular a filter would give all of them.
  if (typeof traceId !== 'string' || traceId === '') return undefined
  const page = { limit: 10_000, order: 'oldest' } as const
  const [spans, events] = await Promise.all([reader.spans({ traceId }, page), reader.events({ traceId }, page)])
  if (spans.rows.length === 0 && events.rows.length === 0) return undefined

  const nodes = new Map(spans.rows.toSorted(byStart).map((span) => [span.spanId, nodeOf(span)]))
  const occurrences = placeEvents(nodes, events.rows)
  const { start, end } = extent([...nodes.values()], events.rows)
  return {
    traceId,
    roots: plant(nodes),
    occurrences,
    start,
    durationMs: end - start,
    spanCount: nodes.size,
    truncated: spans.truncated || events.truncated,
  }
}

function byStart(a: SpanRecord, b: SpanRecord): number {
  return -millisecondsBetween(a.start, b.start)
}

function nodeOf(span: SpanRecord): GrowingNode {
  const durationMs = millisecondsBetween(span.start, span.end)
  return { span, event: undefined, durationMs, occurrences: [], children: [] }
}

/** Gives each node its event and its occurrences; returns the occurrences that have no node. */
function placeEvents(nodes: ReadonlyMap<string, GrowingNode>, events: readonly StoredEvent[]): StoredEvent[] {
  const homeless: StoredEvent[] = []
  for (const event of events.toSorted((a, b) => a.time - b.time)) {
    const node = event.spanId === undefined ? undefined : nodes.get(event.spanId)
    if (event.durationMs === undefined) (node?.occurrences ?? homeless).push(event)
    else if (node !== undefined) node.event = event
  }
  return homeless
}

/** Hangs each node on its parent, and returns those that have none. In a circle of parents the earliest becomes a root. */
function plant(nodes: ReadonlyMap<string, GrowingNode>): GrowingNode[] {
  const roots: GrowingNode[] = []
  for (const node of nodes.values()) (parentOf(node, nodes)?.children ?? roots).push(node)

  const reached = new Set<GrowingNode>()
  for (const root of roots) reach(root, reached)
  for (const node of nodes.values()) {
    if (reached.has(node)) continue
    const siblings = parentOf(node, nodes)?.children ?? []
    siblings.splice(siblings.indexOf(node), 1)
    roots.push(node)
    reach(node, reached)
  }
  return roots
}

function parentOf(node: GrowingNode, nodes: ReadonlyMap<string, GrowingNode>): GrowingNode | undefined {
  const { parentSpanId } = node.span
  return parentSpanId === undefined ? undefined : nodes.get(parentSpanId)
}

function reach(root: GrowingNode, reached: Set<GrowingNode>): void {
  const pending = [root]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (reached.has(node)) continue
    reached.add(node)
    pending.push(...node.children)
  }
}

function extent(nodes: readonly TraceNode[], events: readonly StoredEvent[]): { start: number; end: number } {
  let start = Infinity
  let end = -Infinity
  for (const { span } of nodes) {
    start = Math.min(start, milliseconds(span.start))
    end = Math.max(end, milliseconds(span.end))
  }
  for (const { time } of events) {
    start = Math.min(start, time)
    end = Math.max(end, time)
  }
  return { start, end }
}
