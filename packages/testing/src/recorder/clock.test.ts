// Time as a test wants it, for what is emitted inside of it, and nobody else.
import { logs, trace } from '@opentelemetry/api'
import { catalogue, operation } from '@proprio/api'
import { milliseconds } from '@proprio/store'
import { afterEach, describe, vi } from 'vitest'
import { recordTelemetry, virtualClock } from '../index.ts'
import { expect, test } from '../vitest/index.ts'

const line = catalogue(
  'line',
  { version: '1.0.0' },
  { work: { step: operation({ summary: 'A step.', span: 'step', slow: { warn: '10s' }, attributes: {} }) } },
)

test('a virtual clock stands still until it is told, and limits and durations follow it', ({ telemetry }) => {
  const clock = virtualClock()
  telemetry.use(clock)
  line.work.step({}, () => clock.advance(9999))
  line.work.step({}, () => clock.advance(10_000))
  expect(telemetry.operations().map(({ durationMs, slow }) => [durationMs, slow])).toEqual([
    [9999, undefined],
    [10_000, { thresholdMs: 10_000 }],
  ])
  expect(telemetry).toHaveMetric(line.work.step, { sum: 19.999 })
  expect(telemetry.tree({ durations: true })).toBe('step 9999 ms\nstep 10000 ms (slow: over 10 s)')
  expect(() => clock.advance(-1)).toThrow('advance(-1): give milliseconds, at least 0; time does not go back')
  telemetry.use(undefined)
  line.work.step({}, () => undefined)
  const last = telemetry.spans().at(-1)
  expect(last && milliseconds(last.start)).toBeGreaterThan(clock.now())
})

test('other libraries’ spans and log records follow it too', ({ telemetry }) => {
  const clock = virtualClock(1_000_000)
  telemetry.use(clock)
  const span = trace.getTracer('theirs').startSpan('theirs')
  clock.advance(250)
  logs.getLogger('theirs').emit({ body: 'said' })
  span.end()
  expect(telemetry.tree({ durations: true })).toBe('theirs 250 ms')
  expect(telemetry.logs().map(({ time }) => milliseconds(time))).toEqual([1_000_250])
})

test('one test’s clock is not another’s', async ({ telemetry }) => {
  telemetry.use(virtualClock(5000))
  recordTelemetry((other) => {
    line.work.step({}, () => undefined)
    const [step] = other.spans()
    expect(step && milliseconds(step.start)).toBeGreaterThan(1_000_000_000_000)
  })
  line.work.step({}, () => undefined)
  const [step] = telemetry.spans()
  expect(step && milliseconds(step.start)).toBe(5000)
})

describe('under a runner’s fake timers', () => {
  afterEach(() => void vi.useRealTimers())

  test('use(Date) follows them, and settled() waits in real time', async ({ telemetry }) => {
    vi.useFakeTimers()
    telemetry.use(Date)
    const { promise, resolve } = Promise.withResolvers<void>()
    const step = line.work.step({}, () => promise)
    setTimeout(resolve, 30_000)
    await expect(telemetry.settled({ timeoutMs: 20 })).rejects.toThrow('after 20 ms still open:\n  step')
    vi.advanceTimersByTime(30_000)
    await step
    await telemetry.settled()
    expect(telemetry.tree({ durations: true })).toBe('step 30000 ms (slow: over 10 s)')
  })
})
