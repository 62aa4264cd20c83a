// Where there is no SDK for logs an occurrence goes to the active span, else becomes a short span: never nowhere.
import { beforeEach, expect, test } from 'vitest'
import { flow } from '../call-site/flow.ts'
import { record } from '../fixtures/recording.ts'
import { captureException } from '../index.ts'

const recording = record({ logs: true })
beforeEach(() => recording.clear())

test('in an operation it is a span event, with its level and message as attributes', () => {
  flow.workflow.run({}, () => flow.workflow.retryScheduled({ attempt: 2, delay: 5 }))
  const [span] = recording.spans
  expect(span?.events).toMatchObject([
    {
      name: 'flow.workflow.retry_scheduled',
      attributes: {
        'proprio.type': 'workflow.retryScheduled',
        'proprio.level': 'warn',
        'proprio.message': 'retry 2 in 5 s',
        'flow.workflow.attempt': 2,
      },
    },
  ])
})

test('outside it is a short span of its own', async () => {
  flow.workflow.retryScheduled({ attempt: 2, delay: 5 }, { at: 1_800_000_000_000 })
  captureException(new Error('alone'))
  expect(recording.spans).toMatchObject([
    {
      name: 'flow.workflow.retry_scheduled',
      startTime: [1_800_000_000, 0],
      duration: [0, 0],
      attributes: { 'proprio.layer': 'workflow', 'proprio.level': 'warn', 'proprio.message': 'retry 2 in 5 s' },
    },
    { name: 'exception', attributes: { 'proprio.level': 'error', 'exception.message': 'alone' } },
  ])
  expect((await recording.points()).map(({ metric }) => metric)).toContain('flow.workflow.retry_scheduled.count')
})

test('a failure is an event of its own span, dated at its end', () => {
  flow.workflow.run({}, (op) => op.fail(new Error('x')))
  const [span] = recording.spans
  expect(span?.events.map(({ name, time }) => [name, time])).toEqual([['flow.workflow.run.exception', span?.endTime]])
  expect(span?.events[0]?.attributes).toMatchObject({ 'proprio.part': 'exception', 'exception.message': 'x' })
})
