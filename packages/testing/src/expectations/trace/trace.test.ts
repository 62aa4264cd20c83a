// Which recorded trees are like an expected one: small ones against a search through all assignments, any recorded one against the tree made from it, and ones
// that are deeper than the stack and wider than patience.
import { context, type Context, trace } from '@opentelemetry/api'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assertTrace, type ExpectedTrace, recordTelemetry, type TestTelemetry } from '../../index.ts'
import '../../vitest/index.ts'

const tracer = trace.getTracer('trees')

/** A span to record, and those below it. */
interface Tree {
  readonly name: string
  /** Its attribute `n`. */
  readonly n: number
  readonly children: readonly Tree[]
}

function record({ name, n, children }: Tree, below: Context): void {
  const span = tracer.startSpan(name, { attributes: { n } }, below)
  for (const child of children) record(child, trace.setSpan(below, span))
  span.end()
}

function recorded<Result>(tree: Tree, ask: (telemetry: TestTelemetry) => Result): Result {
  return recordTelemetry((telemetry) => {
    record(tree, context.active())
    return ask(telemetry)
  })
}

/** Whether it holds, as its opposite says too. */
function holds(telemetry: TestTelemetry, tree: ExpectedTrace): boolean {
  const passes = (assert: typeof assertTrace.not): boolean => {
    try {
      assert(telemetry, tree)
      return true
    } catch (error) {
      if ((error as Error).name !== 'AssertionError') throw error
      return false
    }
  }
  const answer = passes(assertTrace)
  expect(passes(assertTrace.not)).toBe(!answer)
  return answer
}

const asExpected = ({ name, n, children }: Tree): ExpectedTrace => ({
  span: name,
  attributes: { n },
  children: children.map(asExpected),
})

/** Trees of which every span has another `n`, and the top a name of its own. */
const trees: fc.Arbitrary<Tree> = fc
  .letrec<{ tree: { name: string; children: readonly unknown[] } }>((tie) => ({
    tree: fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      children: fc.oneof({ depthSize: 'small' }, fc.constant([]), fc.array(tie('tree'), { maxLength: 4 })),
    }),
  }))
  .tree.map((tree) => {
    let next = 0
    const numbered = ({ name, children }: { name: string; children: readonly unknown[] }): Tree => ({
      name,
      n: next++,
      children: (children as (typeof tree)[]).map(numbered),
    })
    return numbered({ name: 'top', children: [tree, tree] })
  })

const reversed = (tree: ExpectedTrace): ExpectedTrace => ({
  ...tree,
  children: (tree.children ?? []).map(reversed).toReversed(),
})

const all = (tree: Tree): readonly Tree[] => [tree, ...tree.children.flatMap(all)]

function changed(tree: Tree, n: number, change: (tree: ExpectedTrace) => ExpectedTrace): ExpectedTrace {
  const below = { ...asExpected(tree), children: tree.children.map((child) => changed(child, n, change)) }
  return tree.n === n ? change(below) : below
}

describe('a tree made from a recorded trace', () => {
  test('is like it, exactly and in order', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        recorded(tree, (telemetry) => {
          expect(holds(telemetry, asExpected(tree))).toBe(true)
          expect(holds(telemetry, { ...asExpected(tree), exact: true, ordered: true })).toBe(true)
        })
      }),
    )
  })

  test('is like it with its siblings the other way round, but not in order', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        recorded(tree, (telemetry) => {
          expect(holds(telemetry, { ...reversed(asExpected(tree)), exact: true })).toBe(true)
          expect(holds(telemetry, { ...reversed(asExpected(tree)), ordered: true })).toBe(false)
        })
      }),
    )
  })

  test('is not like it with one span changed, left out or added', () => {
    const withSpan = trees.chain((tree) => fc.tuple(fc.constant(tree), fc.constantFrom(...all(tree))))
    fc.assert(
      fc.property(withSpan, ([tree, { n }]) => {
        const one = (change: (tree: ExpectedTrace) => ExpectedTrace): ExpectedTrace => changed(tree, n, change)
        const leaf: ExpectedTrace = { span: 'a' }
        recorded(tree, (telemetry) => {
          expect(
            holds(
              telemetry,
              one((it) => ({ ...it, attributes: { n: -1 } })),
            ),
          ).toBe(false)
          expect(
            holds(
              telemetry,
              one((it) => ({ ...it, span: 'other' })),
            ),
          ).toBe(false)
          expect(
            holds(
              telemetry,
              one((it) => ({ ...it, children: [...(it.children ?? []), leaf] })),
            ),
          ).toBe(false)
          const fewer = one((it) => ({ ...it, children: (it.children ?? []).slice(1) }))
          const left = all(tree).find((it) => it.n === n)?.children.length
          expect(holds(telemetry, fewer)).toBe(true)
          expect(holds(telemetry, { ...fewer, exact: true })).toBe(left === 0)
        })
      }),
    )
  })
})

interface Wanted extends Pick<ExpectedTrace, 'times' | 'exact' | 'ordered'> {
  readonly span: string
  readonly children: readonly Wanted[]
}

