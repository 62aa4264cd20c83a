// Whether a parent or a linked span is of another process stands only on the SDK's own span, and not in what a span is told as.
import { expect, test } from 'vitest'
import { flow } from '../call-site/flow.ts'
import { record } from '../fixtures/recording.ts'

const recording = record()
const { node, run } = flow.workflow
const far = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }

test('what is given by its traceparent is remote, what is given by its execution is not', () => {
  using other = node.start({ node: 'other' })
  run({}, { parent: far, links: [far] }, (op) => op.link(other))
  run({}, { parent: other }, () => 1)
  other.end()
  const [remote, own] = recording.spans
  expect(remote?.parentSpanContext).toMatchObject({ spanId: 'b'.repeat(16), isRemote: true })
  expect(remote?.links.map((link) => link.context.isRemote ?? false)).toEqual([true, false])
  expect(own?.parentSpanContext?.isRemote ?? false).toBe(false)
})
