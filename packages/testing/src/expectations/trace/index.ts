// Trace stage, its door: that there is a span with children like these.
import { eventsOf, forestOf, type TestNode, walk } from '../../telemetry/index.ts'
import type { Recording } from '../../recorder/index.ts'
import { blocks, shownTraces } from '../failure.ts'
import { adriftHint, hints, nameHint, openHint, unclaimedHint } from '../hints.ts'
import type { Outcome } from '../outcome.ts'
import { telemetrySubject } from '../subject.ts'
import { comparison, topsOf } from './compare.ts'
import { type Compiled, compile } from './compile.ts'
import type { Difference, Path } from './explain.ts'
import { nearestOf } from './nearest.ts'

/** Differences that are listed. */
const listedAtMost = 12
/** Names of a path that are shown, at either end. */
const namesAtMost = 3

export function haveTrace(subject: unknown, tree: unknown): Outcome {
  const recording = telemetrySubject(subject)
  const expected = compile(tree)
  const { roots, bySpan } = forestOf(recording.spans, eventsOf(recording.logs, recording.spans))
  const nodes = [...bySpan.values()]
  const isLike = comparison()
  const found = Iterator.from(topsOf(nodes, roots, expected)).find((node) => isLike(node, expected))
  if (found)
    return {
      pass: true,
      message: () =>
        blocks(
          `expected no trace like this, and there is one at ${JSON.stringify(found.span.name)}`,
          shownTraces(recording, [found.span.spanId]),
        ),
    }
  const nearest = nearestOf(nodes, expected)
  return {
    pass: false,
    message: () =>
      blocks(
        `expected a trace like this at ${expected.target.text}`,
        nearest && ['the nearest differs:', ...listed(nearest.differences)].join('\n'),
        hintsFor(recording, expected, nodes),
        shownTraces(recording, nearest ? [nearest.node.span.spanId] : []),
      ),
    ...(nearest && 'actual' in nearest && { actual: nearest.actual, expected: nearest.expected }),
  }
}

function listed(differences: readonly Difference[]): readonly string[] {
  const lines = differences.slice(0, listedAtMost).map(({ path, text }) => `  ${pathText(path)}: ${text}`)
  const left = differences.length - lines.length
  return left === 0 ? lines : [...lines, `  … ${left} more`]
}

function pathText(path: Path): string {
  const names: string[] = []
  for (let at: Path | undefined = path; at !== undefined; at = at.above) names.push(at.name)
  const left = names.length - 2 * namesAtMost
  if (left > 0) names.splice(namesAtMost, left, `… ${left} more`)
  return names.toReversed().join(' > ')
}

/** Hints are for one who reads them. */
const hintsAtMost = 4

function hintsFor(recording: Recording, expected: Compiled, nodes: readonly TestNode[]): string {
  const names = [...new Set(nodes.map(({ span }) => span.name))]
  const wanted = Array.from(walk([expected]), ([one]) => one)
  const astray = nodes.filter(
    ({ span }) => span.parentSpanId === undefined && wanted.slice(1).some(({ target }) => target.is(span)),
  )
  return hints(
    [
      ...Array.from(new Set(wanted.map(({ target }) => target.name)), (name) => nameHint(name, names)),
      openHint(recording, (span) => wanted.some(({ target }) => target.is(span))),
      adriftHint(
        recording,
        astray.map(({ span }) => span),
      ),
      unclaimedHint(recording, ({ spans }) => spans.some((span) => wanted.some(({ target }) => target.is(span)))),
    ],
    hintsAtMost,
  )
}
