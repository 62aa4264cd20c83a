// Expectations stage: that there is a span, or so many.
import type { SpanRecord } from '@proprio/store'
import type { Recording } from '../recorder/index.ts'
import { spanKind } from '../target/kinds.ts'
import { Mistake } from '../target/mistake.ts'
import { shown } from '../target/shown.ts'
import { anyOf, type Target, targetOf } from '../target/target.ts'
import { meets } from './attributes.ts'
import { shownTraces } from './failure.ts'
import { find, type Search } from './find.ts'
import { nameHint, openHint, unclaimedHint } from './hints.ts'
import type { Outcome } from './outcome.ts'
import { telemetrySubject } from './subject.ts'

export function haveSpan(subject: unknown, which: unknown, attributes?: unknown): Outcome {
  const recording = telemetrySubject(subject)
  return find(searchIn(recording, targetOf(which, spanKind), attributes))
}

export function haveSpans(subject: unknown, count: unknown, ...given: readonly unknown[]): Outcome {
  const recording = telemetrySubject(subject)
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0)
    throw new Mistake(`the first argument says how many, a whole number from 0, and not ${shown(count)}`)
  const [which, attributes] = given
  // What is given and undefined is an operation that its catalogue lacks, and not every span.
  const target = given.length === 0 ? anyOf(spanKind) : targetOf(which, spanKind)
  return find({ ...searchIn(recording, target, attributes), count })
}

function searchIn(recording: Recording, target: Target<SpanRecord>, attributes: unknown): Search<SpanRecord> {
  return {
    target,
    attributes,
    entries: recording.spans,
    shown: (marked) =>
      shownTraces(
        recording,
        marked.map(({ spanId }) => spanId),
      ),
    hints: (wanted) => [
      nameHint(
        target.name,
        recording.spans.map(({ name }) => name),
      ),
      openHint(recording, target.is),
      unclaimedHint(recording, ({ spans }) => spans.some((span) => target.is(span) && meets(span.attributes, wanted))),
    ],
  }
}
