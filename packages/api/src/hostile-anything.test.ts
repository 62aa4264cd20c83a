// Whatever it is handed, no call of ours throws or changes the host's result; the host's function runs exactly once.
import { logs, trace } from '@opentelemetry/api'
import { LoggerProvider } from '@opentelemetry/sdk-logs'
import { TracerProvider } from '@opentelemetry/sdk-trace'
import * as fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { flow } from './call-site/flow.ts'
import { attributes, any, never, refuses, throwingProxy, worst } from './fixtures/hostile.ts'
import { record } from './fixtures/recording.ts'
import { capture, captureException, switchLayers, withContext } from './index.ts'
import { abandonAll } from './runtime.ts'

const recording = record()
beforeEach(() => recording.clear())

// In a box: fast-check itself looks into what it makes, and a revoked proxy throws at it.
const boxed = (value: unknown) => ({ open: () => value })
const kinds = {
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
}
const anything = fc.oneof(
  fc.anything({ ...kinds, withNullPrototype: true, withObjectString: true, withBoxedValues: true }).map(boxed),
  fc.nat(worst.length - 1).map((index) => boxed(worst[index])),
  fc
    .dictionary(
      fc.constantFrom(...Object.keys(attributes), '__proto__', 'constructor'),
      fc.anything({ withBigInt: true }),
    )
    .map(boxed),
)

describe('anything, through every public call', () => {
  test('nothing throws, results are the host’s, and its function runs exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(anything, anything, anything, async (...boxes) => {
        const [one, two, three] = boxes.map((box) => box.open())
        let runs = 0
        const result = { mine: three }
        const work = (op: { set(v: never): void; fail(e: unknown, o?: never): void; link(to: never): void }) => {
          runs++
          op.set(never(one))
          op.fail(two, never(three))
          op.link(never(one))
          return result
        }
        const options = typeof two === 'function' ? {} : two
        expect(any.api.run(never(one), work)).toBe(result)
        expect(any.api.run(never(one), never(options), work)).toBe(result)
        expect(any.api.run(never({ text: one, list: two, integer: three, secret: one }), work)).toBe(result)
        expect(any.api.run.wrap(never(one), never(two))(() => (runs++, result))()).toBe(result)
        expect(capture(never(one), work)).toBe(result)
        expect(capture({ type: never(one), layer: never(two), attributes: never(three) }, work)).toBe(result)
        expect(withContext(never(one), () => (runs++, result))).toBe(result)
        expect(any.within(never(one), () => (runs++, result))).toBe(result)
        expect(runs).toBe(8)
        any.api.told(never(one), never(two))
        any.api.told(never({ text: one, bounded: two, list: three }))
        any.api.run.record(never(one), never(two))
        any.api.run.record({}, { durationMs: never(one), error: two, at: never(three) })
        const started = any.api.run.start(never(one), never(two))
        started.set(never(three))
        started.end()
        capture(never(one), never(options))
        captureException(one, never(two), never(three))
        any.api.sum.add(never(one), never(two))
        any.api.now.set(1, never({ bounded: one, flag: two, choice: three }))
        expect(await any.api.run.attempts(never(one), never(two), () => (runs++, result))).toBe(result)
        const varied = { times: one, again: two, signal: three }
        expect(await any.api.run.attempts({}, never(varied), () => (runs++, result))).toBe(result)
        const streamed = any.api.run.stream(never(one), () => (runs++, [result]), never(two))
        expect(await Array.fromAsync(streamed)).toEqual([result])
        expect(runs).toBe(11)
        any.api.now.observe(never(one))[Symbol.dispose]()
        any.api.now.observe((report) => report(never(one), never(two)))[Symbol.dispose]()
        switchLayers(never(one))
        switchLayers({ '*': true })
      }),
      { numRuns: 200 },
    )
  })

  test('what the host’s function gives back or throws is untouched, whatever it is', async () => {
    await fc.assert(
      fc.property(anything, (box) => {
        const value = box.open()
        let runs = 0
        const given = () => {
          runs++
          return value
        }
        expect(Object.is(any.api.run({}, given), value)).toBe(true)
        expect(Object.is(capture({ type: 'a.b' }, given), value)).toBe(true)
        let thrown: unknown
        try {
          any.api.run({}, () => {
            runs++
            throw value
          })
        } catch (error) {
          thrown = error
        }
        expect(Object.is(thrown, value)).toBe(true)
        expect(runs).toBe(3)
      }),
      { numRuns: 200 },
    )
    abandonAll()
  })

  test('functions that are none', async () => {
    for (const none of [null, undefined, 5, 'x', {}, throwingProxy]) {
      expect(any.api.run({}, never(none))).toBeUndefined()
      expect(any.within({}, never(none))).toBeUndefined()
      expect(withContext({}, never(none))).toBeUndefined()
      expect(await any.api.run.attempts({}, { times: 2 }, never(none))).toBeUndefined()
      expect(await Array.fromAsync(any.api.run.stream({}, never(none)))).toEqual([])
      any.api.now.observe(never(none))[Symbol.dispose]()
      any.api.run.wrap(() => ({}))(never(none))
    }
  })
})

test('an SDK whose processors throw reaches neither the host nor the rest of the operation', async () => {
  const trouble = flow.workflow
  const nothing = { forceFlush: async () => {}, shutdown: async () => {} }
  const ended: string[] = []
  trace.disable()
  logs.disable()
  const keep = { onStart() {}, onEnd: ({ name }: { name: string }) => void ended.push(name), ...nothing }
  trace.setGlobalTracerProvider(
    new TracerProvider({ spanProcessors: [keep, { onStart() {}, onEnd: refuses, ...nothing }] }),
  )
  logs.setGlobalLoggerProvider(new LoggerProvider({ processors: [{ onEmit: refuses, ...nothing }] }))
  expect(trouble.run({}, (op) => (op.fail(new Error('x')), 5))).toBe(5)
  trouble.retryScheduled({ attempt: 1 })
  expect(ended).toEqual(['workflow'])
  trace.disable()
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [{ onStart: refuses, onEnd() {}, ...nothing }] }))
  let runs = 0
  expect(trouble.run({}, () => ++runs)).toBe(1)
  expect(runs).toBe(1)
})
