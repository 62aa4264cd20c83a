// Expectations stage: what a failure says. What was expected, what came nearest, what is usually wrong, and what there is, with the span that is spoken of
// marked.
import type { Recording } from '../recorder/index.ts'
import { eventsOf, eventText, isPart, treeLines } from '../telemetry/index.ts'

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
  const texts = lines.map(({ text }, index) => (marks.size === 0 ? text : `${isMarked[index] ? '>' : ' '} ${text}`))
  return `the test has recorded:\n${excerpt(texts, isMarked).join('\n')}`
}

function excerpt(texts: readonly string[], isMarked: readonly boolean[]): readonly string[] {
  if (texts.length <= shownAtMost) return texts.map(withoutDepth)
  const marks = isMarked.flatMap((marked, index) => (marked ? [index] : []))
  const near = new Set(
    marks.slice(0, 5).flatMap((mark) => Array.from({ length: 2 * around + 1 }, (_, i) => mark - around + i)),
  )
  const isShown = (index: number): boolean => index < (marks.length > 0 ? around : shownAtMost) || near.has(index)
  const lines: string[] = []
  let left = 0
  const leave = (): void => {
    if (left > 0) lines.push(`  … ${left} more`)
    left = 0
  }
  texts.forEach((text, index) => {
    if (!isShown(index)) left++
    else {
      leave()
      lines.push(withoutDepth(text))
    }
  })
  leave()
  return lines
}

const deep = new RegExp(`^([> ] )?( {${indentedAtMost},})`)

/** A line that is far in, with its level instead. */
const withoutDepth = (text: string): string =>
  text.replace(deep, (_, mark: string | undefined, indent: string) => `${mark ?? ''}(level ${indent.length / 2 + 1}) `)

/** The recorded events, a line each. */
export function shownEvents({ logs, spans }: Recording): string {
  const events = eventsOf(logs, spans).filter((event) => !isPart(event))
  if (events.length === 0) return 'the test has recorded no event'
  return `the test has recorded:\n${excerpt(
    events.map((event) => eventText(event)),
    [],
  ).join('\n')}`
}

/** `one span`, `3 spans`. */
export const plural = (count: number, noun: string): string => (count === 1 ? `one ${noun}` : `${count} ${noun}s`)

/** `is one`, `are 3`, `is none`: after `there`. */
export const are = (count: number): string => (count === 0 ? 'is none' : count === 1 ? 'is one' : `are ${count}`)

/** `once`, `twice`, `3 times`. */
export const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`)
