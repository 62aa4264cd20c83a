// What an execution is told: failures with their levels, attributes, links; and what it ignores once it is over.
import { SpanStatusCode, trace } from '@opentelemetry/api'
import { beforeEach, describe, expect, test } from 'vitest'
import { flow } from '../call-site/flow.ts'
import { counted, record } from '../fixtures/recording.ts'
import { catalogue, type Execution, operation, text } from '../index.ts'

const recording = record()
beforeEach(() => recording.clear())
const { run, node } = flow.workflow
const last = () => recording.spans.at(-1)

describe('a failure', () => {
  const store = catalogue(
    'store',
    { version: '1' },
    {
      api: {
        get: operation({ summary: 's', span: 'get', level: 'warn', attributes: { key: text('k') } }),
        put: operation({ summary: 's', span: 'put', attributes: {} }),
      },
    },
  )

  test('is a status, error.type on span and histogram, and one exception record in the span before it ends', async () => {
    class HttpError extends Error {
      override name = 'HttpError'
    }
    const error = new HttpError('404')
    expect(() =>
      store.api.put({}, () => {
        throw error
      }),
    ).toThrow(error)
    const [span] = recording.spans
    expect(span?.status).toEqual({ code: SpanStatusCode.ERROR, message: '404' })
    expect(span?.attributes['error.type']).toBe('HttpError')
    expect(span?.attributes).not.toHaveProperty('proprio.level')
    const [one, ...more] = recording.records
    expect(more).toEqual([])
    expect(one).toMatchObject({ eventName: 'store.api.put.exception', severityNumber: 17, body: '404' })
    expect(one?.attributes).toMatchObject({
      'proprio.type': 'api.put',
      'proprio.layer': 'api',
      'proprio.part': 'exception',
      'exception.type': 'HttpError',
      'exception.message': '404',
      'exception.stacktrace': error.stack,
    })
    expect(one?.spanContext?.spanId).toBe(span?.spanContext().spanId)
    expect(one?.hrTime).toEqual(span?.endTime)
    const [point] = await recording.points()
    expect(point).toMatchObject({
      metric: 'store.api.put.duration',
      count: 1,
      dimensions: { 'error.type': 'HttpError' },
    })
  })

  test('has the declared level, or the one that fail() or the options say', () => {
    const levels = (work: () => void): unknown[] => {
      recording.spans.length = 0
      recording.records.length = 0
      work()
      return [last()?.attributes['proprio.level'], recording.records[0]?.severityNumber]
    }
    expect(levels(() => store.api.get({}, (op) => op.fail(new Error('x'))))).toEqual(['warn', 13])
    expect(levels(() => store.api.get({}, (op) => op.fail(new Error('x'), { level: 'error' })))).toEqual([
      undefined,
      17,
    ])
    expect(levels(() => store.api.put({}, (op) => op.fail('x', { level: 'critical' })))).toEqual(['critical', 21])
    expect(levels(() => store.api.put({}, { level: 'info' }, (op) => op.fail('x')))).toEqual(['info', 9])
    expect(levels(() => store.api.put({}, (op) => op.fail('x', { level: 'loud' as 'info' })))).toEqual([undefined, 17])
    expect(levels(() => store.api.put({}, { level: 'debug' }, () => {}))).toEqual(['debug', undefined])
    expect(levels(() => store.api.put({}, { level: 'info' }, () => {}))).toEqual([undefined, undefined])
  })

  test('that is handled leaves the result alone; the last one told counts', () => {
    expect(
      store.api.put({}, (op) => {
        op.fail(new Error('first'))
        op.fail(new Error('second'))
        return 5
      }),
    ).toBe(5)
    expect(last()?.status.message).toBe('second')
    expect(recording.records).toHaveLength(1)
  })

  test('of a system has its code as error.type; many kinds fold into _OTHER on the metric alone', async () => {
    for (let n = 0; n < 102; n++) {
      store.api.get({}, (op) => op.fail(Object.assign(new Error('x'), { code: `E_${n}` })))
    }
    expect(last()?.attributes['error.type']).toBe('E_101')
    const points = await recording.points()
    expect(points.map(({ dimensions }) => dimensions['error.type']).slice(-2)).toEqual(['E_98', '_OTHER'])
  })
})

describe('the execution', () => {
  test('set, link, with, span and traceparent', () => {
    const other = node.start({ node: 'other' })
    run({}, (op) => {
      op.set({ trigger: 'cron' })
      op.set({ trigger: 'user', findings: undefined })
      op.link({ traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, attributes: { why: 'retry' } })
      op.link(other)
      op.link({ traceparent: 'nonsense' })
      op.span.setAttribute('mine', 1)
      const { traceId, spanId } = op.span.spanContext()
      expect(op.traceparent).toBe(`00-${traceId}-${spanId}-01`)
      expect(op.with(() => trace.getActiveSpan())).toBe(op.span)
    })
    other.end()
    const [span] = recording.spans
    expect(span?.attributes).toMatchObject({ 'flow.workflow.trigger': 'user', mine: 1 })
    expect(span?.links).toMatchObject([
      { context: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }, attributes: { why: 'retry' } },
      { context: { spanId: other.span.spanContext().spanId } },
    ])
    expect(span?.links[1]?.context.isRemote).toBeFalsy()
  })

  test('after the end nothing is changed, and everything counted', async () => {
    let held: Execution<{ trigger?: 'cron' | 'user' }> | undefined
    run({}, (op) => {
      held = op
    })
    const changes = () => {
      held?.set({ trigger: 'user' })
      held?.fail(new Error('too late'))
      held?.link({ traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` })
    }
    expect(await counted('set_after_end', changes)).toBe(3)
    expect(last()?.attributes).not.toHaveProperty('flow.workflow.trigger')
    expect(last()?.status.code).toBe(SpanStatusCode.UNSET)
    expect(held?.with(() => 5)).toBe(5)
  })

  test('what it sets counts into measures each time, with the dimensions so far', async () => {
    run({ trigger: 'cron', findings: 1 }, (op) => op.set({ findings: 2 }))
    const points = await recording.points()
    expect(points.find(({ metric }) => metric === 'flow.workflow.run.findings')).toMatchObject({
      value: 3,
      dimensions: { 'flow.workflow.trigger': 'cron' },
    })
    expect(last()?.attributes['flow.workflow.findings']).toBe(2)
  })
})
