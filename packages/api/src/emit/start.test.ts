// An operation without a function: started, told things, ended; or left to `using`, which knows that it was not.
import { trace } from '@opentelemetry/api'
import { beforeEach, expect, test } from 'vitest'
import { flow } from '../call-site/flow.ts'
import { counted, record } from '../fixtures/recording.ts'
import { emitterHealth } from '../runtime.ts'

const recording = record()
beforeEach(() => recording.clear())
const { node, run } = flow.workflow

test('it is not the active one by itself, only inside with()', () => {
  using op = node.start({ node: 'a' })
  expect(trace.getActiveSpan()).toBeUndefined()
  op.with(() => run({}, () => 1))
  op.end()
  const [inner, outer] = recording.spans
  expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId)
  expect(outer?.status.code).toBe(0)
})

test('disposed without end() it failed: abandoned, and counted', async () => {
  const work = () => {
    using op = node.start({ node: 'a' })
    op.set({ nodeId: 'n1' })
  }
  expect(await counted('abandoned', work)).toBe(1)
  expect(recording.spans[0]?.status.message).toBe('never ended')
  expect(recording.spans[0]?.attributes).toMatchObject({ 'error.type': 'abandoned', 'flow.workflow.node_id': 'n1' })
  const [point] = await recording.points()
  expect(point?.dimensions['error.type']).toBe('abandoned')
  expect(emitterHealth().open).toBe(0)
})

test('disposed after a failure it has that failure', () => {
  const work = () => {
    using op = node.start({ node: 'a' })
    op.fail(new Error('known'))
  }
  work()
  expect(recording.spans[0]?.status.message).toBe('known')
})

test('ended twice it ends once, out of order it is still a child; both are counted', async () => {
  const outer = node.start({ node: 'outer' })
  const inner = outer.with(() => node.start({ node: 'inner' }))
  outer.end()
  expect(await counted('ended_after_parent', () => inner.end())).toBe(1)
  expect(await counted('ended_twice', () => inner.end())).toBe(1)
  expect(recording.spans.map(({ name }) => name)).toEqual(['node outer', 'node inner'])
  expect(recording.spans[1]?.parentSpanContext?.spanId).toBe(outer.span.spanContext().spanId)
})
