// Trace stage: what is not as expected. Of everything recorded the span that is most like the expected one is taken, and each part of the two that differs is
// named by its path.
import { inspect } from 'node:util'
import type { TestNode } from '../../telemetry/index.ts'
import { differences, asked, differing } from '../attributes.ts'
import { assign } from './assign.ts'
import { isError, isItself, isLike } from './compare.ts'
import type { Compiled } from './compile.ts'

export interface Difference {
  readonly path: string
  readonly text: string
}

export interface Nearest {
  readonly node: TestNode
  readonly differences: readonly Difference[]
  /** The parts that were asked for, as they are and as they are expected. */
  readonly actual: unknown
  readonly expected: unknown
}

/** The span that is most like `expected`; undefined when none has its name. */
export function nearestOf(nodes: readonly TestNode[], expected: Compiled): Nearest | undefined {
  const named = nodes.filter(({ span }) => expected.target.is(span))
  const ranked = named.slice(0, 200).map((node) => ({ node, differences: explain(node, expected) }))
  const [best] = ranked.toSorted((one, other) => one.differences.length - other.differences.length)
  if (best === undefined) return undefined
  const { actual, expected: shape } = shapes(best.node, expected)
  return { ...best, actual, expected: shape }
}

function explain(node: TestNode, expected: Compiled, above = ''): readonly Difference[] {
  const path = above === '' ? node.span.name : `${above} > ${node.span.name}`
  return [...ownDifferences(node, expected).map((text) => ({ path, text })), ...childDifferences(node, expected, path)]
}

function ownDifferences({ span, events }: TestNode, expected: Compiled): readonly string[] {
  const { kind, status, error, attributes } = expected
  return [
    ...(kind === undefined || span.kind === kind ? [] : [`kind: expected ${kind}, was ${span.kind}`]),
    ...(status === undefined || span.status.code === status
      ? []
      : [`status: expected ${status}, was ${span.status.code}`]),
    ...(error === undefined || isError(span, error) ? [] : [`error: expected ${inspect(error)}, was ${errorOf(span)}`]),
    ...(attributes === undefined ? [] : differences(span.attributes, attributes)),
    ...expected.events.filter((event) => !events.some((one) => event.is(one))).map(({ text }) => `no ${text} on it`),
  ]
}

const errorOf = ({ status, attributes }: TestNode['span']): string =>
  status.code === 'error' || attributes['error.type'] !== undefined
    ? [attributes['error.type'], status.message].filter(Boolean).join(': ')
    : 'none'

function childDifferences({ children }: TestNode, expected: Compiled, path: string): readonly Difference[] {
  const { missing, tooMany, left } = assign(children, expected.children, { ordered: expected.ordered, isLike })
  const free = [...left]
  const own = (text: string): Difference => ({ path, text })
  const missed = [...new Set(missing)].flatMap((one) => {
    const index = free.findIndex(({ span }) => one.target.is(span))
    const [near] = index === -1 ? [] : free.splice(index, 1)
    const wanted = missing.filter((other) => other === one).length
    const inAnyOrder = near && expected.ordered && isLike(near, one)
    if (inAnyOrder) return [own(`child ${one.target.text} is there, and not in this order`)]
    if (near) return explain(near, one, path)
    return [
      own(
        one.times === undefined || one.times === wanted
          ? `no child ${one.target.text}`
          : `child ${one.target.text} is there ${one.times - wanted} times, and was expected ${one.times}`,
      ),
    ]
  })
  const many = [...new Set(tooMany)].map((one) => {
    const times = children.filter((child) => isLike(child, one)).length
    return own(
      one.times === 0
        ? `child ${one.target.text} is there, and was not to be`
        : `child ${one.target.text} is there ${times} times, and was expected ${one.times}`,
    )
  })
  const unasked =
    expected.exact && missing.length === 0
      ? free.map(({ span }) => own(`child ${JSON.stringify(span.name)} was not expected`))
      : []
  return [...missed, ...many, ...unasked]
}

interface Shape {
  readonly span: string
  readonly [part: string]: unknown
}

// Plain objects of the same parts on both sides, so that a diff of them shows what differs and nothing else.
function shapes(node: TestNode, expected: Compiled): { actual: Shape; expected: Shape } {
  const { span } = node
  const { kind, status, error, attributes } = expected
  const { pairs, missing, left } = assign(node.children, expected.children, { ordered: expected.ordered, isLike })
  const free = [...left]
  const whole = pairs.map(([one, child]) => shapes(child, one))
  const partial = missing.map((one) => {
    const index = free.findIndex((child) => one.target.is(child.span))
    const [near] = index === -1 ? [] : free.splice(index, 1)
    return near ? shapes(near, one) : { actual: undefined, expected: outline(one) }
  })
  const below = [...whole, ...partial]
  const surplus = expected.exact ? free.map(({ span: { name } }) => ({ span: name })) : []
  const matches = isItself(node, { ...expected, attributes: undefined })
  return {
    actual: {
      span: span.name,
      ...(kind !== undefined && { kind: span.kind }),
      ...(status !== undefined && { status: span.status.code }),
      ...(error !== undefined && { error: isError(span, error) ? error : errorOf(span) }),
      ...(attributes && { attributes: asked(span.attributes, attributes) }),
      ...(below.length + surplus.length > 0 && {
        children: [...below.flatMap(({ actual }) => actual ?? []), ...surplus],
      }),
    },
    expected: {
      span: matches ? span.name : expected.label,
      ...(kind !== undefined && { kind }),
      ...(status !== undefined && { status }),
      ...(error !== undefined && { error }),
      ...(attributes && { attributes: metAsTheyAre(span.attributes, attributes) }),
      ...(below.length + surplus.length > 0 && { children: below.map((one) => one.expected) }),
    },
  }
}

// A matcher that is met would be shown as a difference.
function metAsTheyAre(actual: TestNode['span']['attributes'], wanted: Readonly<Record<string, unknown>>): object {
  const differ = new Set(differing(actual, wanted))
  return Object.fromEntries(
    Object.entries(wanted).map(([name, value]) => [name, differ.has(name) ? value : actual[name]]),
  )
}

const outline = ({ label, children }: Compiled): Shape => ({
  span: label,
  ...(children.length > 0 && { children: children.map(outline) }),
})
