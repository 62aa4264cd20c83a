// The estimate that bounds the memory store, held to what a real heap says.
import { randomBytes } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { setImmediate } from 'node:timers/promises'
import { runInNewContext } from 'node:vm'
import type { Attributes, Span } from '@opentelemetry/api'
import { LoggerProvider } from '@opentelemetry/sdk-logs'
import { TracerProvider } from '@opentelemetry/sdk-trace'
import type { SpanProcessor } from '@opentelemetry/sdk-trace'
import { expect, test } from 'vitest'
import { logRecord, memoryStore, spanRecord } from '@proprio/store'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const RECORDS = 10_000
const nothing = async () => {}

function heap(): number {
  collect()
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

// Every store stays, or what is freed of one would be missing from the weight of the next.
const stores: unknown[] = []

/** Bytes a record, as V8 has them and as the store estimates them. The first fill is thrown away: it warms what is shared. */
async function weigh(
  fill: (store: ReturnType<typeof memoryStore>) => void,
): Promise<{ real: number; estimated: number }> {
  const store = memoryStore({ maxEvents: RECORDS, maxBytes: 1e9 })
  stores.push(store)
  fill(store)
  await store.clear()
  await setImmediate()
  const before = heap()
  fill(store)
  const estimated = store.bytes / RECORDS
  const real = (heap() - before) / RECORDS
  expect((await store.stats()).total).toBe(RECORDS)
  return { real, estimated }
}

function fillSpans(
  attributes: (number: number) => Attributes,
  finish: (span: Span, number: number) => void = () => {},
) {
  return (store: ReturnType<typeof memoryStore>) => {
    const keep: SpanProcessor = {
      onStart: () => {},
      onEnd: (span) => store.span(spanRecord(span)),
      forceFlush: nothing,
      shutdown: nothing,
    }
    const tracer = new TracerProvider({ spanProcessors: [keep] }).getTracer('flow', '3.0.0')
    for (let number = 0; number < RECORDS; number++) {
      const span = tracer.startSpan(`node ${number % 20}`, { attributes: attributes(number) })
      finish(span, number)
      span.end()
    }
  }
}

const typical = (number: number) => ({
  'proprio.type': 'workflow.node',
  'proprio.layer': 'workflow',
  'flow.workflow.node.node': `node ${number % 20}`,
  'flow.run_id': `run-${number}`,
  'flow.workflow': 'scan',
  'flow.workflow.node.findings': number,
})

test('a typical span of six attributes is well below 1 KB', async () => {
  const { real, estimated } = await weigh(fillSpans(typical))
  expect(real).toBeLessThan(700)
  expect(estimated).toBeLessThan(700)
})

const FILLS: Readonly<Record<string, (store: ReturnType<typeof memoryStore>) => void>> = Object.fromEntries([
  ['a span without attributes', fillSpans(() => ({}))],
  ['a typical span', fillSpans(typical)],
  [
    'many texts',
    fillSpans((n) => Object.fromEntries(Array.from({ length: 20 }, (_, k) => [`a${k}`, `value ${k} of ${n}`]))),
  ],
  ['fractions', fillSpans((n) => Object.fromEntries(Array.from({ length: 8 }, (_, k) => [`a${k}`, n + 0.5])))],
  ['a long text', fillSpans((n) => ({ text: Buffer.alloc(1_000, 97).toString('latin1') + n }))],
  ['a long text beyond Latin-1', fillSpans((n) => ({ text: '→'.repeat(1_000) + n }))],
  [
    'lists and maps',
    fillSpans((n) => ({ list: Array.from({ length: 30 }, (_, k) => k + n), map: { a: { b: `x${n}` } } })),
  ],
  [
    'an exception',
    fillSpans(typical, (span, n) => {
      span.addEvent('flow.exception', {
        'exception.message': `no ${n}`,
        'exception.stacktrace': `${'at node\n'.repeat(80)}${n}`,
      })
      span.setStatus({ code: 2, message: `no ${n}` })
    }),
  ],
  [
    'links',
    fillSpans(typical, (span) => {
      for (let link = 0; link < 3; link++) {
        const context = {
          traceId: randomBytes(16).toString('hex'),
          spanId: randomBytes(8).toString('hex'),
          traceFlags: 1,
        }
        span.addLink({ context })
      }
    }),
  ],
  [
    'a log record',
    (store) => {
      const keep = {
        onEmit: (log: Parameters<typeof logRecord>[0]) => store.log(logRecord(log)),
        forceFlush: nothing,
        shutdown: nothing,
      }
      const logger = new LoggerProvider({ processors: [keep] }).getLogger('flow')
      for (let n = 0; n < RECORDS; n++) {
        const attributes = { 'proprio.type': 'workflow.retry', 'proprio.layer': 'workflow', attempt: n }
        logger.emit({ eventName: 'flow.workflow.retry', body: `retry ${n} in 3 s`, severityNumber: 9, attributes })
      }
    },
  ],
] as const)

test.each(Object.keys(FILLS))('the estimate is within 25 % of the heap: %s', async (name) => {
  const { real, estimated } = await weigh(FILLS[name] ?? (() => {}))
  expect(estimated / real).toBeGreaterThan(0.75)
  expect(estimated / real).toBeLessThan(1.25)
})
