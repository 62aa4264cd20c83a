// Telemetry stage: traces as text that people like to read, the same in every run: no ids, no times, attributes in the order of their names.
import type { SpanRecord } from '@proprio/store'

/** A line a span, children indented below their parent, in the order in which they began. A span whose parent is not here begins a tree. */
export function treeText(spans: readonly SpanRecord[]): string {
  const known = new Set(spans.map(({ spanId }) => spanId))
  const children = Map.groupBy(spans, ({ parentSpanId = '' }) => (known.has(parentSpanId) ? parentSpanId : ''))
  const lines = (of: string, depth: number): string[] =>
    (children.get(of) ?? []).flatMap((span) => [
      `${'  '.repeat(depth)}${lineOf(span)}`,
      ...lines(span.spanId, depth + 1),
    ])
  return lines('', 0).join('\n')
}

function lineOf({ name, kind, status, attributes }: SpanRecord): string {
  const failed = status.code === 'error' ? [`!${status.message ?? 'error'}`] : []
  const told = Object.entries(attributes)
    .filter(([key]) => !key.startsWith('proprio.'))
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
  return [name, `[${kind}]`, ...failed, ...told].join(' ')
}
