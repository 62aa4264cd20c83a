// Expectations stage: that there is a span, or so many.
import type { SpanRecord } from '@proprio/store'
import type { Recording } from '../recorder/index.ts'
import { spanKind } from '../target/kinds.ts'
import { meets } from './attributes.ts'
import { shownTraces } from './failure.ts'
import { find, type Search } from './find.ts'
import { nameHint, openHint, unclaimedHint } from './hints.ts'
import type { Outcome } from './outcome.ts'
import { telemetrySubject } from './subject.ts'

export function haveSpan(subject: unknown, which: unknown, attributes?: unknown): Outcome {
  return find(searchIn(telemetrySubject(subject, 'toHaveSpan'), which, attributes))
}

const anySpan = (): boolean => true

export function haveSpans(subject: unknown, count: unknown, which?: unknown, attributes?: unknown): Outcome {
  const recording = telemetrySubject(subject, 'toHaveSpans')
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0)
    throw new TypeError(
      `toHaveSpans: the first argument says how many, a whole number from 0, and not ${String(count)}`,
    )
  if (which !== undefined) return find({ ...searchIn(recording, which, attributes), count })
  const outcome = find({ ...searchIn(recording, anySpan, attributes), count })
  return {
    ...outcome,
    message: () => outcome.message().replace(' of span for which the function answers true', ' spans'),
  }
}

function searchIn(recording: Recording, which: unknown, attributes: unknown): Search<SpanRecord> {
  return {
    kind: spanKind,
    which,
    attributes,
    entries: recording.spans,
    shown: (marked) =>
      shownTraces(
        recording,
        marked.map(({ spanId }) => spanId),
      ),
    hints: (target, wanted) => [
      nameHint(
        target.name,
        recording.spans.map(({ name }) => name),
      ),
      openHint(recording, target.is),
      unclaimedHint(recording, ({ spans }) => spans.some((span) => target.is(span) && meets(span.attributes, wanted))),
    ],
  }
}
