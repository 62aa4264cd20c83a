// What holds for every catalogue: nothing is told of what is the same, something of whatever differs, and what goes as announced breaks nothing.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Attribute,
  catalogue,
  type CatalogueDescription,
  choice,
  counter,
  type Definition,
  describe,
  flag,
  gauge,
  histogram,
  id,
  integer,
  list,
  number,
  occurrence,
  operation,
  text,
} from '@proprio/api'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readContract, writeContract } from './file.ts'
import { compareContracts, keepContract } from './index.ts'

let folder: string
let file: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'proprio-contracts-'))
  file = join(folder, 'any.json')
})
afterAll(() => rmSync(folder, { recursive: true }))

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const summary = fc.constantFrom('One.', 'Two.', 'Ünü\u2028sual\uD800 "one".')
const someOf = <T>(keys: readonly string[], one: fc.Arbitrary<T>) =>
  fc.dictionary(fc.constantFrom(...keys), one, { noNullPrototype: true })

const bound = fc.integer({ min: 1, max: 3 })
const attributeParts = {
  kind: fc.constantFrom('text', 'id', 'integer', 'number', 'flag', 'choice', 'list'),
  of: fc.constantFrom('text', 'integer'),
  summary,
  values: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
  default: fc.boolean(),
  unit: maybe(fc.constantFrom('s', 'ms')),
  required: fc.boolean(),
  sensitive: maybe(fc.constantFrom('drop', 'hash', 'mask')),
  dimension: maybe(bound),
  measure: maybe(fc.constantFrom('counter', 'histogram')),
  ownName: fc.boolean(),
  deprecated: fc.boolean(),
} as const
const attributePlan = fc.record(attributeParts)
type AttributePlan = typeof attributePlan extends fc.Arbitrary<infer Plan> ? Plan : never

/** Of what is planned, what its kind takes; `name` on the wire where it has one of its own. */
function attributeOf(plan: AttributePlan, key: string, name: string, inContext: boolean): Attribute<unknown> {
  const { kind, summary, values, measure, dimension, sensitive, unit } = plan
  const shared = {
    ...(plan.ownName && { name }),
    ...(plan.required && !inContext && { required: true as const }),
    ...(plan.deprecated && { deprecated: { renamedTo: key } }),
  }
  const numeric = {
    ...shared,
    ...(unit && { unit }),
    ...(dimension && { dimension: { atMost: dimension } }),
    ...(measure && !inContext && { measure }),
  }
  const closed = { ...shared, ...(dimension && { dimension: true as const }) }
  const open = { ...shared, ...(sensitive && { sensitive }) }
  const [first] = values
  const kinds = {
    text: () =>
      text(
        summary,
        sensitive ? { ...open, sensitive } : { ...shared, ...(dimension && { dimension: { atMost: dimension } }) },
      ),
    id: () => id(summary, open),
    integer: () => integer(summary, numeric),
    number: () => number(summary, numeric),
    flag: () => flag(summary, closed),
    choice: () =>
      choice(values, summary, { ...closed, ...(plan.default && !inContext && first && { default: first }) }),
    list: () => list<unknown>(plan.of === 'text' ? text('Of.') : integer('Of.'), summary, open),
  } satisfies Record<AttributePlan['kind'], () => Attribute<unknown>>
  return kinds[kind]()
}

const eventParts = {
  kind: fc.constantFrom('operation', 'occurrence', 'counter', 'gauge', 'histogram'),
  summary,
  level: fc.constantFrom('info', 'warn', 'error'),
  span: fc.uniqueArray(fc.constantFrom('one', 'two'), { minLength: 1 }),
  spanKind: fc.constantFrom('internal', 'client'),
  metric: fc.boolean(),
  unit: fc.constantFrom('s', 'ms'),
  buckets: maybe(fc.constantFrom([-0, 1], [1, 2])),
  warn: maybe(fc.constantFrom('1s', '2s')),
  error: maybe(fc.constantFrom('3s', '4s')),
  keep: maybe(fc.constantFrom('hot', 'cold')),
  yes: fc.boolean(),
  message: maybe(fc.constantFrom('one', 'two')),
  deprecated: fc.boolean(),
  attributes: someOf(['x', 'yY', 'z'], attributePlan),
} as const
const eventPlan = fc.record(eventParts)
type EventPlan = typeof eventPlan extends fc.Arbitrary<infer Plan> ? Plan : never

