// Expectations stage: how two spans are related. The other may be of another process, or not have ended: then it is told by its traceparent.
import { inspect } from 'node:util'
import type { SpanRecord } from '@proprio/store'
import type { Recording } from '../recorder/index.ts'
import { spanKind } from '../target/kinds.ts'
import { targetOf } from '../target/target.ts'
import { recordingBehind } from '../telemetry/index.ts'
import { blocks, shownTraces } from './failure.ts'
import { adriftHint, nameHint, openHint, unclaimedHint } from './hints.ts'
import type { Outcome } from './outcome.ts'
import { isSpan, spanSubject } from './subject.ts'

export const beChildOf = (subject: unknown, other: unknown): Outcome =>
  related(subject, other, {
    expectation: 'toBeChildOf',
    words: 'a child of',
    holds: (span, parent) => span.traceId === parent.traceId && span.parentSpanId === parent.spanId,
    instead: (span, recording) => parentText(span, recording),
  })

export const beDescendantOf = (subject: unknown, other: unknown): Outcome =>
  related(subject, other, {
    expectation: 'toBeDescendantOf',
    words: 'below',
    holds: (span, above, recording) =>
      span.traceId === above.traceId &&
      [span, ...aboveOf(span, recording)].some(({ parentSpanId }) => parentSpanId === above.spanId),
    instead: (span, recording) => {
      const path = aboveOf(span, recording).map(({ name }) => JSON.stringify(name))
      return path.length === 0 ? parentText(span, recording) : `it is below ${path.join(', which is below ')}`
    },
  })

export const beLinkedTo = (subject: unknown, other: unknown): Outcome =>
  related(subject, other, {
    expectation: 'toBeLinkedTo',
    words: 'linked to',
    holds: (span, to) => span.links.some(({ traceId, spanId }) => traceId === to.traceId && spanId === to.spanId),
    instead: (span, recording) => {
      if (span.links.length === 0) return 'it has no link'
      const names = span.links.map(({ spanId }) => JSON.stringify(named(spanId, recording) ?? 'a span elsewhere'))
      return `it is linked to ${names.join(', ')}`
    },
  })

type SpanIds = Pick<SpanRecord, 'traceId' | 'spanId'>

interface Relation {
  readonly expectation: string
  readonly words: string
  holds(span: SpanRecord, other: SpanIds, recording: Recording | undefined): boolean
  instead(span: SpanRecord, recording: Recording | undefined): string
}

function related(subject: unknown, other: unknown, relation: Relation): Outcome {
  const span = spanSubject(subject, relation.expectation)
  const recording = recordingBehind(span) ?? recordingBehind(other)
  const others = othersOf(other, recording, relation.expectation)
  const found = others.spans.filter((one) => one !== span && relation.holds(span, one, recording))
  return {
    pass: found.length > 0,
    message: () =>
      found.length > 0
        ? blocks(
            `expected ${JSON.stringify(span.name)} not to be ${relation.words} ${others.text}, and it is`,
            shownTraces(recording, [span.spanId]),
          )
        : blocks(
            `expected ${JSON.stringify(span.name)} to be ${relation.words} ${others.text}`,
            others.spans.length === 0 ? `there is no ${others.text}` : relation.instead(span, recording),
            recording
              ? [
                  ...(others.spans.length === 0
                    ? [
                        nameHint(
                          others.name,
                          recording.spans.map(({ name }) => name),
                        ),
                        openHint(recording, others.is),
                      ]
                    : []),
                  adriftHint(recording, [span]),
                  unclaimedHint(recording, ({ spans }) => spans.some(others.is)),
                ]
                  .filter(Boolean)
                  .join('\n')
              : undefined,
            shownTraces(recording, [span.spanId]),
          ),
  }
}

interface Others {
  readonly text: string
  readonly name?: string | undefined
  readonly spans: readonly SpanIds[]
  is(span: SpanRecord): boolean
}

function othersOf(other: unknown, recording: Recording | undefined, expectation: string): Others {
  if (isSpan(other))
    return { text: JSON.stringify(other.name), spans: [other], is: ({ spanId }) => spanId === other.spanId }
  if (typeof other === 'object' && other !== null && 'traceparent' in other) {
    const far = idsOf(other.traceparent, expectation)
    const name = named(far.spanId, recording)
    const text = name === undefined ? `the span ${String(other.traceparent)}` : JSON.stringify(name)
    return { text, spans: [far], is: ({ spanId }) => spanId === far.spanId }
  }
  if (other === undefined || (typeof other === 'object' && other !== null && 'spanId' in other))
    throw new TypeError(
      `${expectation}: give the other span: a finished one, its operation, name, a pattern or a function, or { traceparent }`,
    )
  const target = targetOf(other, spanKind)
  return { text: target.text, name: target.name, spans: (recording?.spans ?? []).filter(target.is), is: target.is }
}

function idsOf(traceparent: unknown, expectation: string): SpanIds {
  const [, traceId, spanId] = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}/.exec(String(traceparent)) ?? []
  if (traceId !== undefined && spanId !== undefined) return { traceId, spanId }
  throw new TypeError(`${expectation}: ${inspect(traceparent)} is no traceparent, 00-<trace id>-<span id>-01`)
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

function parentText({ parentSpanId }: SpanRecord, recording: Recording | undefined): string {
  if (parentSpanId === undefined) return 'it has no parent'
  const name = named(parentSpanId, recording)
  return name === undefined ? 'its parent is not of this test' : `its parent is ${JSON.stringify(name)}`
}
