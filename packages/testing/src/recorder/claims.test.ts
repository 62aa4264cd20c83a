// Whose a record is where several tests could be meant: what serves all of them runs in the context of one, and traces from outside are given to many.
import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api'
import { capture, catalogue, occurrence, operation } from '@proprio/api'
import { expect, test } from 'vitest'
import { recordTelemetry, type TestTelemetry } from '../index.ts'

const queue = catalogue(
  'queue',
  { version: '1.0.0' },
  {
    task: {
      send: operation({ summary: 'Sent.', span: 'send', attributes: {} }),
      take: operation({ summary: 'Taken.', span: 'take', attributes: {} }),
      taken: occurrence({ summary: 'Done.', level: 'info', message: 'done', attributes: {} }),
    },
  },
)

test('a worker that one test has woken says by the parent that it works for another', async () => {
  const messages: string[] = []
  const { promise: sent, resolve: send } = Promise.withResolvers<void>()
  const waking = recordTelemetry(async (telemetry) => {
    await sent
    for (const traceparent of messages)
      queue.task.take({}, { parent: { traceparent } }, () => {
        queue.task.taken({})
        capture({ type: 'queue.inside' }, () => undefined)
      })
    return telemetry
  })
  const sending = await recordTelemetry(async (telemetry) => {
    queue.task.send({}, (op) => void messages.push(op.traceparent ?? ''))
    send()
    await waking
    return telemetry
  })
  expect(sending.tree()).toBe('send\n  take\n    · queue.task.taken\n    queue.inside')
  expect(sending.metrics(queue.task.take)).toMatchObject([{ count: 1 }])
  expect((await waking).tree()).toBe('')
  expect((await waking).metrics()).toEqual([])
})

const outside = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' }
const serve = (type: string, active = context.active()): void => {
  context.with(propagation.extract(active, outside), () => capture({ type }, () => undefined))
}
const names = (telemetry: TestTelemetry): readonly string[] => telemetry.spans().map(({ name }) => name)

test('a trace that is given to two tests at once is of each as far as its context says so', async () => {
  const [one, two] = await Promise.all(
    ['one', 'two'].map((name) =>
      recordTelemetry(async (telemetry) => {
        serve(`test.${name}`)
        await telemetry.settled()
        serve(`test.${name}_again`)
        return telemetry
      }),
    ),
  )
  expect(one && names(one)).toEqual(['test.one', 'test.one_again'])
  expect(two && names(two)).toEqual(['test.two', 'test.two_again'])
})

test('a trace that is given to two tests in turn is of the later one, where the context is lost', () => {
  const ask = (telemetry: TestTelemetry): TestTelemetry => {
    serve('test.ask')
    serve('test.answer', ROOT_CONTEXT)
    return telemetry
  }
  const first = recordTelemetry(ask)
  const second = recordTelemetry(ask)
  expect(names(first)).toEqual(['test.ask', 'test.answer'])
  expect(names(second)).toEqual(['test.ask', 'test.answer'])
})