function eventOf(plan: EventPlan, layer: string): Definition {
  const { kind, level, keep, buckets, unit, warn, error } = plan
  const shared = { summary: plan.summary, ...(plan.deprecated && { deprecated: { renamedTo: `${layer}.run` } }) }
  const metric = plan.metric && { metric: `flow.own.${layer}` }
  const attributes = Object.fromEntries(
    Object.entries(plan.attributes).map(([key, one]) => [
      key,
      attributeOf(one, key, `flow.own.${layer}.${key.toLowerCase()}`, false),
    ]),
  )
  const slow = { ...(warn && { warn }), ...(error && { error }) } as { warn?: '1s'; error?: '3s' }
  // All that it has are dimensions, which these kinds cannot be.
  const measured = { ...shared, ...metric, unit }
  const kinds = {
    operation: () =>
      operation({
        ...shared,
        ...metric,
        level,
        span: plan.span,
        kind: plan.spanKind,
        announce: plan.yes,
        attributes,
        ...(buckets && { buckets }),
        ...((warn ?? error) && { slow }),
        ...(keep && { keep }),
      }),
    occurrence: () =>
      occurrence({
        ...shared,
        level,
        attributes,
        ...(plan.yes && { onSpan: false as const }),
        ...(keep && { keep }),
        ...(plan.message && { message: plan.message }),
      }),
    counter: () => counter(measured),
    gauge: () => gauge(measured),
    histogram: () => histogram({ ...measured, ...(buckets && { buckets }) }),
  } satisfies Record<EventPlan['kind'], () => Definition>
  return kinds[kind]()
}

const cataloguePlan = fc.record({
  events: someOf(['a', 'b', 'c'], eventPlan),
  context: someOf(['who', 'where'], attributePlan),
})
type CataloguePlan = typeof cataloguePlan extends fc.Arbitrary<infer Plan> ? Plan : never

// A layer for each, so that their attributes share no names.
function described({ events, context }: CataloguePlan, version = '1.0.0'): CatalogueDescription {
  const layers = Object.entries(events).map(([layer, plan]) => [layer, { run: eventOf(plan, layer) }] as const)
  const said = Object.entries(context).map(
    ([key, plan]) => [key, attributeOf(plan, key, `flow.said.${key}`, true)] as const,
  )
  return describe(catalogue('flow', { version, context: Object.fromEntries(said) as {} }, Object.fromEntries(layers)))
}

const breaking = (was: CatalogueDescription, now: CatalogueDescription) =>
  compareContracts(was, now).filter((change) => change.breaking)

test('a description that is written, read and compared with itself is the same', () =>
  fc.assert(
    fc.property(cataloguePlan, (plan) => {
      const now = described(plan)
      expect(compareContracts(now, now)).toEqual([])
      writeContract(file, now)
      const committed = readContract(file)
      expect(committed).toEqual(JSON.parse(JSON.stringify(now)))
      expect(keepContract(described(plan, '2.0.0'), file, { update: 'none' }).pass).toBe(true)
    }),
  ))

/** What differs between two attributes, or event types, in one part only. */
const otherIn = <Plan extends object>(plan: Plan, other: Plan, part: string): Plan => ({
  ...plan,
  [part]: Reflect.get(other, part) as unknown,
})
const withOrWithout = { events: { a: {} }, context: {} }