/** Whether some assignment of expected children to recorded ones is as it has to be: every one is tried. */
function isLike(tree: Tree, wanted: Wanted, above = { exact: false, ordered: false }): boolean {
  const { span, children, exact = above.exact, ordered = above.ordered } = wanted
  if (tree.name !== span) return false
  const isChild = (child: Tree | undefined, one: Wanted): boolean =>
    child !== undefined && isLike(child, one, { exact, ordered })
  const counts = children.every(
    (one) => one.times === undefined || tree.children.filter((child) => isChild(child, one)).length === one.times,
  )
  const slots = children.flatMap((one) => Array.from({ length: one.times ?? 1 }, () => one))
  const assigned = (slot: number, taken: readonly number[]): boolean => {
    const one = slots[slot]
    if (one === undefined) return !exact || taken.length === tree.children.length
    return tree.children.some(
      (child, index) =>
        !taken.includes(index) &&
        !(ordered && taken.some((before) => before > index)) &&
        isChild(child, one) &&
        assigned(slot + 1, [...taken, index]),
    )
  }
  return counts && assigned(0, [])
}

const smallTrees: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record({
    name: fc.constantFrom('a', 'b'),
    n: fc.constant(0),
    children: fc.oneof({ maxDepth: 2, depthSize: 'small' }, fc.constant([]), fc.array(tie('tree'), { maxLength: 4 })),
  }),
})).tree

const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, value)

const smallWanted: fc.Arbitrary<Wanted> = fc.letrec<{ wanted: Wanted }>((tie) => ({
  wanted: fc
    .record({
      span: fc.constantFrom('a', 'b'),
      times: maybe(fc.nat(3)),
      exact: maybe(fc.boolean()),
      ordered: maybe(fc.boolean()),
      children: fc.oneof(
        { maxDepth: 2, depthSize: 'small' },
        fc.constant([]),
        fc.array(tie('wanted'), { maxLength: 3 }),
      ),
    })
    .map((wanted) => Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)) as never),
})).wanted

test('what is like what is as a search through all assignments says', () => {
  const tops = fc.record({
    children: fc.array(smallWanted, { maxLength: 3 }),
    exact: fc.boolean(),
    ordered: fc.boolean(),
  })
  const answers = { true: 0, false: 0 }
  fc.assert(
    fc.property(fc.array(smallTrees, { maxLength: 4 }), tops, (children, top) => {
      const tree = { name: 'top', n: 0, children }
      const wanted = { span: 'top', ...top }
      const answer = isLike(tree, wanted)
      answers[`${answer}`]++
      expect(recorded(tree, (telemetry) => holds(telemetry, wanted))).toBe(answer)
    }),
    { numRuns: 500 },
  )
  // Or it would say nothing.
  expect(Math.min(answers.true, answers.false)).toBeGreaterThan(20)
})

const leaf = (name: string, n = 0): Tree => ({ name, n, children: [] })
const top = (...children: readonly Tree[]): Tree => ({ name: 'top', n: 0, children })

/** Whether a trace of these children, each by its name, is like one of those. */
const likeAll = (names: string, tree: Omit<ExpectedTrace, 'span'>): boolean =>
  recorded(top(...Array.from(names, (name) => leaf(name))), (telemetry) => holds(telemetry, { span: 'top', ...tree }))

describe('times', () => {
  test.for([
    ['ab', 0, false],
    ['bb', 0, true],
    ['ab', 1, true],
    ['aba', 1, false],
    ['aba', 2, true],
    ['aba', 3, false],
    ['aba', 1_000_000_000, false],
  ] as const)('%s has a %i times: %s', ([names, times, answer]) => {
    expect(likeAll(names, { children: [{ span: 'a', times }] })).toBe(answer)
    expect(likeAll(names, { ordered: true, children: [{ span: 'a', times }] })).toBe(answer)
  })

  test('count every such child, whichever expected one it answers for', () => {
    const children = [{ span: 'a', times: 2 }, { span: /./ }]
    expect(likeAll('aab', { children })).toBe(true)
    expect(likeAll('aaa', { children })).toBe(false)
  })

  test('count what is below them too', () => {
    const tree = top({ ...leaf('a'), children: [leaf('b')] }, leaf('a'))
    recorded(tree, (telemetry) => {
      const aWithB = { span: 'a', children: [{ span: 'b' }] }
      expect(holds(telemetry, { span: 'top', children: [{ ...aWithB, times: 1 }] })).toBe(true)
      expect(holds(telemetry, { span: 'top', children: [{ ...aWithB, times: 2 }] })).toBe(false)
    })
  })
})

