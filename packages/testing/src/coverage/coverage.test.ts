// Which event types tests have emitted, asked in the process in which they run.
import { context, ROOT_CONTEXT } from '@opentelemetry/api'
import { catalogue, counter, gauge, histogram, integer, occurrence, operation } from '@proprio/api'
import { expect, test } from 'vitest'
import { assertCoverage, coverage, recordTelemetry, startReceiver } from '../index.ts'

const plain = () => operation({ summary: 'One.', span: 'one', attributes: {} })
const fail = (): never => {
  throw new RangeError('no')
}

/** Of the one catalogue of a test: they are all of one process. */
const coverageOf = (name: string, ignore: readonly string[] = []) =>
  coverage({ catalogues: [name], ignore }).catalogues[0]

test('event types of each kind: emitted, only failing, never emitted', () => {
  const flow = catalogue(
    'flow',
    { version: '3.0.0' },
    {
      workflow: {
        run: operation({
          summary: 'A run.',
          span: 'run',
          attributes: { findings: integer('Findings.', { measure: 'counter' }) },
        }),
        node: plain(),
        step: plain(),
        old: operation({ summary: 'A run.', span: 'run', attributes: {}, deprecated: { renamedTo: 'workflow.run' } }),
        retryScheduled: occurrence({ summary: 'A retry.', level: 'error', attributes: {} }),
        dropped: occurrence({ summary: 'A drop.', level: 'error', attributes: {} }),
      },
      queue: {
        length: gauge({ summary: 'Length.', unit: '{run}', metric: 'messaging.queue.length' }),
        taken: counter({ summary: 'Taken.', unit: '{run}' }),
        waits: histogram({ summary: 'Waits.', unit: 's' }),
      },
    },
  )
  recordTelemetry(() => {
    expect(() => flow.workflow.run({}, fail)).toThrow(RangeError)
    flow.workflow.run({ findings: 2 }, () => flow.workflow.retryScheduled({}, { error: new Error('again') }))
    flow.workflow.step({}, () => undefined)
    expect(() => flow.workflow.node({}, fail)).toThrow(RangeError)
    flow.workflow.old({}, () => undefined)
    flow.queue.length.set(2)
    flow.queue.waits.record(2)
  })
  const { catalogues, text } = coverage({ catalogues: ['flow'] })
  expect(catalogues).toEqual([
    {
      name: 'flow',
      version: '3.0.0',
      share: 5 / 8,
      emitted: ['workflow.run', 'workflow.step', 'workflow.retryScheduled', 'queue.length', 'queue.waits'],
      onlyFailing: ['workflow.node'],
      neverEmitted: ['workflow.dropped', 'queue.taken'],
      outsideOfTests: [],
      neverFailed: ['workflow.step'],
    },
  ])
  expect(text).toMatchInlineSnapshot(`
    "flow 3.0.0  62.5%  5 of 8 event types emitted
      never emitted  workflow.dropped         occurrence
                     queue.taken              counter
      only failing   workflow.node            operation
      never failed   workflow.step"
  `)
})

test('what is claimed for no test does not count, and is told of', () => {
  const nobody = catalogue(
    'nobody',
    { version: '1.0.0' },
    { a: { lost: plain(), both: plain(), size: gauge({ summary: 'S.', unit: '1' }) } },
  )
  recordTelemetry(() => {
    context.with(ROOT_CONTEXT, () => nobody.a.lost({}, () => nobody.a.size.set(1)))
    context.with(ROOT_CONTEXT, () => nobody.a.both({}, () => undefined))
    nobody.a.both({}, () => undefined)
  })
  expect(coverageOf('nobody')).toMatchObject({
    emitted: ['a.both'],
    neverEmitted: ['a.lost', 'a.size'],
    outsideOfTests: ['a.lost', 'a.size'],
  })
  expect(coverage({ catalogues: ['nobody'] }).text).toContain('a.lost  operation, outside of tests only')
})

