// Expectations stage: what a failure says. What was expected, what came nearest, what is usually wrong, and what there is, with the span that is spoken of
// marked.
import type { Recording } from '../recorder/index.ts'
import { eventText, isPart, type TestEvent, treeLines } from '../telemetry/index.ts'

/** Lines of a trace that are shown; of a longer one those around what is marked. */
const shownAtMost = 80
const around = 6
/** Spaces that a line is indented by; of a deeper one its level is told. */
const indentedAtMost = 40

/** Blocks of text with an empty line between them; empty ones are left out. */
export const blocks = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join('\n\n')

/** The recorded traces, those spans marked with `>`. */
export function shownTraces(recording: Recording | undefined, marked: readonly string[] = []): string {
  if (!recording) return ''
  const lines = treeLines(recording)
  if (lines.length === 0) return 'the test has recorded no span'
  const marks = new Set(marked)
  const isMarked = lines.map(({ spanId }) => spanId !== undefined && marks.has(spanId))
  const mark = (index: number): string => (marks.size === 0 ? '' : isMarked[index] ? '> ' : '  ')
  const line = (index: number): string => mark(index) + withoutDepth(lines[index]?.text ?? '')
  return `the test has recorded:\n${excerpt(lines.length, line, isMarked).join('\n')}`
}

/** Of so many lines those that are shown. The others, which are long where a trace is deep, are not put together. */
function excerpt(count: number, line: (index: number) => string, isMarked: readonly boolean[]): readonly string[] {
  const marks = isMarked.flatMap((marked, index) => (marked ? [index] : []))
  const near = new Set(
    marks.slice(0, 5).flatMap((mark) => Array.from({ length: 2 * around + 1 }, (_, i) => mark - around + i)),
  )
  const isShown = (index: number): boolean =>
    count <= shownAtMost || index < (marks.length > 0 ? around : shownAtMost) || near.has(index)
  const lines: string[] = []
  let left = 0
  const leave = (): void => {
    if (left > 0) lines.push(`  … ${left} more`)
    left = 0
  }
  for (let index = 0; index < count; index++) {
    if (!isShown(index)) left++
    else {
      leave()
      lines.push(line(index))
    }
  }
  leave()
  return lines
}

const deep = new RegExp(`^ {${indentedAtMost},}`)

/** A line that is far in, with its level instead. */
const withoutDepth = (text: string): string => text.replace(deep, (indent) => `(level ${indent.length / 2 + 1}) `)

/** Events, a line each; `whose` says where they are. */
export function shownEvents(events: readonly TestEvent[], whose = 'the test has recorded'): string {
  const told = events.filter((event) => !isPart(event))
  if (told.length === 0) return `${whose} no event`
  const lines = told.map((event) => eventText(event))
  return `${whose}:\n${excerpt(lines.length, (index) => lines[index] ?? '', []).join('\n')}`
}

/** `one span`, `3 spans`. */
export const plural = (count: number, noun: string): string => (count === 1 ? `one ${noun}` : `${count} ${noun}s`)

/** `is one`, `are 3`, `is none`: after `there`. */
export const are = (count: number): string => (count === 0 ? 'is none' : count === 1 ? 'is one' : `are ${count}`)

/** `once`, `twice`, `3 times`. */
export const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`)
