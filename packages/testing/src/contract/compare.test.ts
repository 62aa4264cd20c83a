// Every way in which a catalogue may change, made by changing one, and which of them lets somebody down.
import {
  type Attribute,
  catalogue,
  type CatalogueDescription,
  choice,
  counter,
  type Definition,
  describe as describeCatalogue,
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
import { describe, expect, test } from 'vitest'
import { compareContracts } from './index.ts'

type Events = Readonly<Record<string, Definition>>
type Attributes = Readonly<Record<string, Attribute<unknown>>>

/** The description of a catalogue with these event types in its layer `workflow`. */
const withEvents = (events: Events, context: Attributes = {}, name = 'flow'): CatalogueDescription =>
  describeCatalogue(catalogue(name, { version: '1.0.0', context }, { workflow: events }))
const run = (attributes: Attributes = {}) => operation({ summary: 'One run.', span: 'run', attributes })
const withAttributes = (attributes: Attributes): CatalogueDescription => withEvents({ run: run(attributes) })
const withContext = (context: Attributes): CatalogueDescription => withEvents({ run: run() }, context)

const compare = (was: CatalogueDescription, now: CatalogueDescription): string[] =>
  compareContracts(was, now).map(
    ({ breaking, kind, at, text }) => `${breaking ? 'BREAKS' : 'fits'} ${kind} | ${at}: ${text}`,
  )

const at = 'workflow.run attribute it'
const secret = (sensitive: 'drop' | 'hash') => text('It.', { sensitive })

describe('an attribute that is there in both', () => {
  test.each<[string, Attribute<unknown>, Attribute<unknown>, string[]]>([
    [
      'its kind',
      integer('It.'),
      number('It.'),
      [`BREAKS changed | ${at}: its kind changed from "integer" to "number"`],
    ],
    [
      'its kind, from a choice: its values are no further change',
      choice(['a'], 'It.'),
      text('It.'),
      [`BREAKS changed | ${at}: its kind changed from "choice" to "text"`],
    ],
    [
      'what a list is of',
      list(text('One.'), 'It.'),
      list(integer('One.'), 'It.'),
      [`BREAKS changed | ${at}: what it is a list of changed from "text" to "integer"`],
    ],
    [
      'its kind, to a list',
      text('It.'),
      list(text('One.'), 'It.'),
      [`BREAKS changed | ${at}: its kind changed from "text" to "list"`],
    ],
    [
      'its unit',
      integer('It.', { unit: 's' }),
      integer('It.', { unit: 'ms' }),
      [`BREAKS changed | ${at}: its unit changed from "s" to "ms"`],
    ],
    [
      'its unit, taken away',
      integer('It.', { unit: 's' }),
      integer('It.'),
      [`BREAKS changed | ${at}: its unit changed from "s" to none`],
    ],
    [
      'its unit, said for the first time',
      integer('It.'),
      integer('It.', { unit: 's' }),
      [`fits changed | ${at}: says its unit, s`],
    ],
    [
      'its name on the wire',
      text('It.'),
      text('It.', { name: 'flow.it' }),
      [`BREAKS renamed | ${at}: its name on the wire changed from flow.workflow.it to flow.it`],
    ],
    [
      'its values, fewer and more',
      choice(['a', 'b', 'c'], 'It.'),
      choice(['d', 'b'], 'It.'),
      [`BREAKS changed | ${at}: its values lack "a", "c"`, `fits changed | ${at}: takes "d" too`],
    ],
    ['its values, in another order', choice(['a', 'b'], 'It.'), choice(['b', 'a'], 'It.'), []],
    [
      'required',
      text('It.'),
      text('It.', { required: true }),
      [`BREAKS changed | ${at}: became required: calls that do not give it no longer compile`],
    ],
    [
      'no longer required',
      text('It.', { required: true }),
      text('It.'),
      [`fits changed | ${at}: is no longer required`],
    ],
    [
      'its dimension, taken away',
      flag('It.', { dimension: true }),
      flag('It.'),
      [`BREAKS changed | ${at}: is no longer a dimension: metrics cannot be grouped by it`],
    ],
    [
      'its dimension, given',
      flag('It.'),
      flag('It.', { dimension: true }),
      [`fits changed | ${at}: became a dimension of the metrics`],
    ],
    [
      'the bound of its dimension, lower',
      text('It.', { dimension: { atMost: 9 } }),
      text('It.', { dimension: { atMost: 8 } }),
      [`BREAKS changed | ${at}: the bound of its dimension fell to 8: series past it fold into _OTHER`],
    ],
    [
      'the bound of its dimension, higher',
      text('It.', { dimension: { atMost: 8 } }),
      text('It.', { dimension: { atMost: 9 } }),
      [`fits changed | ${at}: the bound of its dimension rose from 8`],
    ],
    [
      'the bound of its dimension, where there was none and where none is any more',
      choice(['a'], 'It.', { dimension: true }),
      text('It.', { dimension: { atMost: 8 } }),
      [
        `BREAKS changed | ${at}: its kind changed from "choice" to "text"`,
        `BREAKS changed | ${at}: the bound of its dimension fell to 8: series past it fold into _OTHER`,
      ],
    ],
    [
      'sensitive',
      text('It.'),
      secret('hash'),
      [`BREAKS changed | ${at}: sensitive changed from none to "hash": the values on the wire are others`],
    ],
    [
      'sensitive in another way',
      secret('hash'),
      secret('drop'),
      [`BREAKS changed | ${at}: sensitive changed from "hash" to "drop": the values on the wire are others`],
    ],
    [
      'no longer sensitive',
      secret('hash'),
      text('It.'),
      [`BREAKS changed | ${at}: is no longer sensitive: it leaves in clear, and before with sensitive: 'hash'`],
    ],
    [
      'its default',
      choice(['a', 'b'], 'It.', { default: 'a' }),
      choice(['a', 'b'], 'It.', { default: 'b' }),
      [`BREAKS changed | ${at}: its default changed from "a" to "b"`],
    ],
    [
      'its default, taken away',
      choice(['a', 'b'], 'It.', { default: 'a' }),
      choice(['a', 'b'], 'It.'),
      [`BREAKS changed | ${at}: its default changed from "a" to none`],
    ],
    [
      'its default, given',
      choice(['a', 'b'], 'It.'),
      choice(['a', 'b'], 'It.', { default: 'a' }),
      [`fits changed | ${at}: has a default, "a"`],
    ],
    ['its summary', text('It.'), text('That.'), [`fits changed | ${at}: its summary changed`]],
    [
      'deprecated',
      text('It.'),
      text('It.', { deprecated: { renamedTo: 'other' } }),
      [`fits deprecated | ${at}: deprecated, in favour of other`],
    ],
    [
      'deprecated in favour of another',
      text('It.', { deprecated: { renamedTo: 'it' } }),
      text('It.', { deprecated: { renamedTo: 'other' } }),
      [`fits deprecated | ${at}: deprecated, in favour of other`],
    ],
    [
      'no longer deprecated',
      text('It.', { deprecated: { renamedTo: 'other' } }),
      text('It.'),
      [`fits changed | ${at}: is no longer deprecated`],
    ],
  ])('%s', (_what, was, now, expected) => {
    const other = flag('Another.')
    expect(compare(withAttributes({ it: was, other }), withAttributes({ it: now, other }))).toEqual(expected)
    // Of the context the same holds, but for what the context cannot say.
    if ([was, now].some(({ options }) => options.required || options.default !== undefined)) return
    const ofContext = expected.map((line) =>
      line.replace('workflow.run attribute it', 'context it').replace('flow.workflow.it', 'flow.it'),
    )
    if (now.options.name === undefined)
      expect(compare(withContext({ it: was, other }), withContext({ it: now, other }))).toEqual(ofContext)
  })
})

describe('an attribute that goes or comes', () => {
  test('is removed', () =>
    expect(compare(withAttributes({ it: text('It.'), b: flag('B.') }), withAttributes({ b: flag('B.') }))).toEqual([
      `BREAKS removed | ${at}: removed`,
    ]))

  test('is added, optional and required', () =>
    expect(
      compare(withAttributes({}), withAttributes({ it: text('It.'), that: text('That.', { required: true }) })),
    ).toEqual([
      `fits added | ${at}: added`,
      'BREAKS added | workflow.run attribute that: added, and required: calls that do not give it no longer compile',
    ]))

  test('may have been renamed, where kind and summary are the same', () => {
    const was = withAttributes({ it: text('It.') })
    expect(compare(was, withAttributes({ more: integer('It.'), that: text('It.') }))).toEqual([
      `BREAKS renamed | ${at}: removed, or renamed from it to that?`,
      'fits added | workflow.run attribute more: added',
      'fits added | workflow.run attribute that: added',
    ])
    expect(compare(was, withAttributes({ that: text('That.'), more: integer('It.') }))[0]).toBe(
      `BREAKS removed | ${at}: removed`,
    )
  })

  test('has another key only, where its name on the wire is the same', () => {
    const [change] = compareContracts(
      withAttributes({ it: text('It.') }),
      withAttributes({ that: text('That.', { name: 'flow.workflow.it' }) }),
    )
    expect(change).toEqual({
      kind: 'renamed',
      breaking: true,
      at,
      text: 'its key changed to that: calls and tests that say it no longer compile',
      mend: 'Call it it again: on the wire nothing has changed.',
    })
  })

  test('is renamed as it should be: both are there, then one', () => {
    const before = withAttributes({ it: integer('It.', { measure: 'counter', dimension: { atMost: 3 } }) })
    const that = integer('That.', { measure: 'counter' })
    const between = withAttributes({
      it: integer('It.', { measure: 'counter', dimension: { atMost: 3 }, deprecated: { renamedTo: 'that' } }),
      that,
    })
    expect(compare(before, between)).toEqual([
      `fits deprecated | ${at}: deprecated, in favour of that`,
      'fits added | workflow.run attribute that: added',
      'fits added | metric flow.workflow.run.that: added: workflow.run records it',
    ])
    expect(compare(between, withAttributes({ that }))).toEqual([
      `fits removed | ${at}: removed, as announced, in favour of that`,
      'fits removed | metric flow.workflow.run.it: workflow.run no longer records it',
    ])
    const bare = integer('It.', { deprecated: { renamedTo: 'that' } })
    expect(compare(between, withAttributes({ it: bare, that }))).toEqual([
      `fits changed | ${at}: is no longer a dimension: metrics cannot be grouped by it`,
      'fits removed | metric flow.workflow.run.it: workflow.run no longer records it',
    ])
    expect(compare(before, withAttributes({ that })).filter((line) => line.startsWith('BREAKS'))).toEqual([
      `BREAKS removed | ${at}: removed`,
      'BREAKS removed | metric flow.workflow.run.it: workflow.run no longer records it',
    ])
  })

  test('is renamed on the wire as it should be: its old name passes to a key that is deprecated', () => {
    const before = withAttributes({ it: text('It.') })
    const it = text('It.', { name: 'flow.it' })
    const heir = (renamedTo: string) =>
      withAttributes({ it, formerly: text('It.', { name: 'flow.workflow.it', deprecated: { renamedTo } }) })
    expect(compare(before, heir('it'))).toEqual([
      `fits renamed | ${at}: its name on the wire changed from flow.workflow.it to flow.it; formerly keeps the old one`,
      'fits added | workflow.run attribute formerly: added',
    ])
    expect(compare(before, heir('formerly'))[0]).toMatch(/^BREAKS renamed/)
    expect(compare(heir('it'), withAttributes({ it }))).toEqual([
      'fits removed | workflow.run attribute formerly: removed, as announced, in favour of it',
    ])
  })

  test('that is deprecated may take another name on the wire', () => {
    const other = text('Other.')
    const deprecated = { renamedTo: 'other' }
    expect(
      compare(
        withAttributes({ it: text('It.', { deprecated }), other }),
        withAttributes({ it: text('It.', { deprecated, name: 'flow.it' }), other }),
      ),
    ).toEqual([`fits renamed | ${at}: its name on the wire changed from flow.workflow.it to flow.it`])
  })

  test('that is deprecated goes, whoever takes its name on the wire', () => {
    const gone = (was: CatalogueDescription, now: Attributes) => compare(was, withAttributes(now))[0]
    const that = text('That.', { name: 'flow.workflow.it' })
    const deprecated = { renamedTo: 'other' }
    const other = text('Other.')
    expect(gone(withAttributes({ it: text('It.', { deprecated }), other }), { other, that })).toBe(
      `fits removed | ${at}: removed, as announced, in favour of other`,
    )
    const leaving = operation({
      summary: 'One run.',
      span: 'run',
      deprecated: { renamedTo: 'workflow.run' },
      attributes: { it: text('It.') },
    })
    expect(compare(withEvents({ run: leaving }), withAttributes({ that })).slice(1, 2)).toEqual([
      `fits removed | ${at}: removed from an event type that is deprecated`,
    ])
  })

  test('that is deprecated and less at once breaks: it was not announced', () => {
    const deprecated = { renamedTo: 'it' }
    expect(
      compare(
        withAttributes({ it: flag('It.', { dimension: true }) }),
        withAttributes({ it: flag('It.', { deprecated }) }),
      ),
    ).toEqual([
      `BREAKS changed | ${at}: is no longer a dimension: metrics cannot be grouped by it`,
      `fits deprecated | ${at}: deprecated, in favour of it`,
    ])
    const renamedTo = 'workflow.run'
    const bare = operation({ summary: 'One run.', span: 'run', deprecated: { renamedTo }, attributes: {} })
    expect(compare(withAttributes({ it: flag('It.') }), withEvents({ run: bare }))).toEqual([
      'fits deprecated | workflow.run: deprecated, in favour of workflow.run',
      `BREAKS removed | ${at}: removed`,
    ])
  })

  test('from the context', () => {
    const was = withContext({ user: id('Who.'), old: id('Old.', { deprecated: { renamedTo: 'user' } }) })
    expect(compare(was, withContext({ person: id('Who.') }))).toEqual([
      'BREAKS renamed | context user: removed, or renamed from user to person?',
      'fits removed | context old: removed, as announced, in favour of user',
      'fits added | context person: added',
    ])
  })
})

describe('an event type that is there in both', () => {
  const it = { summary: 'It.', attributes: {} }
  test.each<[string, Definition, Definition, string[]]>([
    [
      'its level: a failure’s',
      operation({ ...it, span: 'it' }),
      operation({ ...it, span: 'it', level: 'warn' }),
      ['BREAKS changed | workflow.it: its level changed from "error" to "warn"'],
    ],
    [
      'its level: an occurrence’s',
      occurrence({ ...it, level: 'info' }),
      occurrence({ ...it, level: 'error' }),
      ['BREAKS changed | workflow.it: its level changed from "info" to "error"'],
    ],
    [
      'its span',
      operation({ ...it, span: ['it', 'that'] }),
      operation({ ...it, span: 'it', kind: 'server' }),
      [
        'BREAKS changed | workflow.it: its span\'s names changed from ["it","that"] to ["it"]',
        'BREAKS changed | workflow.it: its span\'s kind changed from "internal" to "server"',
      ],
    ],
    [
      'its kind: what only one of them has is no further change',
      operation({ ...it, span: 'it', announce: true, slow: { warn: '1s' }, keep: 'cold' }),
      occurrence({ ...it, level: 'warn', message: 'it' }),
      [
        'BREAKS changed | workflow.it: its kind changed from "operation" to "occurrence"',
        'BREAKS removed | metric flow.workflow.it.duration: workflow.it no longer records it',
        'fits added | metric flow.workflow.it.count: added: workflow.it records it',
      ],
    ],
    [
      'its message',
      occurrence({ ...it, level: 'info' }),
      occurrence({ ...it, level: 'info', message: 'it was' }),
      ['fits changed | workflow.it: its message changed from none to "it was"'],
    ],
    [
      'no longer on the span',
      occurrence({ ...it, level: 'info' }),
      occurrence({ ...it, level: 'info', onSpan: false }),
      ['BREAKS changed | workflow.it: is no longer an event of the active span'],
    ],
    [
      'on the span',
      occurrence({ ...it, level: 'info', onSpan: false }),
      occurrence({ ...it, level: 'info' }),
      ['fits changed | workflow.it: is now an event of the active span'],
    ],
    [
      'no longer announced',
      operation({ ...it, span: 'it', announce: true }),
      operation({ ...it, span: 'it' }),
      ['BREAKS changed | workflow.it: is no longer announced by a record when it starts'],
    ],
    [
      'announced',
      operation({ ...it, span: 'it' }),
      operation({ ...it, span: 'it', announce: true }),
      ['fits changed | workflow.it: is now announced by a record when it starts'],
    ],
    [
      'no longer kept cold',
      occurrence({ ...it, level: 'info', keep: 'cold' }),
      occurrence({ ...it, level: 'info' }),
      ['BREAKS changed | workflow.it: keep changed from "cold" to none'],
    ],
    [
      'kept cold',
      occurrence({ ...it, level: 'info', keep: 'hot' }),
      occurrence({ ...it, level: 'info', keep: 'cold' }),
      ['fits changed | workflow.it: keep changed from "hot" to "cold"'],
    ],
    [
      'its limits: one taken away, one moved',
      operation({ ...it, span: 'it', slow: { warn: '1s', error: '2s' } }),
      operation({ ...it, span: 'it', slow: { error: '3s' } }),
      [
        'BREAKS changed | workflow.it: slow.warn changed from 1 to none (seconds)',
        'fits changed | workflow.it: slow.error changed from 2 to 3 (seconds)',
      ],
    ],
    [
      'its limits: given',
      operation({ ...it, span: 'it' }),
      operation({ ...it, span: 'it', slow: { warn: '1s' } }),
      ['fits changed | workflow.it: slow.warn changed from none to 1 (seconds)'],
    ],
    [
      'its summary',
      operation({ ...it, span: 'it' }),
      operation({ ...it, span: 'it', summary: 'That.' }),
      ['fits changed | workflow.it: its summary changed'],
    ],
    [
      'deprecated',
      operation({ ...it, span: 'it' }),
      operation({ ...it, span: 'it', deprecated: { renamedTo: 'workflow.run' } }),
      ['fits deprecated | workflow.it: deprecated, in favour of workflow.run'],
    ],
  ])('%s', (_what, was, now, expected) =>
    expect(compare(withEvents({ it: was, run: run() }), withEvents({ it: now, run: run() }))).toEqual(expected),
  )

  test('its layer and its name on the wire, which a catalogue makes of its path', () => {
    const was = withEvents({ run: run() })
    const eventTypes = was.eventTypes.map((event) => ({ ...event, layer: 'flow', name: 'flow.run' }))
    expect(compare(was, { ...was, eventTypes })).toEqual([
      'BREAKS changed | workflow.run: its layer changed from "workflow" to "flow"',
      'BREAKS changed | workflow.run: its name changed from "flow.workflow.run" to "flow.run"',
    ])
  })
})

describe('an event type that goes or comes', () => {
  const queued = gauge({ summary: 'Waiting.', unit: '{run}' })
  const measured = integer('Found.', { measure: 'counter' })

  test('is removed, and its metrics with it', () =>
    expect(compare(withEvents({ run: run({ measured }), queued }), withEvents({ queued }))).toEqual([
      'BREAKS removed | workflow.run: removed (with it: metric flow.workflow.run.duration, metric flow.workflow.run.measured)',
    ]))

  test('is removed, and another still records its metric', () => {
    const server = (summary: string) => operation({ summary, span: 'serve', metric: 'flow.serve', attributes: {} })
    expect(compare(withEvents({ a: server('A.'), b: server('B.') }), withEvents({ a: server('A.') }))).toEqual([
      'BREAKS removed | workflow.b: removed',
    ])
  })

  test('is added, with whatever it requires', () =>
    expect(
      compare(withEvents({ queued }), withEvents({ queued, run: run({ it: text('It.', { required: true }) }) })),
    ).toEqual(['fits added | workflow.run: added']))

  test('may have been renamed, where kind and summary are the same', () => {
    const [change, ...others] = compareContracts(withEvents({ run: run() }), withEvents({ start: run(), queued }))
    expect(change).toEqual({
      kind: 'renamed',
      breaking: true,
      at: 'workflow.run',
      text: 'removed, or renamed from workflow.run to workflow.start? (with it: metric flow.workflow.run.duration)',
      mend: "Keep workflow.run beside workflow.start, with deprecated: { renamedTo: 'workflow.start' }, for one more version.",
    })
    expect(others.map(({ at, breaking }) => [at, breaking])).toEqual([
      ['workflow.start', false],
      ['workflow.queued', false],
    ])
  })

  test('is renamed as it should be: both are there, then one', () => {
    const deprecated = { renamedTo: 'workflow.start' }
    const going = (attributes: Attributes) => operation({ summary: 'One run.', span: 'run', deprecated, attributes })
    const between = withEvents({ run: going({ measured, it: flag('It.', { dimension: true }) }), start: run() })
    expect(compare(between, withEvents({ start: run() }))).toEqual([
      'fits removed | workflow.run: removed, as announced, in favour of workflow.start (with it: metric flow.workflow.run.duration, metric flow.workflow.run.measured)',
    ])
    expect(compare(between, withEvents({ run: going({ it: flag('It.') }), start: run() }))).toEqual([
      'fits removed | workflow.run attribute measured: removed from an event type that is deprecated',
      'fits changed | workflow.run attribute it: is no longer a dimension: metrics cannot be grouped by it',
      'fits removed | metric flow.workflow.run.measured: workflow.run no longer records it',
    ])
  })

  test('that was not deprecated in the committed description breaks, though its successor is there', () =>
    expect(compare(withEvents({ run: run(), queued }), withEvents({ queued }))[0]).toMatch(/^BREAKS removed/))
})

describe('a metric', () => {
  const it = { summary: 'It.', unit: 's' }
  const timed = (buckets: readonly number[], metric = 'flow.time') =>
    operation({ summary: 'It.', span: 'it', metric, buckets, attributes: {} })
  test.each<[string, Definition, Definition, string[]]>([
    [
      'its unit',
      gauge(it),
      gauge({ ...it, unit: 'ms' }),
      ['BREAKS changed | metric flow.workflow.it: its unit changed from "s" to "ms"'],
    ],
    [
      'its instrument, and so the kind of its event type',
      gauge(it),
      counter(it),
      [
        'BREAKS changed | workflow.it: its kind changed from "gauge" to "counter"',
        'BREAKS changed | metric flow.workflow.it: its instrument changed from "gauge" to "counter"',
      ],
    ],
    [
      'its buckets',
      timed([1, 2]),
      timed([1, 2, 3]),
      ['BREAKS changed | metric flow.time: its buckets changed from [1,2] to [1,2,3]'],
    ],
    [
      'its buckets, said for the first time',
      histogram(it),
      histogram({ ...it, buckets: [1] }),
      ['BREAKS changed | metric flow.workflow.it: its buckets changed from none to [1]'],
    ],
    [
      'its name',
      timed([1]),
      timed([1], 'flow.duration'),
      [
        'BREAKS renamed | metric flow.time: workflow.it no longer records it, but flow.duration',
        'fits added | metric flow.duration: added: workflow.it records it',
      ],
    ],
    [
      'its name and its unit',
      gauge({ ...it, metric: 'flow.a' }),
      gauge({ ...it, unit: 'ms', metric: 'flow.b' }),
      [
        'BREAKS removed | metric flow.a: workflow.it no longer records it',
        'fits added | metric flow.b: added: workflow.it records it',
      ],
    ],
    [
      'the duration, where an attribute begins to be measured alike',
      operation({ summary: 'It.', span: 'it', attributes: {} }),
      occurrence({
        summary: 'It.',
        level: 'info',
        attributes: { size: integer('Size.', { unit: 's', measure: 'histogram' }) },
      }),
      [
        'BREAKS changed | workflow.it: its kind changed from "operation" to "occurrence"',
        'fits added | workflow.it attribute size: added',
        'BREAKS removed | metric flow.workflow.it.duration: workflow.it no longer records it',
        'fits added | metric flow.workflow.it.count: added: workflow.it records it',
        'fits added | metric flow.workflow.it.size: added: workflow.it records it',
      ],
    ],
    [
      'an attribute’s, no longer measured',
      run({
        runSize: integer('Size.', { measure: 'counter' }),
        size: integer('Size.', { deprecated: { renamedTo: 'size' } }),
      }),
      run({ runSize: integer('Size.'), size: integer('Size.', { deprecated: { renamedTo: 'size' } }) }),
      ['BREAKS removed | metric flow.workflow.it.run_size: workflow.it no longer records it'],
    ],
    [
      'an attribute’s, measured otherwise',
      run({ size: integer('Size.', { measure: 'counter' }) }),
      run({ size: integer('Size.', { measure: 'histogram' }) }),
      ['BREAKS changed | metric flow.workflow.it.size: its instrument changed from "counter" to "histogram"'],
    ],
    [
      'an attribute’s, measured now',
      run({ size: integer('Size.') }),
      run({ size: integer('Size.', { measure: 'counter' }) }),
      ['fits added | metric flow.workflow.it.size: added: workflow.it records it'],
    ],
    [
      'the duration, beside an attribute of that name that is deprecated',
      run({ duration: integer('It.', { deprecated: { renamedTo: 'duration' } }) }),
      operation({
        summary: 'One run.',
        span: 'run',
        metric: 'flow.time',
        attributes: { duration: integer('It.', { deprecated: { renamedTo: 'duration' } }) },
      }),
      [
        'BREAKS renamed | metric flow.workflow.it.duration: workflow.it no longer records it, but flow.time',
        'fits added | metric flow.time: added: workflow.it records it',
      ],
    ],
  ])('%s', (_what, was, now, expected) =>
    expect(compare(withEvents({ it: was }), withEvents({ it: now }))).toEqual(expected),
  )

  test('that event types share is told once', () =>
    expect(compare(withEvents({ a: timed([1]), b: timed([1]) }), withEvents({ a: timed([2]), b: timed([2]) }))).toEqual(
      ['BREAKS changed | metric flow.time: its buckets changed from [1] to [2]'],
    ))

  test('says in its mend what keeps it', () =>
    expect(
      [
        compareContracts(withEvents({ it: timed([1]) }), withEvents({ it: timed([1], 'flow.b') })),
        compareContracts(
          withAttributes({ size: integer('Size.', { measure: 'counter' }) }),
          withAttributes({ size: integer('Size.') }),
        ),
        compareContracts(withEvents({ it: timed([1]) }), withEvents({ it: gauge(it) })).slice(1),
      ].map(([change]) => change?.mend),
    ).toEqual([
      "Give workflow.it metric: 'flow.time'.",
      'Keep its measure on the attribute size.',
      'Keep the kind, the metric and the unit of workflow.it as they were.',
    ]))
})

describe('a catalogue', () => {
  const events = {
    run: run({ it: text('It.', { dimension: { atMost: 3 } }), done: integer('Done.', { measure: 'counter' }) }),
  }
  const context = { user: id('Who.') }

  test('is renamed: one change, and whatever else there is', () => {
    const was = withEvents(events, context)
    expect(compare(was, withEvents(events, context, 'stream'))).toEqual([
      'BREAKS renamed | catalogue: renamed from flow to stream, and with it every name on the wire that begins with flow',
    ])
    expect(compare(was, withEvents({ run: run() }, context, 'stream')).slice(1)).toEqual([
      'BREAKS removed | workflow.run attribute it: removed',
      'BREAKS removed | workflow.run attribute done: removed',
      'BREAKS removed | metric flow.workflow.run.done: workflow.run no longer records it',
    ])
  })

  test('is renamed, and an attribute keeps the name that it had', () =>
    expect(
      compare(
        withAttributes({ it: text('It.') }),
        withEvents({ run: run({ it: text('It.', { name: 'flow.workflow.it' }) }) }, {}, 'stream'),
      ),
    ).toHaveLength(1))

  test('of another version and schema is the same', () => {
    const of = (version: string) =>
      describeCatalogue(catalogue('flow', { version, schemaUrl: `https://flow.dev/${version}` }, { workflow: events }))
    expect(compare(of('1.0.0'), of('2.0.0'))).toEqual([])
  })

  test('in another order is the same', () => {
    const a = { a: text('A.') }
    const b = { b: text('B.') }
    expect(compare(withAttributes({ ...a, ...b }), withAttributes({ ...b, ...a }))).toEqual([])
    expect(compare(withEvents({ a: run(), b: run() }), withEvents({ b: run(), a: run() }))).toEqual([])
  })
})
