// For whoever has a NodeSDK of their own: the same parts, as its configuration.
import type { Instrumentation } from '@opentelemetry/instrumentation'
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs'
import type { IMetricReader, ViewOptions } from '@opentelemetry/sdk-metrics'
import type { IdGenerator, Sampler, SpanLimits, SpanProcessor } from '@opentelemetry/sdk-trace'
import type { Resource } from '@opentelemetry/resources'
import type { TextMapPropagator } from '@opentelemetry/api'
import { type Instrumented, instrument } from '../assemble/instrument.ts'
import { assemble, type Parts } from '../assemble/parts.ts'
import { measureAccount } from '../assemble/providers.ts'
import { createPropagator, readProcess, type RegisterOptions, resolve, VERSION } from '../config/index.ts'
import type { Health, SignalHealth } from '../handle/health.ts'
import { callerOf, registerAgain, registered } from '../handle/slot.ts'
import { lateTracerProvider } from './late-tracer.ts'
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
 * `telemetry()`. Limits of log records are the one thing that NodeSDK takes from the environment alone. Spread it to add parts of your own: `{ ...config, spanProcessors: [...config.spanProcessors, mine] }`.
 * @throws ProprioError for an option that is unknown or cannot be used
 */
export function withProprio(options: RegisterOptions = {}): NodeSdkConfiguration {
  const at = callerOf(withProprio)
  const resolved = resolve(options, process.env, readProcess())
  const before = registered()
  if (before) registerAgain(before, at, options)
  const parts = before ? assemble({ ...resolved.config, disabled: true }) : prepare(resolved)
  const { config, resource, sampler, idGenerator, spanProcessor, logProcessor, metricReaders } = parts
  const instrumentation = lateInstrumentation(parts)
  if (!before) install(resolved, parts, signalsOf(parts), at, instrumentation)
  // What is disabled NodeSDK is given nothing for, which is not the same as not being told: that would take it from the environment.
  const own = { sampler, spanLimits: config.limits.spans, idGenerator, views: [...config.views] }
  if (config.disabled) return { ...own, ...nothing, resource, textMapPropagator: createPropagator(config.propagators) }
  return {
    resource,
    autoDetectResources: false,
    ...own,
    spanProcessors: [spanProcessor],
    logRecordProcessors: [logProcessor],
    metricReaders: [...metricReaders],
    textMapPropagator: createPropagator(config.propagators),
    instrumentations: [instrumentation.instrumentation],
  }
}

const nothing = {
  autoDetectResources: false,
  spanProcessors: [],
  logRecordProcessors: [],
  metricReaders: [],
  instrumentations: [],
} as const satisfies Partial<NodeSdkConfiguration>

function signalsOf({ config, metricReaders }: Parts): Health['signals'] {
  if (config.disabled) {
    const off: SignalHealth = { state: 'off', note: 'disabled by option or OTEL_SDK_DISABLED' }
    return { traces: off, metrics: off, logs: off }
  }
  const on: SignalHealth = { state: 'registered', note: 'by a NodeSDK, with withProprio()' }
  const unread: SignalHealth = { state: 'off', note: 'nobody reads metrics, and a NodeSDK makes no MeterProvider then' }
  return { traces: on, metrics: metricReaders.length > 0 ? on : unread, logs: on }
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
    running = instrument(parts, { foreign: false, tracerProvider: lateTracerProvider })
  }
  let unmeasured: (() => void) | undefined
  return {
    instrumentation: {
      instrumentationName: '@proprio/sdk',
      instrumentationVersion: VERSION,
      setTracerProvider() {},
      setLoggerProvider() {},
      setMeterProvider(provider) {
        unmeasured?.()
        unmeasured = measureAccount(provider, parts.account)
        enable()
      },
      setConfig() {},
      getConfig: () => ({ enabled: true }),
      enable,
      disable,
    },
    stop: [disable],
    selfCheck: () => running?.selfCheck.result(),
  }
}
