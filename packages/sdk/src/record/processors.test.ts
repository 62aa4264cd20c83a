// The stages of a record on the real SDK: what one of them throws reaches neither the host nor the other stages, and the store's account closes.
import { ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api'
import { LoggerProvider, type LogRecordProcessor } from '@opentelemetry/sdk-logs'
import { type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { memoryStore, type Writer } from '@proprio/store'
import { anything, assert, constantFrom, property } from 'fast-check'
import { expect, test } from 'vitest'
import { logProcessor, spanProcessor } from './processors.ts'
import { createRedactor } from './redact.ts'
import { storeBalance, writeTo } from './stored.ts'

const throwing = (): never => {
  throw new Error('on purpose')
}

function stages(writers: readonly Writer[]) {
  const failures: [string, string][] = []
  const failed = (stage: string, error: unknown): void => void failures.push([stage, (error as Error).message])
  const stored = writeTo({ writers, redactor: undefined, failed: (error) => failed('store', error) })
  return { failures, stored, stages: { redactor: undefined, stored, events: 'both' as const, failed } }
}

const broken: Writer = {
  started: throwing,
  span: throwing,
  log: throwing,
  async flush() {},
  async clear() {},
  async close() {},
}

test('a store that throws loses its own records and nobody else’s, each counted', async () => {
  const good = memoryStore()
  const { failures, stored, stages: all } = stages([broken, good])
  const tracer = new TracerProvider({ spanProcessors: [spanProcessor(all, [])] }).getTracer('t')
  const logger = new LoggerProvider({ processors: [logProcessor(all, [])] }).getLogger('l')
  tracer.startSpan('one').end()
  tracer.startSpan('running')
  logger.emit({ body: 'two' })
  expect((await good.events()).rows.map(({ message }) => message)).toEqual(['two', 'one'])
  expect((await good.running()).rows.map(({ name }) => name)).toEqual(['running'])
  const account = stored.account()
  expect(account).toEqual({
    spans: { started: 2, live: 1, written: 0, lost: 1 },
    logs: { started: 1, live: 0, written: 0, lost: 1 },
  })
  expect(storeBalance(account)).toBe(0)
  expect(new Set(failures.map(([stage]) => stage))).toEqual(new Set(['store']))
})

test('a processor that throws takes neither the span’s end nor the other processors with it', () => {
  const { failures, stages: all } = stages([])
  const ended: string[] = []
  const idle = { async forceFlush() {}, async shutdown() {} }
  const bad = { ...idle, onStart: throwing, onEnd: throwing }
  const good = { ...idle, onStart() {}, onEnd: ({ name }: { name: string }) => void ended.push(name) }
  const tracer = new TracerProvider({ spanProcessors: [spanProcessor(all, [bad, good])] }).getTracer('t')
  tracer.startSpan('one').end()
  expect(ended).toEqual(['one'])
  expect(failures).toEqual([
    ['delivery', 'on purpose'],
    ['delivery', 'on purpose'],
  ])
})

test('an event becomes one of its own span: named, timed, of this trace, and while it records', () => {
  const { stages: all } = stages([])
  const tracer = new TracerProvider({ spanProcessors: [spanProcessor(all, [])] }).getTracer('t')
  const logger = new LoggerProvider({ processors: [logProcessor(all, [])] }).getLogger('l')
  const span = tracer.startSpan('one') as ReturnType<typeof tracer.startSpan> & {
    events: { name: string; time: [number, number]; attributes: object }[]
  }
  const context = trace.setSpan(ROOT_CONTEXT, span)
  logger.emit({ eventName: 'seen', body: 'b', timestamp: [7, 8], attributes: { a: 1 }, context })
  logger.emit({ body: 'no name', context })
  logger.emit({ eventName: 'elsewhere', context: ROOT_CONTEXT })
  span.end()
  logger.emit({ eventName: 'late', context })
  expect(span.events.map(({ name, time, attributes }) => ({ name, time, attributes }))).toEqual([
    { name: 'seen', time: [7, 8], attributes: { a: 1 } },
  ])
})

const hostile = anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true })
const trapped = hostile.chain((value) =>
  constantFrom(
    value,
    {
      value,
      get trap() {
        return throwing()
      },
    },
    [value, circle()],
  ),
)

test('whatever is said through the raw API, nothing throws that does not throw on the bare SDK', () => {
  const idle = { onStart() {}, onEnd() {}, onEmit() {}, async forceFlush() {}, async shutdown() {} }
  const redactor = createRedactor({ patterns: [], keys: [] })
  const store = memoryStore()
  const failures: unknown[] = []
  const failed = (stage: string, error: unknown): void => void failures.push([stage, error])
  const stored = writeTo({ writers: [store], redactor, failed: (error) => failed('store', error) })
  const all = { redactor, stored, events: 'both' as const, failed }
  const ours = speaker([spanProcessor(all, [])], [logProcessor(all, [])])
  const bare = speaker([idle], [idle])
  assert(
    property(constantFrom(...calls), trapped, (call, value) => {
      if (threw(() => call(ours, value))) expect(threw(() => call(bare, value))).toBe(true)
    }),
    { numRuns: 500 },
  )
  const { spans, logs } = stored.account()
  expect(spans.started).toBe(spans.live + spans.written + spans.lost)
  expect(logs.started).toBe(logs.written + logs.lost)
  expect(failures.length).toBeGreaterThanOrEqual(spans.lost + logs.lost)
})

const circle = (): unknown => {
  const value: Record<string, unknown> = {}
  return (value['self'] = value)
}

const threw = (call: () => void): boolean => {
  try {
    call()
    return false
  } catch {
    return true
  }
}

function speaker(spanProcessors: SpanProcessor[], processors: LogRecordProcessor[]) {
  return {
    tracer: new TracerProvider({ spanProcessors }).getTracer('t'),
    logger: new LoggerProvider({ processors }).getLogger('l'),
  }
}

type Speaker = ReturnType<typeof speaker>
const span =
  (act: (span: Span, value: never) => void) =>
  ({ tracer }: Speaker, value: unknown) => {
    const one = tracer.startSpan('s')
    try {
      act(one, value as never)
    } finally {
      one.end()
    }
  }

const calls: readonly ((speaker: Speaker, value: unknown) => void)[] = [
  span((one, value) => one.setAttribute('a', value)),
  span((one, value) => one.setAttributes(value)),
  span((one, value) => one.addEvent('e', value)),
  span((one, value) => one.addEvent(value)),
  span((one, value) => one.addLink(value)),
  span((one, value) => one.addLink({ context: value })),
  span((one, value) => one.setStatus(value)),
  span((one, value) => one.setStatus({ code: 2, message: value })),
  span((one, value) => one.updateName(value)),
  span((one, value) => one.recordException(value)),
  ({ tracer }, value) => tracer.startSpan(value as never).end(),
  ({ tracer }, value) => tracer.startSpan('s', value as never).end(),
  ({ tracer }, value) => tracer.startSpan('s').end(value as never),
  ({ logger }, value) => logger.emit(value as never),
  ({ logger }, value) => logger.emit({ body: value as never, eventName: value as never }),
  ({ logger }, value) => logger.emit({ attributes: { a: value as never }, timestamp: value as never }),
]
