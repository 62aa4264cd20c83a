// Trace stage: whether a recorded span and what is below it are as expected.
import type { TestNode } from '../../telemetry/index.ts'
import { meets } from '../attributes.ts'
import { assign } from './assign.ts'
import type { Compiled } from './compile.ts'

/** The span itself and everything below it. */
export function isLike(node: TestNode, expected: Compiled): boolean {
  return isItself(node, expected) && childrenAreLike(node.children, expected)
}

/** The span itself, whatever is below it. */
export function isItself({ span, events }: TestNode, expected: Compiled): boolean {
  const { kind, status, error, attributes } = expected
  return (
    expected.target.is(span) &&
    (kind === undefined || span.kind === kind) &&
    (status === undefined || span.status.code === status) &&
    (error === undefined || isError(span, error)) &&
    (attributes === undefined || meets(span.attributes, attributes)) &&
    expected.events.every((event) => events.some((one) => event.is(one)))
  )
}

export function isError({ status, attributes }: TestNode['span'], error: string | RegExp | false): boolean {
  const type = attributes['error.type']
  const failed = status.code === 'error' || type !== undefined
  if (error === false) return !failed
  const texts = [type, status.message].filter((text) => typeof text === 'string')
  return (
    failed &&
    texts.some((text) =>
      typeof error === 'string' ? text === error || text.includes(error) : text.search(error) !== -1,
    )
  )
}

function childrenAreLike(children: readonly TestNode[], { children: expected, exact, ordered }: Compiled): boolean {
  if (expected.length === 0) return !exact || children.length === 0
  const assigned = assign(children, expected, { ordered, isLike })
  return assigned.missing.length === 0 && assigned.tooMany.length === 0 && (!exact || assigned.left.length === 0)
}
