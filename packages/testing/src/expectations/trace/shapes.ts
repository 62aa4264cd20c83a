// Trace stage: the two sides of a diff. Plain objects of the same parts, so that a diff of them shows what differs and little else.
import type { TestNode } from '../../telemetry/index.ts'
import { asked, metAsTheyAre } from '../attributes.ts'
import { assign, type IsLike } from './assign.ts'
import { isError } from './compare.ts'
import type { Compiled } from './compile.ts'
import { errorOf, takeNearest } from './own.ts'

export interface Shapes {
  readonly actual: unknown
  readonly expected: unknown
}

interface Shape {
  readonly span: string
  readonly [part: string]: unknown
}

/** Levels that are shown. Nobody reads a diff that is deeper, and what prints it has a stack of its own. */
export const shownLevels = 12
/** Of more children than these only those that differ are shown. */
const shownChildren = 12

/** A recorded span and the expected one: the parts that were asked for, as they are and as they are expected. */
export function shapesOf(node: TestNode, expected: Compiled, isLike: IsLike, levels = shownLevels): Shapes {
  const { span, events } = node
  const { kind, status, error, attributes } = expected
  const children = levels === 0 ? undefined : childShapes(node, expected, isLike, levels - 1)
  const missed = expected.events.filter((event) => !events.some((one) => event.is(one))).map(({ text }) => text)
  const actual: Shape = {
    span: span.name,
    ...(kind !== undefined && { kind: span.kind }),
    ...(status !== undefined && { status: span.status.code }),
    ...(error !== undefined && { error: isError(span, error) ? error : errorOf(span) }),
    ...(attributes && { attributes: asked(span.attributes, attributes) }),
    ...(missed.length > 0 && { events: events.map(({ name }) => name) }),
    ...(children && { children: children.actual }),
  }
  const wanted: Shape = {
    span: span.name,
    ...(kind !== undefined && { kind }),
    ...(status !== undefined && { status }),
    ...(error !== undefined && { error }),
    ...(attributes && { attributes: metAsTheyAre(span.attributes, attributes) }),
    ...(missed.length > 0 && { events: [...events.map(({ name }) => name), ...missed] }),
    ...(children && { children: children.expected }),
  }
  return { actual, expected: wanted }
}

interface ComparedChild {
  /** Undefined where there is none like it. */
  readonly child: TestNode | undefined
  readonly actual: unknown
  readonly expected: unknown
}

interface ChildShapes {
  readonly actual: readonly unknown[]
  readonly expected: readonly unknown[]
}

// Where the order is of no account, each stands beside the one that it is compared with.
function childShapes(node: TestNode, expected: Compiled, isLike: IsLike, levels: number): ChildShapes | undefined {
  const { ordered, exact } = expected
  const { slots, left } = assign(node.children, expected.children, { ordered, isLike })
  const free = [...left]
  const isLong = slots.length > shownChildren
  const compared = slots.flatMap(([one, met]): readonly ComparedChild[] => {
    if (met) return isLong ? [] : [{ child: met, ...shapesOf(met, one, isLike, levels) }]
    const near = takeNearest(free, one, isLike)
    return near
      ? [{ child: near, ...shapesOf(near, one, isLike, levels) }]
      : [{ child: undefined, actual: undefined, expected: outline(one, levels) }]
  })
  const surplus = exact ? free.map((child) => ({ child, actual: { span: child.span.name } })) : []
  const there = [...compared, ...surplus].flatMap(({ child, actual }) => (child ? [{ child, actual }] : []))
  const at = ({ child }: { readonly child: TestNode }): number => node.children.indexOf(child)
  const inOrder = ordered ? there.toSorted((one, other) => at(one) - at(other)) : there
  if (compared.length + inOrder.length === 0) return undefined
  return { actual: inOrder.map(({ actual }) => actual), expected: compared.map((one) => one.expected) }
}

const outline = ({ label, children }: Compiled, levels: number): Shape => ({
  span: label,
  ...(children.length > 0 && levels > 0 && { children: children.map((child) => outline(child, levels - 1)) }),
})
