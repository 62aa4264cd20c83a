// vitest: the trace of a failed test as text that is short enough to be sent and read. Of a long one, how it begins and what in it has failed or not ended,
// with that which they are inside of.
import type { Recording } from '../recorder/index.ts'
import { treeLines } from '../telemetry/index.ts'

const linesAtMost = 100
/** Of these, those about what has failed. */
const aboutFailuresAtMost = 60
const charactersAtMost = 500

export function failureTrace(recording: Recording): string {
  const lines = treeLines(recording, { durations: true, stacks: true })
  if (lines.length <= linesAtMost) return lines.map(({ text }) => cut(text)).join('\n')
  const wrong = wrongSpans(recording)
  const shown = linesShown(
    lines.map(({ text }) => depthOf(text)),
    lines.flatMap(({ spanId }, index) => (spanId !== undefined && wrong.has(spanId) ? [index] : [])),
  )
  const told = [...shown].toSorted((one, other) => one - other)
  return told
    .flatMap((index, at) => [...gap(index - (told[at - 1] ?? -1) - 1), cut(lines[index]?.text ?? '')])
    .concat(gap(lines.length - 1 - (told.at(-1) ?? 0)))
    .join('\n')
}

const wrongSpans = ({ spans, open }: Recording): ReadonlySet<string> =>
  new Set(
    [
      ...spans.filter(({ status, attributes }) => status.code === 'error' || attributes['error.type'] !== undefined),
      ...open,
    ].map(({ spanId }) => spanId),
  )

/** Those that are wanted and what they are inside of, the innermost first, where an error comes from; then from the first line on what there is room for. */
function linesShown(depths: readonly number[], wanted: readonly number[]): ReadonlySet<number> {
  const shown = new Set<number>()
  const depthAt = (line: number): number => depths[line] ?? 0
  for (const innermost of wanted.toSorted((one, other) => depthAt(other) - depthAt(one))) {
    let depth = Infinity
    for (let line = innermost; line >= 0 && depth > 0 && shown.size < aboutFailuresAtMost; line--) {
      if (depthAt(line) >= depth) continue
      depth = depthAt(line)
      shown.add(line)
    }
  }
  for (let line = 0; shown.size < linesAtMost; line++) shown.add(line)
  return shown
}

const depthOf = (text: string): number => text.length - text.trimStart().length
const gap = (lines: number): readonly string[] => (lines > 0 ? [`… ${lines} more`] : [])
const cut = (text: string): string => (text.length > charactersAtMost ? `${text.slice(0, charactersAtMost)}…` : text)
