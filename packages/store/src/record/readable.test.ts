// Spans of the stock SDK as records, the whole way into a store. @proprio/testing is made of these very views, so it cannot judge them.
import { resourceFromAttributes } from '@opentelemetry/resources'
import { TracerProvider } from '@opentelemetry/sdk-trace'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import { expect, expectTypeOf, test } from 'vitest'
import { memoryStore, spanRecord, startedSpan } from '@proprio/store'
import type { ReadableSpanShape } from '@proprio/store'

/** A tracer of the real SDK whose spans go the whole way into a store. */
function tracerInto(
  store: ReturnType<typeof memoryStore>,
  resource = resourceFromAttributes({ 'service.name': 'shop' }),
) {
  const processor = {
    onStart: (span: ReadableSpan) => store.started(startedSpan(span)),
    onEnd: (span: ReadableSpan) => store.span(spanRecord(span)),
    forceFlush: async () => {},
    shutdown: async () => {},
  }
  return new TracerProvider({ resource, spanProcessors: [processor] }).getTracer('flow', '3.0.0')
}

test("the SDK's span is the shape that is read", () => {
  expectTypeOf<ReadableSpan>().toExtend<ReadableSpanShape>()
})

test('what is running is shown as it is now, not as it began', async () => {
  const store = memoryStore()
  const span = tracerInto(store).startSpan('before')
  span.setAttributes({ 'proprio.type': 'codegen.run', 'proprio.layer': 'codegen', step: 2 }).updateName('after')
  const { rows } = await store.running()
  expect(rows).toMatchObject([{ name: 'after', type: 'codegen.run', layer: 'codegen', attributes: { step: 2 } }])
  span.end()
  expect((await store.running()).rows).toEqual([])
})

test('when an operation has ended, the next query shows it', async () => {
  const store = memoryStore()
  const span = tracerInto(store).startSpan('node')
  span.end()
  const { rows } = await store.events()
  expect(rows.map(({ spanId }) => spanId)).toEqual([span.spanContext().spanId])
})

test('a resource that is still being gathered is read when it is whole', async () => {
  const store = memoryStore()
  const resource = resourceFromAttributes({ early: 1, late: Promise.resolve(2) })
  tracerInto(store, resource).startSpan('node').end()
  const [record] = (await store.spans()).rows
  expect(record?.name).toBe('node')
  await resource.waitForAsyncAttributes?.()
  expect(record?.resource).toEqual({ early: 1, late: 2 })
})
