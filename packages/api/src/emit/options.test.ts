// The one options object, { parent, links, at, error, level }, means the same to every emitter.
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { expect, test, type TestTelemetry } from '@proprio/testing/vitest'
import { describe } from 'vitest'
import { flow } from '../call-site/flow.ts'
import { capture, captureException, type EmitOptions } from '../index.ts'

const { run, node, retryScheduled } = flow.workflow

const [traceId, spanId] = ['a'.repeat(32), 'b'.repeat(16)]
const far = { traceparent: `00-${traceId}-${spanId}-01` }
const at = new Date('2026-01-02T03:04:05.678Z')
const seconds = ([whole = 0, nanos = 0]: readonly number[]): number => whole + nanos / 1e9

const operations: Record<string, (options: EmitOptions) => unknown> = {
  run: (options) => run({}, options, () => 1),
  start: (options) => run.start({}, options).end(),
  record: (options) => run.record({}, { ...options, durationMs: 10 }),
  attempts: (options) => run.attempts({}, { ...options, times: 1 }, () => 1),
  async stream(options) {
    async function* three() {
      yield* [1, 2, 3]
    }
    for await (const _ of run.stream({}, three, options));
  },
  wrap: (options) => run.wrap(() => ({}), options)(() => 1)(),
  'capture a block': (options) => capture({ type: 'ad.hoc' }, options, () => 1),
  'capture a past operation': (options) => capture({ type: 'ad.hoc', durationMs: 10 }, options),
}

describe.each(Object.entries(operations))('%s', (_name, emit) => {
  const spanOf = async (telemetry: TestTelemetry, options: EmitOptions) => {
    telemetry.clear()
    await node({ node: 'outer' }, () => emit(options) as Promise<unknown>)
    return telemetry.span(/workflow|ad.hoc/)
  }

  test('is a child of the active span, of the parent that is given, or of none', async ({ telemetry }) => {
    expect(await spanOf(telemetry, {})).toBeChildOf(node)
    expect(await spanOf(telemetry, { parent: far })).toBeChildOf(far)
    expect((await spanOf(telemetry, { parent: null })).parentSpanId).toBeUndefined()
    using other = node.start({ node: 'other' })
    expect(await spanOf(telemetry, { parent: other })).toBeChildOf(other)
    other.end()
  })

  test('has links, begins at a time, and is of a level', async ({ telemetry }) => {
    const span = await spanOf(telemetry, { links: [far], at, level: 'debug' })
    expect(span).toBeLinkedTo(far)
    expect(span.links).toHaveLength(1)
    expect(seconds(span.start)).toBeCloseTo(at.getTime() / 1000, 6)
    expect(span).toHaveAttributes({ 'proprio.level': 'debug' })
    const again = await spanOf(telemetry, { at: at.getTime() })
    expect(seconds(again.start)).toBeCloseTo(at.getTime() / 1000, 6)
  })

  test('failed with the error', async ({ telemetry }) => {
    const span = await spanOf(telemetry, { error: new RangeError('told') })
    expect(span).toHaveStatus('error', 'told')
    expect(span).toHaveAttributes({ 'error.type': 'RangeError' })
    expect(telemetry).toHaveLog('told', {}, { level: 'error' })
    expect(telemetry.logs()).toHaveLength(1)
  })
})

const occurrences: Record<string, (options: EmitOptions) => void> = {
  occurrence: (options) => retryScheduled({ attempt: 1 }, options),
  'capture an occurrence': (options) => capture({ type: 'ad.hoc' }, options),
  'capture an exception': (options) => captureException(new Error('caught'), {}, options),
}

describe.each(Object.entries(occurrences))('%s', (name, emit) => {
  const eventOf = (telemetry: TestTelemetry, options: EmitOptions) => {
    telemetry.clear()
    node({ node: 'outer' }, () => emit(options))
    const [one, ...more] = telemetry.events()
    expect(more).toEqual([])
    if (!one) throw new Error('no event')
    return one
  }

  test('belongs to the active span, to the parent that is given, or to none', ({ telemetry }) => {
    const own = eventOf(telemetry, {})
    expect(telemetry.span(node)).toHaveEvent(own.name)
    expect(own.spanId).toBe(telemetry.span(node).spanId)
    expect(eventOf(telemetry, { parent: far })).toMatchObject({ traceId, spanId })
    expect(eventOf(telemetry, { parent: null }).spanId).toBeUndefined()
  })

  test('happened at a time, is of a level, and names its links', ({ telemetry }) => {
    const one = eventOf(telemetry, { at, level: 'critical', links: [far] })
    expect(seconds(one.time)).toBeCloseTo(at.getTime() / 1000, 6)
    expect(one.level).toBe('critical')
    expect(one).toHaveAttributes({ 'proprio.links': [far.traceparent] })
  })

  test('tells of the error', ({ telemetry }) => {
    const one = eventOf(telemetry, { error: new RangeError('told') })
    const message = name === 'capture an exception' ? 'caught' : 'told'
    expect(one).toHaveAttributes({ 'exception.message': message })
  })
})

test('record without `at` ended now', ({ telemetry }) => {
  const before = Date.now()
  run.record({}, { durationMs: 5000 })
  const { start, end } = telemetry.span(run)
  expect(seconds(end) - seconds(start)).toBeCloseTo(5, 5)
  expect(Math.abs(seconds(end) * 1000 - before)).toBeLessThan(5000)
})

test('a parent that is inert leaves the active one', ({ telemetry }) => {
  node({ node: 'outer' }, () => run({}, { parent: { traceparent: '' } }, () => 1))
  expect(telemetry.span(run)).toBeChildOf(node)
  context.with(ROOT_CONTEXT, () => expect(trace.getActiveSpan()).toBeUndefined())
})
