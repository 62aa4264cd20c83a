// Trace stage, its door: that there is a span with children like these.
import { eventsOf, forestOf, type TestNode } from '../../telemetry/index.ts'
import type { Recording } from '../../recorder/index.ts'
import { blocks, shownTraces } from '../failure.ts'
import { adriftHint, nameHint, openHint, unclaimedHint } from '../hints.ts'
import type { Outcome } from '../outcome.ts'
import { telemetrySubject } from '../subject.ts'
import { isLike } from './compare.ts'
import { type Compiled, compile } from './compile.ts'
import { nearestOf } from './explain.ts'

/** Differences that are listed. */
const listedAtMost = 12

export function haveTrace(subject: unknown, tree: unknown): Outcome {
  const recording = telemetrySubject(subject, 'toHaveTrace')
  const expected = compile(tree)
  const nodes = nodesOf(recording)
  const found = nodes.find((node) => isLike(node, expected))
  if (found)
    return {
      pass: true,
      message: () =>
        blocks(
          `expected no trace like this, and there is one below ${JSON.stringify(found.span.name)}`,
          shownTraces(recording, [found.span.spanId]),
        ),
    }
  const nearest = nearestOf(nodes, expected)
  return {
    pass: false,
    message: () =>
      blocks(
        `expected a trace below ${expected.target.text}`,
        nearest &&
          ['the nearest differs:', ...listed(nearest.differences.map(({ path, text }) => `  ${path}: ${text}`))].join(
            '\n',
          ),
        hintsFor(recording, expected, nodes),
        shownTraces(recording, nearest ? [nearest.node.span.spanId] : []),
      ),
    ...(nearest && { actual: nearest.actual, expected: nearest.expected }),
  }
}

const listed = (lines: readonly string[]): readonly string[] =>
  lines.length <= listedAtMost ? lines : [...lines.slice(0, listedAtMost), `  … ${lines.length - listedAtMost} more`]

const nodesOf = ({ spans, logs }: Recording): readonly TestNode[] => [
  ...forestOf(spans, eventsOf(logs, spans)).bySpan.values(),
]

function hintsFor(recording: Recording, expected: Compiled, nodes: readonly TestNode[]): string {
  const names = nodes.map(({ span }) => span.name)
  const wanted = [expected, ...below(expected)]
  const astray = nodes.filter(
    ({ span }) => span.parentSpanId === undefined && wanted.slice(1).some(({ target }) => target.is(span)),
  )
  return [
    ...wanted.map(({ target }) => nameHint(target.name, names)),
    openHint(recording, (span) => wanted.some(({ target }) => target.is(span))),
    adriftHint(
      recording,
      astray.map(({ span }) => span),
    ),
    unclaimedHint(recording, ({ spans }) => spans.some((span) => wanted.some(({ target }) => target.is(span)))),
  ]
    .filter((hint, index, all) => hint !== '' && all.indexOf(hint) === index)
    .slice(0, 4)
    .join('\n')
}

const below = ({ children }: Compiled): readonly Compiled[] => children.flatMap((child) => [child, ...below(child)])
