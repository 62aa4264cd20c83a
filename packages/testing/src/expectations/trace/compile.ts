// Trace stage: an expected tree, checked and made ready once, however many spans it is compared with. Without recursion, as everything here that follows a
// tree down: it may be as deep as the recursion that it is expected of.
import type { SpanRecord } from '@proprio/store'
import { didYouMean } from '../../target/did-you-mean.ts'
import { eventKind, spanKind } from '../../target/kinds.ts'
import { type Target, targetOf } from '../../target/target.ts'
import type { TestEvent } from '../../telemetry/index.ts'
import { type Wanted, wantedAttributes } from '../attributes.ts'
import { madeAt, Mistake } from '../../target/mistake.ts'
import { shown } from '../../target/shown.ts'

/** One expected span. */
export interface Compiled {
  readonly target: Target<SpanRecord>
  /** As it was written, for a diff. */
  readonly label: string
  readonly kind: SpanRecord['kind'] | undefined
  readonly status: SpanRecord['status']['code'] | undefined
  readonly error: string | RegExp | false | undefined
  readonly attributes: Wanted | undefined
  readonly events: readonly Target<TestEvent>[]
  readonly children: readonly Compiled[]
  readonly times: number | undefined
  readonly exact: boolean
  readonly ordered: boolean
}

const keys: readonly string[] = [
  'span',
  'kind',
  'status',
  'error',
  'attributes',
  'events',
  'children',
  'times',
  'exact',
  'ordered',
]
const kinds: readonly unknown[] = ['internal', 'server', 'client', 'producer', 'consumer']
const codes: readonly unknown[] = ['unset', 'ok', 'error']

interface Inherited {
  readonly exact: boolean
  readonly ordered: boolean
}

/** A tree that is still to be compiled, into that list. */
interface Pending {
  readonly tree: unknown
  readonly path: string
  readonly inherited: Inherited
  readonly into: Compiled[]
}

/** @throws Mistake for a key that does not exist, or a value that cannot be expected */
export function compile(tree: unknown): Compiled {
  const compiled: Compiled[] = []
  const above = new Set<unknown>()
  const pending: (Pending | { readonly done: unknown })[] = [
    { tree, path: 'tree', inherited: { exact: false, ordered: false }, into: compiled },
  ]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ('done' in next) {
      above.delete(next.done)
      continue
    }
    if (above.has(next.tree)) throw new Mistake(`${next.path} is a tree that contains itself`)
    above.add(next.tree)
    pending.push({ done: next.tree })
    for (const child of compileOne(next).toReversed()) pending.push(child)
  }
  const [root] = compiled as [Compiled]
  if (root.times !== undefined)
    throw new Mistake('tree.times says how often a parent has such a child, and the top has no parent. See toHaveSpans')
  return root
}

/** Compiles one span, and answers with its children, which are still to be compiled. */
function compileOne({ tree, path, inherited, into }: Pending): readonly Pending[] {
  const checked = checkedTree(tree, path)
  const target = madeAt(path, () => targetOf(checked.span, spanKind))
  const below: Inherited = {
    exact: checked.exact ?? inherited.exact,
    ordered: checked.ordered ?? inherited.ordered,
  }
  const children: Compiled[] = []
  into.push({
    target,
    label: target.name ?? target.text,
    kind: checked.kind,
    status: checked.status,
    error: checked.error,
    attributes:
      checked.attributes === undefined
        ? undefined
        : madeAt(`${path}.attributes`, () => wantedAttributes(checked.attributes, target)),
    events: madeAt(`${path}.events`, () => (checked.events ?? []).map((event) => targetOf(event, eventKind))),
    children,
    times: checked.times,
    ...below,
  })
  return (checked.children ?? []).map((child, index) => ({
    tree: child,
    path: `${path}.children[${index}]`,
    inherited: below,
    into: children,
  }))
}

interface Checked extends Partial<Pick<Compiled, 'kind' | 'status' | 'error' | 'times' | 'exact' | 'ordered'>> {
  readonly span: unknown
  readonly attributes?: unknown
  readonly events?: readonly unknown[]
  readonly children?: readonly unknown[]
}

function checkedTree(tree: unknown, path: string): Checked {
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree))
    throw new Mistake(`${path} is an object, { span, children, … }, and not ${shown(tree)}`)
  for (const key in tree) if (!keys.includes(key)) throw unknownKey(key, path)
  const { kind, status, error, events, children, times, exact, ordered, ...rest } = tree as Readonly<
    Record<string, unknown>
  >
  const check = (key: string, value: unknown, holds: boolean, known: string): void => {
    if (value !== undefined && !holds) throw new Mistake(`${path}.${key} is ${shown(value)}, and can be ${known}`)
  }
  if (!('span' in rest)) throw new Mistake(`${path} does not say which span: { span: 'a name' }`)
  check('kind', kind, kinds.includes(kind), kinds.join(', '))
  check('status', status, codes.includes(status), codes.join(', '))
  check(
    'error',
    error,
    error === false || typeof error === 'string' || error instanceof RegExp,
    'a text, a pattern or false',
  )
  check('times', times, Number.isInteger(times) && (times as number) >= 0, 'a whole number from 0')
  check('exact', exact, typeof exact === 'boolean', 'true or false')
  check('ordered', ordered, typeof ordered === 'boolean', 'true or false')
  check('children', children, Array.isArray(children), 'a list')
  check('events', events, Array.isArray(events), 'a list')
  return tree as Checked
}

const unknownKey = (key: string, path: string): Mistake =>
  new Mistake(
    `${path} has a key ${JSON.stringify(key)}, which does not exist.${didYouMean(key, keys)} There are ${keys.join(', ')}`,
  )