test('what a test forgets, leaves open until after it, or asks an instrument has been emitted', async () => {
  const late = catalogue(
    'late',
    { version: '1.0.0' },
    {
      a: {
        forgotten: plain(),
        open: plain(),
        asked: gauge({ summary: 'A.', unit: '1' }),
        unasked: gauge({ summary: 'A.', unit: '1' }),
      },
    },
  )
  const { promise, resolve } = Promise.withResolvers<void>()
  const open = recordTelemetry((telemetry) => {
    late.a.forgotten({}, () => undefined)
    telemetry.clear()
    const asked = late.a.asked.observe(() => 1)
    telemetry.metrics()
    asked[Symbol.dispose]()
    late.a.unasked.observe(() => 1)[Symbol.dispose]()
    return { ended: late.a.open({}, () => promise) }
  })
  expect(coverageOf('late')?.emitted).toEqual(['a.forgotten', 'a.asked'])
  resolve()
  await open.ended
  expect(coverageOf('late')?.emitted).toEqual(['a.forgotten', 'a.open', 'a.asked'])
})

test('what another process has sent counts, by the scope of its version', async () => {
  catalogue('remote', { version: '1.0.0' }, { a: { b: plain(), c: plain() } })
  await using receiver = await startReceiver()
  const span = (version: string, type: string) => ({
    scope: { name: 'remote', version },
    spans: [
      {
        traceId: '0af7651916cd43dd8448eb211c80319c',
        spanId: 'b7ad6b7169203331',
        name: 'x',
        startTimeUnixNano: '1',
        endTimeUnixNano: '2',
        attributes: [{ key: 'proprio.type', value: { stringValue: type } }],
      },
    ],
  })
  const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [span('1.0.0', 'a.b'), span('2.0.0', 'a.c')] }] })
  await fetch(`${receiver.url}/v1/traces`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  expect(coverageOf('remote')).toMatchObject({ emitted: ['a.b'], neverEmitted: ['a.c'] })
})

test('ignored event types do not count', () => {
  const some = catalogue('some', { version: '1.0.0' }, { llm: { ask: plain(), tell: plain() }, tool: { use: plain() } })
  recordTelemetry(() => some.tool.use({}, () => undefined))
  expect(coverageOf('some')?.share).toBe(1 / 3)
  expect(coverageOf('some', ['llm.ask'])).toMatchObject({ share: 1 / 2, neverEmitted: ['llm.tell'] })
  expect(coverageOf('some', ['llm.*'])).toMatchObject({ share: 1, neverEmitted: [] })
  expect(coverageOf('some', ['some.llm.*'])?.share).toBe(1)
  expect(coverageOf('some', ['*'])).toMatchObject({ share: 1, emitted: [] })
})

test('the floor is that of each catalogue', () => {
  const high = catalogue('high', { version: '1.0.0' }, { a: { b: plain() } })
  const low = catalogue('low', { version: '1.0.0' }, { a: { b: plain(), c: plain(), d: plain() } })
  recordTelemetry(() => [high.a.b, low.a.b, low.a.c].map((emit) => emit({}, () => undefined)))
  assertCoverage({ floor: 0.66, catalogues: ['high', 'low'] })
  assertCoverage({ floor: 1, catalogues: ['high', 'low'], ignore: ['low.a.d'] })
  expect(() => assertCoverage({ floor: 0.9, catalogues: ['high', 'low'] })).toThrowErrorMatchingInlineSnapshot(`
    [AssertionError: coverage is below the floor of 90%: low is at 66.6%. Have a test emit what is never emitted, and succeed at what is only failing, or name in \`ignore\` what no test needs to emit

    high 1.0.0  100%  1 of 1 event types emitted, floor 90%
      never failed   a.b

    low 1.0.0  66.6%  2 of 3 event types emitted, floor 90%
      never emitted  a.d  operation
      never failed   a.b, a.c]
  `)
})

test.each([
  [{ floor: 90 }],
  [{ floor: '90%' }],
  [{ floor: Number.NaN }],
  [{}],
  [{ flor: 0.9 }],
  [null],
  [0.9],
  [{ floor: 0.9, catalogues: 'flow' }],
  [{ floor: 0.9, catalogues: [7] }],
  [{ floor: 0.9, ignore: /llm/ }],
  [{ floor: 0.9, catalogues: ['flwo'] }],
  [{ floor: 0.9, ignore: ['workflow.nod'] }],
])('a mistake is told: %o', (options) => {
  catalogue('flow', { version: '3.0.0' }, { workflow: { node: plain() } })
  expect(() => assertCoverage(options as never)).toThrow(TypeError)
  expect(() => assertCoverage(options as never)).toThrowErrorMatchingSnapshot()
})
