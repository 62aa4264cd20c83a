// OpenTelemetry's own providers, made from the parts and put behind the API, for each signal that nobody else has taken.
import { context, logs, type MeterProvider as AnyMeterProvider, metrics, propagation, trace } from '@opentelemetry/api'
import { contextManager } from '../context/manager.ts'
import { LoggerProvider } from '@opentelemetry/sdk-logs'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { TracerProvider } from '@opentelemetry/sdk-trace'
import { type Account, observeAccount } from '../account/index.ts'
import { createPropagator, type SignalName, VERSION } from '../config/index.ts'
import type { Parts } from './parts.ts'

// Where the API keeps what is registered, the same for every copy and version 1.x of it.
const apiSlot = Symbol.for('opentelemetry.js.api.1')
const slotNames = { traces: 'trace', metrics: 'metrics', logs: 'logs' } as const satisfies Record<SignalName, string>

export const signalNames = ['traces', 'metrics', 'logs'] as const satisfies readonly SignalName[]

/** Whether a signal has been registered already. Asked before, because the API logs an error when it has to refuse. */
export function isTaken(signal: SignalName): boolean {
  return isSet(slotNames[signal])
}

/** Whether anything is registered under one of the API's names. */
export function isSet(name: 'context' | 'diag' | 'logs' | 'metrics' | 'propagation' | 'trace'): boolean {
  const slot: unknown = Reflect.get(globalThis, apiSlot)
  return typeof slot === 'object' && slot !== null && Reflect.get(slot, name) !== undefined
}

/** Context and its propagation work also when nothing is recorded. What another set-up has put there stays. */
export function provideContext({ config }: Pick<Parts, 'config'>): void {
  if (!isSet('context')) context.setGlobalContextManager(contextManager())
  if (config.propagators.length > 0 && !isSet('propagation'))
    propagation.setGlobalPropagator(createPropagator(config.propagators))
}

/** Makes the provider of a signal and registers it. */
export const provide = {
  traces({ config, resource, sampler, idGenerator, spanProcessor, apiUsers }: Parts): void {
    const spanLimits = config.limits.spans
    const spanProcessors = [spanProcessor]
    const provider = new TracerProvider({ resource, sampler, idGenerator, spanLimits, spanProcessors })
    apiUsers.watch(provider, 'getTracer')
    trace.setGlobalTracerProvider(provider)
  },
  logs({ config, resource, logProcessor, apiUsers }: Parts): void {
    const logRecordLimits = config.limits.logs
    const provider = new LoggerProvider({ resource, logRecordLimits, processors: [logProcessor] })
    apiUsers.watch(provider, 'getLogger')
    logs.setGlobalLoggerProvider(provider)
  },
  metrics({ config, resource, metricReaders, account, apiUsers, targets, measured }: Parts): void {
    const provider = new MeterProvider({ resource, readers: [...metricReaders], views: [...config.views] })
    apiUsers.watch(provider, 'getMeter')
    metrics.setGlobalMeterProvider(targets.measurements.length > 0 ? measured(provider) : provider)
    measureAccount(provider, account)
  },
} as const satisfies Record<SignalName, (parts: Parts) => void>

/** From now on processors are told of measurements too: by instruments that are made anew, as the emitters of a catalogue make theirs. */
export function provideMeasured({ measured }: Parts): void {
  const provider = metrics.getMeterProvider()
  metrics.disable()
  metrics.setGlobalMeterProvider(measured(provider))
}

/** The account as `otel.sdk.*` metrics. */
export function measureAccount(provider: AnyMeterProvider, account: Account): () => void {
  return observeAccount(provider.getMeter('@proprio/sdk', VERSION), account)
}
