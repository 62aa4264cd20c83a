// Options, then environment, then defaults: from these three the one frozen Config that every later stage is given, block by block.
import type { Attributes } from '@opentelemetry/api'
import { limits, metrics, queue } from './bounds.ts'
import { systemClock } from './clock.ts'
import type { Config, Resolved, ResourceConfig, StoreConfig, Warning } from './config.ts'
import { defaults } from './defaults.ts'
import { readEnvironment, warning } from './environment.ts'
import type { Environment } from './environment.ts'
import { frozen, list, withoutUndefined } from './lists.ts'
import { checkOptions } from './option-checks.ts'
import type { MemoryOptions, RegisterOptions } from './options.ts'
import { checkGeneralEndpoint, resolveOtlp } from './otlp.ts'
import type { ThisProcess } from './process.ts'
import type { Values } from './variables.ts'

/**
 * Resolves what register() was told. What is wrong in the environment is a warning; a wrong option throws.
 * @throws {ProprioError} PROPRIO_SDK_UNKNOWN_OPTION, PROPRIO_SDK_BAD_OPTION
 */
export function resolve(
  options: RegisterOptions,
  environment: Environment,
  process: Pick<ThisProcess, 'main'>,
): Resolved {
  checkOptions(options)
  const warnings: Warning[] = []
  const warn = (of: Warning) => void warnings.push(of)
  const values = readEnvironment(environment, warn)
  checkGeneralEndpoint(options.otlp, values, warn)
  const config = Object.freeze({
    disabled: options.disabled ?? values.disabled ?? defaults.disabled,
    resource: resource(options, values),
    sampler: sampler(options.sampler, values),
    propagators: list(options.propagators, values.propagators, defaults.propagators),
    otlp: resolveOtlp(options.otlp, values),
    exporters: Object.freeze({
      spans: frozen(options.exporters?.spans),
      logs: frozen(options.exporters?.logs),
      metrics: frozen(options.exporters?.metrics),
    }),
    processors: Object.freeze({
      spans: frozen(options.processors?.spans),
      logs: frozen(options.processors?.logs),
      measurements: frozen(options.processors?.measurements),
    }),
    console: console(options.console, values),
    prometheus: prometheus(options.prometheus, values, process, warn),
    spans: queue('spans', options, values, warn),
    logs: queue('logs', options, values, warn),
    metrics: metrics(options.metrics, values, warn),
    limits: limits(options.limits, values),
    stores: stores(options.store ?? values.store ?? true),
    events: options.events ?? values.events ?? defaults.events,
    layers: Object.freeze({ ...values.layers, ...withoutUndefined(options.layers) }),
    http: options.http === true || options.http === undefined ? Object.freeze({}) : options.http,
    fetch: options.fetch ?? true,
    ignore: options.ignore,
    instrumentations: frozen(options.instrumentations?.flat()),
    redact: redact(options.redact ?? values.redact ?? defaults.redact),
    hashKey: options.hashKey ?? values.hashKey,
    flushOnExit: options.flushOnExit ?? values.flushOnExit ?? defaults.flushOnExit,
    signals: list(options.signals === true ? undefined : options.signals, undefined, defaults.signals),
    shutdownTimeoutMs: options.shutdownTimeoutMs ?? defaults.shutdownTimeoutMs,
    attach: options.attach ?? false,
    logger: options.logger,
    logLevel: options.logLevel ?? values.logLevel ?? defaults.logLevel,
    diagnosticsAsked: [options.logger, options.logLevel, values.logLevel].some((said) => said !== undefined),
    views: frozen(options.views),
    idGenerator: options.idGenerator,
    clock: clock(options.clock),
    clockGiven: options.clock !== undefined,
  } satisfies Config)
  return Object.freeze({ config, warnings: Object.freeze(warnings) })
}