test('something is told if, and only if, the descriptions differ in more than order and version', () => {
  const ofEvent = fc
    .record({ one: eventPlan, two: eventPlan, part: fc.constantFrom(...Object.keys(eventParts)) })
    .map(({ one, two, part }) => [one, otherIn(one, two, part)] as const)
  const ofAttribute = fc
    .record({
      event: eventPlan,
      one: attributePlan,
      two: attributePlan,
      part: fc.constantFrom(...Object.keys(attributeParts)),
    })
    .map(({ event, one, two, part }) => {
      const carrier = { ...event, kind: 'operation' as const }
      return [
        { ...carrier, attributes: { x: one } },
        { ...carrier, attributes: { x: otherIn(one, two, part) } },
      ] as const
    })
  const seen = { same: 0, differs: 0 }
  fc.assert(
    fc.property(fc.oneof(ofEvent, ofAttribute), ([one, two]) => {
      const was = described({ ...withOrWithout, events: { a: one } })
      const now = described({ ...withOrWithout, events: { a: two } }, '1.1.0')
      const same = inOrder(was) === inOrder(now)
      seen[same ? 'same' : 'differs']++
      expect(compareContracts(was, now).length === 0).toBe(same)
    }),
    { numRuns: 1000 },
  )
  expect(seen.same).toBeGreaterThan(100)
  expect(seen.differs).toBeGreaterThan(100)
})

/** The same for descriptions that differ in order and version only. Span names and buckets have an order that matters. */
const inOrder = (of: CatalogueDescription): string => JSON.stringify(ordered({ ...of, version: '' }))

function ordered(value: unknown, of = ''): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (!Array.isArray(value))
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, ordered(one, key)]))
  const items = value.map((one) => JSON.stringify(ordered(one)))
  return of === 'names' || of === 'buckets' ? items : items.toSorted()
}

const without = <T>(of: Readonly<Record<string, T>>, key: string, other: string): Record<string, T> =>
  Object.fromEntries(Object.entries(of).filter(([name]) => name !== key && name !== other))
const optional = (attributes: Readonly<Record<string, AttributePlan>>): Record<string, AttributePlan> =>
  Object.fromEntries(Object.entries(attributes).map(([key, plan]) => [key, { ...plan, required: false }]))
const less = (plan: CataloguePlan): CataloguePlan => ({
  context: without(plan.context, 'who', ''),
  events: Object.fromEntries(
    Object.entries(without(plan.events, 'a', '')).map(([layer, event]) => [
      layer,
      { ...event, attributes: without(event.attributes, 'x', 'yY') },
    ]),
  ),
})
const every = <T extends object, More extends object>(of: Readonly<Record<string, T>>, more: More) =>
  Object.fromEntries(Object.entries(of).map(([key, one]) => [key, { ...one, ...more }]))

test('what is added breaks nothing', () =>
  fc.assert(
    fc.property(cataloguePlan, (plan) => {
      const events = Object.entries(plan.events).map(
        ([layer, event]) => [layer, { ...event, attributes: optional(event.attributes) }] as const,
      )
      const grown = { ...plan, events: Object.fromEntries(events) }
      expect(breaking(described(less(grown)), described(grown))).toEqual([])
    }),
  ))

test('what the committed description calls deprecated may go, and nothing else', () =>
  fc.assert(
    fc.property(cataloguePlan, (plan) => {
      const announced = (deprecated: boolean): CataloguePlan => ({
        context: every(plan.context, { deprecated }),
        events: Object.fromEntries(
          Object.entries(plan.events).map(([layer, event]) => [
            layer,
            // `a` goes as a whole, and of the others only attributes.
            {
              ...event,
              deprecated: deprecated && layer === 'a',
              attributes: every(event.attributes, { deprecated: deprecated && layer !== 'a' }),
            },
          ]),
        ),
      })
      expect(breaking(described(announced(true)), described(less(announced(true))))).toEqual([])
      const gone = breaking(described(announced(false)), described(less(announced(false))))
      expect(gone.some(({ at }) => at === 'context who')).toBe('who' in plan.context)
      expect(gone.some(({ at }) => at === 'a.run')).toBe('a' in plan.events)
      const isOperation = plan.events['b']?.kind === 'operation'
      if (isOperation)
        expect(gone.some(({ at }) => at === 'b.run attribute x')).toBe('x' in (plan.events['b']?.attributes ?? {}))
    }),
  ))
