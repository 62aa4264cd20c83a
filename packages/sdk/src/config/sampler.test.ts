// Recording is not sampling, with the real TracerProvider: everything is recorded, the configured sampler decides what is exported.
import { ROOT_CONTEXT, TraceFlags, trace } from '@opentelemetry/api'
import type { Sampler } from '@opentelemetry/sdk-trace'
import { TracerProvider } from '@opentelemetry/sdk-trace'
import { expect, test } from 'vitest'
import { createSampler, resolve } from './index.ts'
import type { RegisterOptions } from './index.ts'

function tracerOf(sampler: RegisterOptions['sampler'], environment = {}) {
  const { config } = resolve({ sampler }, environment, { main: true })
  return new TracerProvider({ sampler: createSampler(config.sampler) }).getTracer('test')
}

const remote = (traceFlags: TraceFlags) =>
  trace.setSpanContext(ROOT_CONTEXT, { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags, isRemote: true })

test.for<[RegisterOptions['sampler'], root: boolean, sampledParent: boolean, unsampledParent: boolean]>([
  [undefined, true, true, false],
  ['always_on', true, true, true],
  ['always_off', false, false, false],
  [{ name: 'traceidratio', ratio: 1 }, true, true, true],
  [{ name: 'traceidratio', ratio: 0 }, false, false, false],
  ['parentbased_always_on', true, true, false],
  ['parentbased_always_off', false, true, false],
  [{ name: 'parentbased_traceidratio', ratio: 0 }, false, true, false],
])('%j exports a root: %s, below a sampled parent: %s, below an unsampled one: %s', ([sampler, ...expected]) => {
  const tracer = tracerOf(sampler)
  const spans = [ROOT_CONTEXT, remote(TraceFlags.SAMPLED), remote(TraceFlags.NONE)].map((context) =>
    tracer.startSpan('s', {}, context),
  )
  expect(spans.map((span) => span.spanContext().traceFlags === TraceFlags.SAMPLED)).toEqual(expected)
  expect(spans.map((span) => span.isRecording())).toEqual([true, true, true])
})

test('children of an unsampled span are recorded too', () => {
  const tracer = tracerOf({ name: 'parentbased_traceidratio', ratio: 0 })
  const parent = tracer.startSpan('parent')
  const child = tracer.startSpan('child', {}, trace.setSpan(ROOT_CONTEXT, parent))
  expect(child.isRecording()).toBe(true)
  expect(child.spanContext()).toMatchObject({ traceFlags: TraceFlags.NONE, traceId: parent.spanContext().traceId })
})

test('a ratio of a quarter exports about a quarter', () => {
  const tracer = tracerOf(undefined, { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.25' })
  const sampled = Array.from({ length: 4_000 }, () => tracer.startSpan('s')).filter(
    (span) => span.spanContext().traceFlags === 1,
  )
  expect(sampled.length).toBeGreaterThan(800)
  expect(sampled.length).toBeLessThan(1_200)
})

test('a sampler of one’s own that throws does not reach the caller', () => {
  const sampler: Sampler = {
    shouldSample() {
      throw new Error('no decision')
    },
    toString: () => 'Throwing',
  }
  const span = tracerOf(sampler).startSpan('s')
  expect(span.isRecording()).toBe(true)
  expect(createSampler(sampler).toString()).toBe('AlwaysRecordSampler{Guarded{Throwing}}')
})
