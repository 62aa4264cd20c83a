// What an execution is told: failures with their levels, attributes, links; and what it ignores once it is over.
import { trace } from '@opentelemetry/api'
import { expect, test } from '@proprio/testing/vitest'
import { describe } from 'vitest'
import { flow } from '../call-site/flow.ts'
import { counted } from '../fixtures/counted.ts'
import { catalogue, type Execution, operation, text } from '../index.ts'

const { run, node } = flow.workflow
const far = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }

describe('a failure', () => {
  const { api } = catalogue(
    'store',
    { version: '1' },
    {
      api: {
        get: operation({ summary: 's', span: 'get', level: 'warn', attributes: { key: text('k') } }),
        put: operation({ summary: 's', span: 'put', attributes: {} }),
      },
    },
  )

  test('is a status, error.type on span and histogram, and one exception record in the span before it ends', ({
    telemetry,
  }) => {
    class HttpError extends Error {
      override name = 'HttpError'
    }
    const error = new HttpError('404')
    expect(() =>
      api.put({}, () => {
        throw error
      }),
    ).toThrow(error)
    const span = telemetry.span(api.put)
    expect(span).toHaveStatus('error', '404')
    expect(span).toHaveAttributes({ 'error.type': 'HttpError' })
    expect(span.attributes).not.toHaveProperty('proprio.level')
    expect(span).toHaveException(HttpError)
    expect(telemetry.logs()).toHaveLength(1)
    expect(telemetry).toHaveLog(
      '404',
      {
        'proprio.type': 'api.put',
        'proprio.layer': 'api',
        'proprio.part': 'exception',
        'exception.type': 'HttpError',
        'exception.message': '404',
        'exception.stacktrace': error.stack,
      },
      { level: 'error' },
    )
    const told = { name: 'store.api.put.exception', spanId: span.spanId, time: span.end }
    expect(telemetry.events()).toMatchObject([told])
    expect(telemetry).toHaveMetric(api.put, { count: 1, dimensions: { 'error.type': 'HttpError' } })
  })

  test('has the declared level, or the one that fail() or the options say', ({ telemetry }) => {
    const levels = (work: () => void): unknown[] => {
      telemetry.clear()
      work()
      return [telemetry.spans()[0]?.attributes['proprio.level'], telemetry.logs()[0]?.severityNumber]
    }
    expect(levels(() => api.get({}, (op) => op.fail(new Error('x'))))).toEqual(['warn', 13])
    expect(levels(() => api.get({}, (op) => op.fail(new Error('x'), { level: 'error' })))).toEqual([undefined, 17])
    expect(levels(() => api.put({}, (op) => op.fail('x', { level: 'critical' })))).toEqual(['critical', 21])
    expect(levels(() => api.put({}, { level: 'info' }, (op) => op.fail('x')))).toEqual(['info', 9])
    expect(levels(() => api.put({}, (op) => op.fail('x', { level: 'loud' as 'info' })))).toEqual([undefined, 17])
    expect(levels(() => api.put({}, { level: 'debug' }, () => {}))).toEqual(['debug', undefined])
    expect(levels(() => api.put({}, { level: 'info' }, () => {}))).toEqual([undefined, undefined])
  })

  test('that is handled leaves the result alone; the last one told counts', ({ telemetry }) => {
    expect(
      api.put({}, (op) => {
        op.fail(new Error('first'))
        op.fail(new Error('second'))
        return 5
      }),
    ).toBe(5)
    expect(telemetry.span(api.put)).toHaveStatus('error', 'second')
    expect(telemetry.logs()).toHaveLength(1)
  })

  test('of a system has its code as error.type; many kinds fold into _OTHER on the metric alone', ({ telemetry }) => {
    for (let n = 0; n < 102; n++) {
      api.get({}, (op) => op.fail(Object.assign(new Error('x'), { code: `E_${n}` })))
    }
    expect(telemetry.spans().at(-1)).toHaveAttributes(api.get, { 'error.type': 'E_101' })
    const types = telemetry.metrics(api.get).map(({ attributes }) => attributes['error.type'])
    expect(types.slice(-2)).toEqual(['E_98', '_OTHER'])
  })
})

describe('the execution', () => {
  test('set, link, with, span and traceparent', ({ telemetry }) => {
    const other = node.start({ node: 'other' })
    run({}, (op) => {
      op.set({ trigger: 'cron' })
      op.set({ trigger: 'user', findings: undefined })
      op.link({ ...far, attributes: { why: 'retry' } })
      op.link(other)
      op.link({ traceparent: 'nonsense' })
      op.span.setAttribute('mine', 1)
      const { traceId, spanId } = op.span.spanContext()
      expect(op.traceparent).toBe(`00-${traceId}-${spanId}-01`)
      expect(op.with(() => trace.getActiveSpan())).toBe(op.span)
    })
    other.end()
    const span = telemetry.span(run)
    expect(span).toHaveAttributes({ 'flow.workflow.trigger': 'user', mine: 1 })
    expect(span).toBeLinkedTo(far)
    expect(span).toBeLinkedTo(other)
    expect(span.links.map(({ attributes }) => attributes)).toEqual([{ why: 'retry' }, undefined])
  })

  test('after the end nothing is changed, and everything counted', async ({ telemetry }) => {
    let held: Execution<{ trigger?: 'cron' | 'user' }> | undefined
    run({}, (op) => {
      held = op
    })
    const changes = () => {
      held?.set({ trigger: 'user' })
      held?.fail(new Error('too late'))
      held?.link(far)
    }
    expect(await counted('set_after_end', changes)).toBe(3)
    expect(telemetry.span(run).attributes).not.toHaveProperty('flow.workflow.trigger')
    expect(telemetry.span(run)).toHaveStatus('unset')
    expect(held?.with(() => 5)).toBe(5)
  })

  test('what it sets counts into measures each time, with the dimensions so far', ({ telemetry }) => {
    run({ trigger: 'cron', findings: 1 }, (op) => op.set({ findings: 2 }))
    expect(telemetry).toHaveMetric('flow.workflow.run.findings', {
      value: 3,
      dimensions: { 'flow.workflow.trigger': 'cron' },
    })
    expect(telemetry).toHaveSpan(run, { findings: 2 })
  })
})
