// Trace stage: in what a span itself is not as expected, whatever is below it; and which of several is most like it.
import type { TestNode } from '../../telemetry/index.ts'
import { differences } from '../attributes.ts'
import { shown } from '../../target/shown.ts'
import type { IsLike } from './assign.ts'
import { isError } from './compare.ts'
import type { Compiled } from './compile.ts'

export function ownDifferences({ span, events }: TestNode, expected: Compiled): readonly string[] {
  const { kind, status, error, attributes } = expected
  return [
    ...(kind === undefined || span.kind === kind ? [] : [`kind: expected ${kind}, was ${span.kind}`]),
    ...(status === undefined || span.status.code === status
      ? []
      : [`status: expected ${status}, was ${span.status.code}`]),
    ...(error === undefined || isError(span, error)
      ? []
      : [`error: expected ${error === false ? 'none' : shown(error)}, was ${errorOf(span)}`]),
    ...(attributes === undefined ? [] : differences(span.attributes, attributes)),
    ...expected.events.filter((event) => !events.some((one) => event.is(one))).map(({ text }) => `no ${text} on it`),
  ]
}

export const errorOf = ({ status, attributes }: TestNode['span']): string =>
  status.code === 'error' || attributes['error.type'] !== undefined
    ? [attributes['error.type'], status.message].filter(Boolean).join(': ')
    : 'none'

/** Takes of these the one of the expected name that differs least, but for those below it. */
export function takeNearest(free: TestNode[], expected: Compiled, isLike: IsLike): TestNode | undefined {
  const rank = (node: TestNode): number => (isLike(node, expected) ? -1 : ownDifferences(node, expected).length)
  const named = free.filter(({ span }) => expected.target.is(span))
  const [first, ...others] = named
  if (first === undefined) return undefined
  const nearest = others.reduce((best, node) => (rank(node) < rank(best) ? node : best), first)
  free.splice(free.indexOf(nearest), 1)
  return nearest
}
