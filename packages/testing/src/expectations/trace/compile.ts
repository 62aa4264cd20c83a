// Trace stage: an expected tree, checked and made ready once, however many spans it is compared with.
import { inspect } from 'node:util'
import type { SpanRecord } from '@proprio/store'
import { didYouMean } from '../../target/did-you-mean.ts'
import { eventKind, spanKind } from '../../target/kinds.ts'
import { type Target, targetOf } from '../../target/target.ts'
import type { TestEvent } from '../../telemetry/index.ts'
import { type Wanted, wantedAttributes } from '../attributes.ts'

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

/** @throws TypeError for a key that does not exist, or a value that cannot be expected */
export function compile(
  tree: unknown,
  inherited: Inherited = { exact: false, ordered: false },
  path = 'tree',
): Compiled {
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree))
    throw new TypeError(`toHaveTrace: ${path} is an object, { span, children, … }, and not ${inspect(tree)}`)
  for (const key in tree) if (!keys.includes(key)) throw unknownKey(key, path)
  const { span, kind, status, error, attributes, events, children, times, exact, ordered } = tree as Readonly<
    Record<string, unknown>
  >
  if (span === undefined) throw new TypeError(`toHaveTrace: ${path} does not say which span: { span: 'a name' }`)
  check(kind === undefined || kinds.includes(kind), path, 'kind', kind, kinds.join(', '))
  check(status === undefined || codes.includes(status), path, 'status', status, codes.join(', '))
  check(
    error === undefined || error === false || typeof error === 'string' || error instanceof RegExp,
    path,
    'error',
    error,
    'a text, a pattern or false',
  )
  check(
    times === undefined || (Number.isInteger(times) && (times as number) >= 0),
    path,
    'times',
    times,
    'a whole number from 0',
  )
  check(exact === undefined || typeof exact === 'boolean', path, 'exact', exact, 'true or false')
  check(ordered === undefined || typeof ordered === 'boolean', path, 'ordered', ordered, 'true or false')
  check(children === undefined || Array.isArray(children), path, 'children', children, 'a list')
  check(events === undefined || Array.isArray(events), path, 'events', events, 'a list')
  const target = targetOf(span, spanKind)
  const below: Inherited = {
    exact: (exact as boolean | undefined) ?? inherited.exact,
    ordered: (ordered as boolean | undefined) ?? inherited.ordered,
  }
  return {
    target,
    label: target.name ?? target.text,
    kind: kind as Compiled['kind'],
    status: status as Compiled['status'],
    error: error as Compiled['error'],
    attributes: attributes === undefined ? undefined : wantedAttributes(attributes, target),
    events: ((events ?? []) as readonly unknown[]).map((event) => targetOf(event, eventKind)),
    children: ((children ?? []) as readonly unknown[]).map((child, index) =>
      compile(child, below, `${path}.children[${index}]`),
    ),
    times: times as number | undefined,
    ...below,
  }
}

function check(holds: boolean, path: string, key: string, value: unknown, known: string): void {
  if (!holds) throw new TypeError(`toHaveTrace: ${path}.${key} is ${inspect(value)}, and can be ${known}`)
}

const unknownKey = (key: string, path: string): TypeError =>
  new TypeError(
    `toHaveTrace: ${path} has a key ${JSON.stringify(key)}, which does not exist.${didYouMean(key, keys)} There are ${keys.join(', ')}`,
  )
