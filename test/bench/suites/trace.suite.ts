// One test that has recorded 10,000 spans, and expects all of them with their attributes: by toHaveTrace, and by toMatchObject of a tree built by hand.
import type { SpanRecord } from '@proprio/store'
import { expect, test } from '@proprio/testing/vitest'
import { deliver } from './shop.ts'

const [batches, items] = [99, 100]
const rounds = 11

interface Node {
  readonly name: string
  readonly attributes: SpanRecord['attributes']
  readonly children: Node[]
}

function byHand(spans: readonly SpanRecord[]): Node | undefined {
  const nodes = new Map(
    spans.map(({ spanId, name, attributes }) => [spanId, { name, attributes, children: [] as Node[] }]),
  )
  for (const { spanId, parentSpanId = '' } of spans) {
    const node = nodes.get(spanId)
    if (node) nodes.get(parentSpanId)?.children.push(node)
  }
  return nodes.values().next().value
}

const expected = <Shape extends object>(shape: (name: string, attributes: object, children: Shape[]) => Shape): Shape =>
  shape(
    'deliver',
    {},
    Array.from({ length: batches }, (_, batch) =>
      shape(
        'batch',
        { 'shop.order.number': batch },
        Array.from({ length: items }, (_, item) =>
          shape('item', { 'shop.order.number': batch * items + item, 'shop.order.name': `item ${item}` }, []),
        ),
      ),
    ),
  )

test('10,000 spans', ({ telemetry, task }) => {
  deliver(batches, items)
  expect(telemetry.spans()).toHaveLength(10_000)
  const tree = byHand(telemetry.spans())
  const ours = expected<object>((span, attributes, children) => ({ span, attributes, children }))
  const theirs = expected<object>((name, attributes, children) => ({ name, attributes, children }))
  const sides = [
    ['ours', () => expect(telemetry).toHaveTrace(ours as { span: string })],
    ['theirs', () => expect(tree).toMatchObject(theirs)],
  ] as const
  const taken: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] }
  for (let round = 0; round < rounds; round++)
    for (const [side, run] of round % 2 === 0 ? sides : sides.toReversed()) {
      globalThis.gc?.()
      const before = performance.now()
      run()
      taken[side].push(performance.now() - before)
    }
  task.file.meta.taken = taken
})
