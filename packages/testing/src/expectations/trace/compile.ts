// Trace stage: an expected tree, checked and made ready once, however many spans it is compared with. Without recursion, as everything here that follows a
// tree down: it may be as deep as the recursion that it is expected of.
import type { SpanRecord } from '@proprio/store'
import type { ExpectedTrace } from '../../signatures.ts'
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

interface Rule {
  readonly known: string
  holds(value: unknown): boolean
}

const oneOf = (...known: readonly unknown[]): Rule => ({
  known: known.join(', '),
  holds: (value) => known.includes(value),
})
const yesOrNo: Rule = { known: 'true or false', holds: (value) => typeof value === 'boolean' }
const list: Rule = { known: 'a list', holds: (value) => Array.isArray(value) }
/** What is looked at where it is made ready. */
const any: Rule = { known: 'anything', holds: () => true }

/** The keys of a tree, and what each can be. */
const rules = {
  span: any,
  kind: oneOf('internal', 'server', 'client', 'producer', 'consumer'),
  status: oneOf('unset', 'ok', 'error'),
  error: {
    known: 'a text, a pattern or false',
    holds: (value) => value === false || typeof value === 'string' || value instanceof RegExp,
  },
  attributes: any,
  events: list,
  children: list,
  times: { known: 'a whole number from 0', holds: (value) => Number.isInteger(value) && (value as number) >= 0 },
  exact: yesOrNo,
  ordered: yesOrNo,
} as const satisfies Record<keyof ExpectedTrace, Rule>

const ruleOf: ReadonlyMap<string, Rule> = new Map(Object.entries(rules))

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
    const waiting = compileOne(next)
    if (waiting.length === 0) continue
    if (above.has(next.tree)) throw new Mistake(`${next.path} is a tree that contains itself`)
    above.add(next.tree)
    pending.push({ done: next.tree })
    for (const child of waiting.toReversed()) pending.push(child)
  }
  const [root] = compiled as [Compiled]
  if (root.times !== undefined)
    throw new Mistake('tree.times says how often a parent has such a child, and the top has no parent. See toHaveSpans')
  return root
}

const none: readonly never[] = []

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
    events:
      checked.events === undefined
        ? none
        : madeAt(`${path}.events`, () => (checked.events ?? []).map((event) => targetOf(event, eventKind))),
    children,
    times: checked.times,
    ...below,
  })
  return (checked.children ?? none).map((child, index) => ({
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
  for (const key in tree) {
    const rule = ruleOf.get(key)
    const value: unknown = Reflect.get(tree, key)
    if (rule === undefined) throw unknownKey(key, path)
    if (value !== undefined && !rule.holds(value))
      throw new Mistake(`${path}.${key} is ${shown(value)}, and can be ${rule.known}`)
  }
  if (!('span' in tree)) throw new Mistake(`${path} does not say which span: { span: 'a name' }`)
  return tree as Checked
}

const unknownKey = (key: string, path: string): Mistake =>
  new Mistake(
    `${path} has a key ${JSON.stringify(key)}, which does not exist.${didYouMean(key, [...ruleOf.keys()])} There are ${[...ruleOf.keys()].join(', ')}`,
  )
