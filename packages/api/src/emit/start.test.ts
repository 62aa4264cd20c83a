// An operation without a function: started, told things, ended; or left to `using`, which knows that it was not.
import { trace } from '@opentelemetry/api'
import { expect, test } from '@proprio/testing/vitest'
import { flow } from '../call-site/flow.ts'
import { counted } from '../fixtures/counted.ts'
import { emitterHealth } from '../runtime.ts'

const { node, run } = flow.workflow

test('it is not the active one by itself, only inside with()', ({ telemetry }) => {
  using op = node.start({ node: 'a' })
  expect(trace.getActiveSpan()).toBeUndefined()
  op.with(() => run({}, () => 1))
  op.end()
  expect(telemetry.span(run)).toBeChildOf(node)
  expect(telemetry.span(node)).toHaveStatus('unset')
})

test('disposed without end() it failed: abandoned, and counted', async ({ telemetry }) => {
  const work = () => {
    using op = node.start({ node: 'a' })
    op.set({ nodeId: 'n1' })
  }
  expect(await counted('abandoned', work)).toBe(1)
  expect(telemetry.span(node)).toHaveStatus('error', 'never ended')
  expect(telemetry).toHaveSpan(node, { nodeId: 'n1', 'error.type': 'abandoned' })
  expect(telemetry).toHaveMetric(node, { count: 1, dimensions: { 'error.type': 'abandoned' } })
  expect(telemetry).toHaveNoOpenSpans()
  expect(emitterHealth().open).toBe(0)
})

test('disposed after a failure it has that failure', ({ telemetry }) => {
  const work = () => {
    using op = node.start({ node: 'a' })
    op.fail(new Error('known'))
  }
  work()
  expect(telemetry.span(node)).toHaveStatus('error', 'known')
})

test('ended twice it ends once, out of order it is still a child; both are counted', async ({ telemetry }) => {
  const outer = node.start({ node: 'outer' })
  const inner = outer.with(() => node.start({ node: 'inner' }))
  outer.end()
  expect(await counted('ended_after_parent', () => inner.end())).toBe(1)
  expect(await counted('ended_twice', () => inner.end())).toBe(1)
  expect(telemetry.tree()).toMatchInlineSnapshot(`
    "node outer flow.workflow.node="outer"
      node inner flow.workflow.node="inner""
  `)
})
