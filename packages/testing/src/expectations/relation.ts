// Expectations stage: how two spans are related. The other may be of another process, or not have ended: then it is told by its traceparent.
import type { SpanRecord } from '@proprio/store'
import type { Recording } from '../recorder/index.ts'
import { spanKind } from '../target/kinds.ts'
import { Mistake } from '../target/mistake.ts'
import { shown } from '../target/shown.ts'
import { targetOf } from '../target/target.ts'
import { recordingBehind } from '../telemetry/index.ts'
import { blocks, shownTraces } from './failure.ts'
import { adriftHint, hints, nameHint, openHint, unclaimedHint } from './hints.ts'
import type { Outcome } from './outcome.ts'
import { isSpan, spanSubject, WrongSubject } from './subject.ts'

export const beChildOf = (subject: unknown, other: unknown): Outcome =>
  related(subject, other, {
    words: 'a child of',
    holds: (span, parent) => span.traceId === parent.traceId && span.parentSpanId === parent.spanId,
    instead: (span, others, recording) => parentText(span, others, recording),
    hint: lostHint,
  })

export const beDescendantOf = (subject: unknown, other: unknown): Outcome =>
  related(subject, other, {
    words: 'below',
    holds: (span, above, recording) =>
      span.traceId === above.traceId &&
      [span, ...aboveOf(span, recording)].some(({ parentSpanId }) => parentSpanId === above.spanId),
    instead: (span, others, recording) => {
      const path = aboveOf(span, recording).map((above) => told(above.name, others))
      if (path.length === 0) return parentText(span, others, recording)
      const left = path.length - pathAtMost
      return `it is below ${path.slice(0, pathAtMost).join(', which is below ')}${left > 0 ? `, and ${left} more` : ''}`
    },
    hint: lostHint,
  })

export const beLinkedTo = (subject: unknown, other: unknown): Outcome =>
  related(subject, other, {
    words: 'linked to',
    holds: (span, to) => span.links.some(({ traceId, spanId }) => traceId === to.traceId && spanId === to.spanId),
    instead: (span, others, recording) => {
      if (span.links.length === 0) return 'it has no link'
      const names = span.links.map(({ spanId }) => {
        const name = named(spanId, recording)
        return name === undefined ? 'a span that is not of this test' : told(name, others)
      })
      return `it is linked to ${[...new Set(names)].join(' and ')}`
    },
    hint: ({ links }) =>
      links.length === 0
        ? 'hint: a link is said when the span begins, with { links: [other] }, or by op.link(other)'
        : '',
  })

/** Spans above that are named. */
const pathAtMost = 6

const lostHint = (span: SpanRecord, recording: Recording): string => adriftHint(recording, [span])

type SpanIds = Pick<SpanRecord, 'traceId' | 'spanId'>

interface Relation {
  readonly words: string
  holds(span: SpanRecord, other: SpanIds, recording: Recording | undefined): boolean
  /** How it is related instead. */
  instead(span: SpanRecord, others: Others, recording: Recording | undefined): string
  hint(span: SpanRecord, recording: Recording): string
}

function related(subject: unknown, other: unknown, relation: Relation): Outcome {
  const span = spanSubject(subject)
  const recording = recordingBehind(span) ?? recordingBehind(other)
  const others = othersOf(other, recording)
  const pass = others.spans.some((one) => relation.holds(span, one, recording))
  const areThere = others.spans.length > 0
  return {
    pass,
    message: () =>
      pass
        ? blocks(
            `expected ${JSON.stringify(span.name)} not to be ${relation.words} ${others.text}, and it is`,
            shownTraces(recording, [span.spanId]),
          )
        : blocks(
            `expected ${JSON.stringify(span.name)} to be ${relation.words} ${others.text}, and ${areThere ? relation.instead(span, others, recording) : `there is no ${others.text}`}`,
            recording &&
              hints([
                ...(areThere ? [] : missingHints(others, recording)),
                relation.hint(span, recording),
                unclaimedHint(recording, ({ spans }) => spans.some(others.is)),
              ]),
            shownTraces(recording, [span.spanId]),
          ),
  }
}

const missingHints = ({ name, is }: Others, recording: Recording): readonly string[] => [
  nameHint(
    name,
    recording.spans.map((span) => span.name),
  ),
  openHint(recording, is),
]

interface Others {
  readonly text: string
  readonly name?: string | undefined
  readonly spans: readonly SpanIds[]
  is(span: SpanRecord): boolean
}

function othersOf(other: unknown, recording: Recording | undefined): Others {
  if (isSpan(other))
    return { text: JSON.stringify(other.name), spans: [other], is: ({ spanId }) => spanId === other.spanId }
  if (typeof other === 'object' && other !== null && 'traceparent' in other) {
    const far = idsOf(other.traceparent)
    const name = named(far.spanId, recording)
    const text = name === undefined ? `the span ${String(other.traceparent)}` : JSON.stringify(name)
    return { text, spans: [far], is: ({ spanId }) => spanId === far.spanId }
  }
  if (typeof other === 'object' && other !== null && 'spanId' in other)
    throw new Mistake(
      `the other span is still open. Give one that has ended, its operation, a name, or { traceparent }`,
    )
  const target = targetOf(other, spanKind)
  if (recording === undefined)
    throw new WrongSubject(`the span is of no telemetry, in which to look for ${target.text}. Give the span itself`)
  return { text: target.text, name: target.name, spans: recording.spans.filter(target.is), is: target.is }
}

function idsOf(traceparent: unknown): SpanIds {
  const [, traceId, spanId] = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}/.exec(String(traceparent)) ?? []
  if (traceId !== undefined && spanId !== undefined) return { traceId, spanId }
  throw new Mistake(`${shown(traceparent)} is no traceparent, 00-<trace id>-<span id>-01`)
}

function aboveOf(span: SpanRecord, recording: Recording | undefined): readonly SpanRecord[] {
  const bySpan = new Map((recording?.begun ?? []).map((one) => [one.spanId, one]))
  const above: SpanRecord[] = []
  const seen = new Set<string>([span.spanId])
  for (let id = span.parentSpanId; id !== undefined && !seen.has(id);) {
    seen.add(id)
    const parent = bySpan.get(id)
    if (parent) above.push(parent as SpanRecord)
    id = parent?.parentSpanId
  }
  return above
}

const named = (spanId: string, recording: Recording | undefined): string | undefined =>
  recording?.begun.find((span) => span.spanId === spanId)?.name

/** `another "x"` where the one that was meant has that name too. */
const told = (name: string, { text }: Others): string =>
  text === JSON.stringify(name) ? `another ${text}` : JSON.stringify(name)

function parentText({ parentSpanId }: SpanRecord, others: Others, recording: Recording | undefined): string {
  if (parentSpanId === undefined) return 'it has no parent'
  const name = named(parentSpanId, recording)
  return name === undefined ? 'its parent is not of this test' : `its parent is ${told(name, others)}`
}