function resource({ service, resource, detectors }: RegisterOptions, values: Values): ResourceConfig {
  const { name, version, namespace } = typeof service === 'string' ? { name: service } : { ...service }
  const attributes: Attributes = {
    ...values.resource,
    ...withoutUndefined({ 'service.name': values['service.name'] }),
    ...withoutUndefined(resource),
    ...withoutUndefined({ 'service.name': name, 'service.version': version, 'service.namespace': namespace }),
  }
  return Object.freeze({
    attributes: Object.freeze(attributes),
    detectors: list(detectors, values.detectors, defaults.detectors),
  })
}

function sampler(said: RegisterOptions['sampler'], values: Values): Config['sampler'] {
  if (typeof said === 'object' && 'shouldSample' in said) return said
  const { name, ratio } = typeof said === 'string' ? { name: said } : { ...said }
  return Object.freeze({
    name: name ?? values['sampler.name'] ?? defaults.sampler.name,
    ratio: ratio ?? values['sampler.ratio'] ?? defaults.sampler.ratio,
  })
}

function console(said: RegisterOptions['console'], values: Values): Config['console'] {
  const choice = typeof said === 'boolean' ? { traces: said, metrics: said, logs: said } : { ...said }
  return Object.freeze({
    traces: choice.traces ?? values['otlp.traces']?.includes('console') ?? false,
    metrics: choice.metrics ?? values['otlp.metrics']?.includes('console') ?? false,
    logs: choice.logs ?? values['otlp.logs']?.includes('console') ?? false,
  })
}

// A port belongs to one process. A variable is inherited by every child, so only an option counts as asked for there.
function prometheus(
  said: RegisterOptions['prometheus'],
  values: Values,
  process: Pick<ThisProcess, 'main'>,
  warn: (warning: Warning) => void,
): Config['prometheus'] {
  const on = said ?? values['otlp.metrics']?.includes('prometheus') ?? false
  if (on === false) return false
  const { host, port } = typeof on === 'object' ? on : {}
  if (!process.main && port === undefined) {
    const expected = 'prometheus: { port } in a worker thread or forked child'
    if (said !== undefined) warn(warning({ about: 'prometheus', value: 'true', expected, taken: 'no scrape endpoint' }))
    return false
  }
  return Object.freeze({
    host: host ?? values['prometheus.host'] ?? defaults.prometheus.host,
    port: port ?? values['prometheus.port'] ?? defaults.prometheus.port,
  })
}

function stores(said: NonNullable<RegisterOptions['store']>): readonly StoreConfig[] {
  if (said === false) return frozen<StoreConfig>()
  return frozen((Array.isArray(said) ? said : [said]).map(oneStore))
}

function oneStore(said: Exclude<NonNullable<RegisterOptions['store']>, readonly unknown[]>): StoreConfig {
  if (typeof said === 'object' && 'events' in said) return Object.freeze({ kind: 'own', store: said })
  const { maxEvents, maxBytes }: MemoryOptions = typeof said === 'object' ? said : {}
  return Object.freeze({
    kind: 'memory',
    maxEvents: maxEvents ?? defaults.store.maxEvents,
    maxBytes: maxBytes ?? defaults.store.maxBytes,
  })
}

function redact(said: NonNullable<RegisterOptions['redact']>): Config['redact'] {
  if (said === false) return false
  const { patterns, keys } = said === true ? {} : said
  return Object.freeze({ patterns: frozen(patterns), keys: frozen(keys) })
}

function clock(said: RegisterOptions['clock']): Config['clock'] {
  const system = systemClock()
  if (said === undefined) return Object.freeze(system)
  return Object.freeze({
    now: orElse(() => said.now(), system.now),
    random: orElse(() => said.random?.(), system.random),
  })
}

// An application's clock is read inside the host's own calls: what it throws, or a reading that is none, must not reach them.
function orElse(own: () => number | undefined, otherwise: () => number): () => number {
  return () => {
    try {
      const reading = own()
      return reading !== undefined && Number.isFinite(reading) ? reading : otherwise()
    } catch {
      return otherwise()
    }
  }
}
