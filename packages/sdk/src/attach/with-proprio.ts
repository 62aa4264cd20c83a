// For whoever has a NodeSDK of their own: the same parts, as its configuration.
import type { Instrumentation } from '@opentelemetry/instrumentation'
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs'
import type { IMetricReader, ViewOptions } from '@opentelemetry/sdk-metrics'
import type { IdGenerator, Sampler, SpanLimits, SpanProcessor } from '@opentelemetry/sdk-trace'
import type { Resource } from '@opentelemetry/resources'
import type { TextMapPropagator } from '@opentelemetry/api'
import { type Instrumented, instrument } from '../assemble/instrument.ts'
import type { Parts } from '../assemble/parts.ts'
import { createPropagator, readProcess, type RegisterOptions, resolve, VERSION } from '../config/index.ts'
import type { SignalHealth } from '../handle/health.ts'
import { callerOf } from '../handle/slot.ts'
import { install, prepare, type Running } from '../assemble/install.ts'

/** What `NodeSDK` of `@opentelemetry/sdk-node` is given; the part of its configuration that we fill. */
export interface NodeSdkConfiguration {
  resource: Resource
  autoDetectResources: false
  sampler: Sampler
  spanLimits: SpanLimits
  idGenerator: IdGenerator
  spanProcessors: SpanProcessor[]
  logRecordProcessors: LogRecordProcessor[]
  metricReaders: IMetricReader[]
  views: ViewOptions[]
  textMapPropagator: TextMapPropagator
  instrumentations: Instrumentation[]
}

/**
 * The configuration of a `NodeSDK` with everything of ours in it: `new NodeSDK(withProprio({ service: 'shop' })).start()`. Exporters, readers, sampler,
 * limits, propagators and detectors are those that options and environment ask for, since passing processors switches NodeSDK's own off. The handle is
 * `telemetry()`. Spread it to add parts of your own: `{ ...config, spanProcessors: [...config.spanProcessors, mine] }`.
 * @throws ProprioError for an option that is unknown or cannot be used
 */
export function withProprio(options: RegisterOptions = {}): NodeSdkConfiguration {
  const at = callerOf(withProprio)
  const resolved = resolve(options, process.env, readProcess())
  const parts = prepare(resolved)
  const { config, resource, sampler, idGenerator, spanProcessor, logProcessor, metricReaders } = parts
  const instrumentation = lateInstrumentation(parts)
  const state: SignalHealth = {
    state: config.disabled ? 'off' : 'registered',
    note: 'by a NodeSDK, with withProprio()',
  }
  install(resolved, parts, { traces: state, metrics: state, logs: state }, at, instrumentation)
  return {
    resource,
    autoDetectResources: false,
    sampler,
    spanLimits: config.limits.spans,
    idGenerator,
    spanProcessors: [spanProcessor],
    logRecordProcessors: [logProcessor],
    metricReaders: [...metricReaders],
    views: [...config.views],
    textMapPropagator: createPropagator(config.propagators),
    instrumentations: [instrumentation.instrumentation],
  }
}

interface LateInstrumentation extends Running {
  readonly instrumentation: Instrumentation
}

// Ours begin when NodeSDK does: it enables what it was given before it has a MeterProvider, and hands that over afterwards.
function lateInstrumentation(parts: Parts): LateInstrumentation {
  let running: Instrumented | undefined
  const disable = (): void => {
    for (const stop of running?.stop ?? []) stop()
    running = undefined
  }
  const enable = (): void => {
    disable()
    running = instrument(parts)
  }
  return {
    instrumentation: {
      instrumentationName: '@proprio/sdk',
      instrumentationVersion: VERSION,
      setTracerProvider() {},
      setLoggerProvider() {},
      setMeterProvider: enable,
      setConfig() {},
      getConfig: () => ({ enabled: true }),
      enable,
      disable,
    },
    stop: [disable],
    selfCheck: () => running?.selfCheck.result(),
  }
}