describe('exact and ordered', () => {
  const tree = top({ ...leaf('a'), children: [leaf('b'), leaf('c')] }, leaf('d'))
  const inside = { span: 'a', children: [{ span: 'c' }, { span: 'b' }] }

  test('hold for those below as well, until one says otherwise', () => {
    recorded(tree, (telemetry) => {
      const ordered = { span: 'top', ordered: true }
      expect(holds(telemetry, { ...ordered, children: [inside] })).toBe(false)
      expect(holds(telemetry, { ...ordered, children: [{ ...inside, ordered: false }] })).toBe(true)
      const exact = { span: 'top', exact: true }
      const a = { span: 'a', children: [{ span: 'b' }] }
      expect(holds(telemetry, { ...exact, children: [a, { span: 'd' }] })).toBe(false)
      expect(holds(telemetry, { ...exact, children: [{ ...a, exact: false }, { span: 'd' }] })).toBe(true)
      expect(holds(telemetry, { ...exact, children: [{ span: 'a' }, { span: 'd' }] })).toBe(false)
      expect(holds(telemetry, { span: 'd', exact: true })).toBe(true)
    })
  })

  test('in order is the order in which they began', () => {
    recordTelemetry((telemetry) => {
      const whole = tracer.startSpan('top')
      const below = trace.setSpan(context.active(), whole)
      const [first, second] = [tracer.startSpan('first', {}, below), tracer.startSpan('second', {}, below)]
      for (const span of [second, first, whole]) span.end()
      const children = [{ span: 'first' }, { span: 'second' }]
      expect(holds(telemetry, { span: 'top', ordered: true, children })).toBe(true)
      expect(holds(telemetry, { span: 'top', ordered: true, children: children.toReversed() })).toBe(false)
    })
  })
})

describe('siblings in any order', () => {
  test('an earlier choice is changed when a later one has no other', () => {
    const children = [{ span: /[abc]/ }, { span: /[ab]/ }, { span: 'a' }]
    expect(likeAll('abc', { exact: true, children })).toBe(true)
    expect(likeAll('abd', { children })).toBe(false)
  })

  test('all of many earlier choices are changed', () => {
    const many = 1000
    const wide = top(...Array.from({ length: many }, (_, n) => leaf('step', n)))
    const oneOf = (...ns: readonly number[]): ExpectedTrace => ({
      span: ({ attributes }) => ns.includes(attributes['n'] as number),
    })
    const inChain = Array.from({ length: many - 1 }, (_, n) => oneOf(n, n + 1))
    recorded(wide, (telemetry) => {
      expect(holds(telemetry, { span: 'top', exact: true, children: [...inChain, oneOf(0)] })).toBe(true)
      expect(holds(telemetry, { span: 'top', children: [...inChain, oneOf(0), oneOf(0)] })).toBe(false)
    })
  })
})

describe('a trace of 10,000 levels', () => {
  const levels = 10_000

  function recordDeep(): void {
    let below = context.active()
    const spans = Array.from({ length: levels }, (_, n) => {
      const span = tracer.startSpan('step', { attributes: { n } }, below)
      below = trace.setSpan(below, span)
      return span
    })
    for (const span of spans.toReversed()) span.end()
  }

  const deep = (last: number, from = 0): ExpectedTrace => {
    let tree: ExpectedTrace = { span: 'step', attributes: { n: last } }
    for (let n = levels - 2; n >= from; n--) tree = { span: 'step', children: [tree] }
    return tree
  }

  test('is found, whole and in part', () => {
    recordTelemetry((telemetry) => {
      recordDeep()
      assertTrace(telemetry, { ...deep(levels - 1), exact: true, ordered: true })
      assertTrace(telemetry, deep(levels - 1, 5000))
    })
  })

  test('is looked at a few times, though all of its spans are alike', () => {
    recordTelemetry((telemetry) => {
      recordDeep()
      let looks = 0
      const span = ({ name }: { readonly name: string }): boolean => {
        looks++
        return name === 'step'
      }
      let tree: ExpectedTrace = { span, attributes: { n: levels - 1 } }
      for (let n = 0; n < levels / 2; n++) tree = { span, children: [tree] }
      assertTrace(telemetry, tree)
      expect(looks).toBeLessThan(10 * levels)
    })
  })

  test('is not needed for what is not to be there', () => {
    recordTelemetry((telemetry) => {
      record(top(leaf('a')), context.active())
      let never: ExpectedTrace = { span: 'b' }
      for (let n = 0; n < 200; n++) never = { span: 'b', children: [never] }
      assertTrace(telemetry, { span: 'top', children: [{ span: 'a' }, { ...never, times: 0 }] })
    })
  })

  test('is told of where its deepest span differs', () => {
    recordTelemetry((telemetry) => {
      recordDeep()
      expect(() => expect(telemetry).toHaveTrace(deep(-1))).toThrowErrorMatchingInlineSnapshot(`
        [Error: expected a trace like this at span "step"

        the nearest differs:
          step > step > step > … 9994 more > step > step > step: n: expected -1, was 9999

        the test has recorded:
        > step n=0
            step n=1
              step n=2
                step n=3
                  step n=4
                    step n=5
                      step n=6
          … 9993 more]
      `)
      assertTrace.not(telemetry, deep(-1))
      assertTrace.not(telemetry, { span: 'step', children: [deep(levels - 1)] })
    })
  })
})

test('what a function in the tree throws is thrown', () => {
  recorded(top(), (telemetry) => {
    const span = (): boolean => {
      throw new RangeError('of its own')
    }
    expect(() => assertTrace(telemetry, { span })).toThrow(new RangeError('of its own'))
  })
})
