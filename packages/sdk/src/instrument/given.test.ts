import { metrics, trace } from '@opentelemetry/api'
import { InstrumentationBase } from '@opentelemetry/instrumentation'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { LoggerProvider } from '@opentelemetry/sdk-logs'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { expect, test } from 'vitest'
import { instrumentGiven } from './index.ts'

class WorkInstrumentation extends InstrumentationBase {
  constructor(enabled: boolean) {
    super('instrumentation-work', '1.0.0', { enabled })
  }
  protected override init(): [] {
    return []
  }
  work(): void {
    this.tracer.startSpan('work').end()
  }
}

class FailingInstrumentation extends WorkInstrumentation {
  override setTracerProvider(): never {
    throw new Error('on purpose')
  }
}

test('instrumentations are bound to the providers and switched on, and one that fails takes no other with it', () => {
  const exporter = new InMemorySpanExporter()
  const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
  const warned: string[] = []
  const [off, on, failing] = [
    new WorkInstrumentation(false),
    new WorkInstrumentation(true),
    new FailingInstrumentation(false),
  ]
  const stop = instrumentGiven({
    instrumentations: [failing, [off], on],
    tracerProvider,
    meterProvider: new MeterProvider(),
    loggerProvider: new LoggerProvider(),
    warn: (message) => warned.push(message),
  })
  for (const instrumentation of [off, on]) instrumentation.work()
  expect(exporter.getFinishedSpans().map(({ instrumentationScope }) => instrumentationScope.name)).toEqual([
    'instrumentation-work',
    'instrumentation-work',
  ])
  expect([off.isEnabled(), on.isEnabled(), failing.isEnabled()]).toEqual([true, true, false])
  expect(warned).toEqual(['The instrumentation instrumentation-work could not be switched on: on purpose'])
  stop()
  expect([off.isEnabled(), on.isEnabled()]).toEqual([false, false])
})

test('what is no instrumentation is said, not thrown', () => {
  const warned: string[] = []
  const instrumentations = [undefined, {}] as unknown as []
  instrumentGiven({
    instrumentations,
    tracerProvider: trace.getTracerProvider(),
    meterProvider: metrics.getMeterProvider(),
    warn: (message) => warned.push(message),
  })()
  expect(warned).toHaveLength(2)
})
