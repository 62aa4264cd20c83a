// The one options object, { parent, links, at, error, level }, means the same to every emitter.
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import { beforeEach, describe, expect, test } from 'vitest'
import { flow } from '../call-site/flow.ts'
import { record } from '../fixtures/recording.ts'
import { capture, captureException, type EmitOptions } from '../index.ts'

const recording = record()
beforeEach(() => recording.clear())
const { run, node, retryScheduled } = flow.workflow

const far = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }
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
  const spanOf = async (options: EmitOptions): Promise<ReadableSpan> => {
    await node({ node: 'outer' }, () => emit(options) as Promise<unknown>)
    const [span] = recording.spans
    if (!span) throw new Error('no span')
    return span
  }

  test('is a child of the active span, of the parent that is given, or of none', async () => {
    const child = await spanOf({})
    expect(child.parentSpanContext?.spanId).toBe(recording.spans[1]?.spanContext().spanId)
    await recording.clear()
    const remote = await spanOf({ parent: far })
    expect(remote.spanContext().traceId).toBe('a'.repeat(32))
    expect(remote.parentSpanContext).toMatchObject({ spanId: 'b'.repeat(16), isRemote: true })
    await recording.clear()
    const root = await spanOf({ parent: null })
    expect(root.parentSpanContext).toBeUndefined()
    await recording.clear()
    using other = node.start({ node: 'other' })
    const given = await spanOf({ parent: other })
    expect(given.parentSpanContext?.spanId).toBe(other.span.spanContext().spanId)
    other.end()
  })

  test('has links, begins at a time, and is of a level', async () => {
    const span = await spanOf({ links: [far], at, level: 'debug' })
    expect(span.links.map((link) => link.context.spanId)).toEqual(['b'.repeat(16)])
    expect(seconds(span.startTime)).toBeCloseTo(at.getTime() / 1000, 6)
    expect(span.attributes['proprio.level']).toBe('debug')
    await recording.clear()
    const again = await spanOf({ at: at.getTime() })
    expect(seconds(again.startTime)).toBeCloseTo(at.getTime() / 1000, 6)
  })

  test('failed with the error', async () => {
    const span = await spanOf({ error: new RangeError('told') })
    expect(span.status.message).toBe('told')
    expect(span.attributes['error.type']).toBe('RangeError')
    expect(recording.records).toMatchObject([{ body: 'told', severityNumber: 17 }])
  })
})

const occurrences: Record<string, (options: EmitOptions) => void> = {
  occurrence: (options) => retryScheduled({ attempt: 1 }, options),
  'capture an occurrence': (options) => capture({ type: 'ad.hoc' }, options),
  'capture an exception': (options) => captureException(new Error('caught'), {}, options),
}

describe.each(Object.entries(occurrences))('%s', (name, emit) => {
  const recordOf = (options: EmitOptions) => {
    node({ node: 'outer' }, () => emit(options))
    const [one] = recording.records
    if (!one) throw new Error('no record')
    return one
  }

  test('belongs to the active span, to the parent that is given, or to none', async () => {
    expect(recordOf({}).spanContext?.spanId).toBe(recording.spans[0]?.spanContext().spanId)
    await recording.clear()
    expect(recordOf({ parent: far }).spanContext).toMatchObject({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) })
    await recording.clear()
    expect(recordOf({ parent: null }).spanContext).toBeUndefined()
  })

  test('happened at a time, is of a level, and names its links', () => {
    const one = recordOf({ at, level: 'critical', links: [far] })
    expect(seconds(one.hrTime)).toBeCloseTo(at.getTime() / 1000, 6)
    expect(one.severityNumber).toBe(21)
    expect(one.attributes['proprio.links']).toEqual([far.traceparent])
  })

  test('tells of the error', () => {
    const one = recordOf({ error: new RangeError('told') })
    const message = name === 'capture an exception' ? 'caught' : 'told'
    expect(one.attributes['exception.message']).toBe(message)
  })
})

test('record without `at` ended now', () => {
  const before = Date.now()
  run.record({}, { durationMs: 5000 })
  const [span] = recording.spans
  expect(seconds(span?.duration ?? [])).toBeCloseTo(5, 5)
  expect(Math.abs(seconds(span?.endTime ?? []) * 1000 - before)).toBeLessThan(5000)
})

test('a parent that is inert leaves the active one', () => {
  node({ node: 'outer' }, () => run({}, { parent: { traceparent: '' } }, () => 1))
  expect(recording.spans[0]?.parentSpanContext?.spanId).toBe(recording.spans[1]?.spanContext().spanId)
  context.with(ROOT_CONTEXT, () => expect(trace.getActiveSpan()).toBeUndefined())
})
