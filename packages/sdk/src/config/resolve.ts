// Options, then environment, then defaults: from these three the one frozen Config that every later stage is given, block by block.
import type { Attributes } from '@opentelemetry/api'
import type { Config, LimitsConfig, QueueConfig, Resolved, StoreConfig, Warning } from './config.ts'
import type { ResourceConfig } from './config.ts'
import { defaults } from './defaults.ts'
import { readEnvironment, warning } from './environment.ts'
import type { Environment } from './environment.ts'
import { checkOptions } from './option-checks.ts'
import type { AttributeLimits, MemoryOptions, RegisterOptions } from './options.ts'
import { resolveOtlp } from './otlp.ts'
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
    console: console(options.console, values),
    prometheus: prometheus(options.prometheus, values, process, warn),
    spans: queue('spans', options, values, warn),
    logs: queue('logs', options, values, warn),
    metrics: metrics(options.metrics, values, warn),
    limits: limits(options.limits, values),
    stores: stores(options.store ?? values.store ?? true),
    events: options.events ?? values.events ?? defaults.events,
    layers: Object.freeze({ ...values.layers, ...withoutUndefined(options.layers) }),
    http: block(options.http ?? true),
    fetch: options.fetch ?? true,
    instrumentations: frozen(options.instrumentations),
    redact: redact(options.redact ?? values.redact ?? defaults.redact),
    hashKey: options.hashKey ?? values.hashKey,
    flushOnExit: options.flushOnExit ?? values.flushOnExit ?? defaults.flushOnExit,
    signals: list(options.signals === true ? undefined : options.signals, undefined, defaults.signals),
    shutdownTimeoutMs: options.shutdownTimeoutMs ?? defaults.shutdownTimeoutMs,
    attach: options.attach ?? false,
    logger: options.logger,
    logLevel: options.logLevel ?? values.logLevel ?? defaults.logLevel,
    views: frozen(options.views),
    idGenerator: options.idGenerator,
    clock: clock(options.clock),
  } satisfies Config)
  return Object.freeze({ config, warnings: Object.freeze(warnings) })
}

function frozen<T>(list: readonly T[] = []): readonly T[] {
  return Object.freeze([...list])
}

/** `undefined` = from the environment, `'auto'` = the default list, `false` = none. */
function list<T>(
  said: 'auto' | false | readonly T[] | undefined,
  value: readonly T[] | undefined,
  fallback: readonly T[],
): readonly T[] {
  if (said === false) return frozen<T>()
  return frozen(said === 'auto' ? fallback : (said ?? value ?? fallback))
}

/** `true` = on with nothing to add. What the caller handed in stays the caller's object. */
function block<T extends object>(said: boolean | T): false | T {
  return said === true ? (Object.freeze({}) as T) : said
}

function withoutUndefined<T extends object>(said: T | undefined): T {
  return Object.fromEntries(Object.entries(said ?? {}).filter(([, value]) => value !== undefined)) as T
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

function queue(
  name: 'spans' | 'logs',
  options: RegisterOptions,
  values: Values,
  warn: (warning: Warning) => void,
): QueueConfig {
  const said = options[name]
  const maxRecords = said?.maxRecords ?? values[`${name}.maxRecords`] ?? defaults[name].maxRecords
  const batchRecords = said?.batchRecords ?? values[`${name}.batchRecords`]
  if (batchRecords !== undefined && batchRecords > maxRecords)
    warn(above(`${name}.batchRecords`, batchRecords, `${name}.maxRecords`, maxRecords))
  return Object.freeze({
    maxRecords,
    maxBytes: said?.maxBytes ?? defaults[name].maxBytes,
    batchRecords: Math.min(batchRecords ?? defaults[name].batchRecords, maxRecords),
    batchBytes: said?.batchBytes ?? defaults[name].batchBytes,
    delayMs: said?.delayMs ?? values[`${name}.delayMs`] ?? defaults[name].delayMs,
    exportTimeoutMs: said?.exportTimeoutMs ?? values[`${name}.exportTimeoutMs`] ?? defaults[name].exportTimeoutMs,
  })
}

function metrics(
  said: RegisterOptions['metrics'],
  values: Values,
  warn: (warning: Warning) => void,
): Config['metrics'] {
  const intervalMs = said?.intervalMs ?? values['metrics.intervalMs'] ?? defaults.metrics.intervalMs
  const timeout = said?.exportTimeoutMs ?? values['metrics.exportTimeoutMs']
  if (timeout !== undefined && timeout > intervalMs)
    warn(above('metrics.exportTimeoutMs', timeout, 'metrics.intervalMs', intervalMs))
  return Object.freeze({
    intervalMs,
    exportTimeoutMs: Math.min(timeout ?? defaults.metrics.exportTimeoutMs, intervalMs),
  })
}

function above(about: string, value: number, bound: string, taken: number): Warning {
  return warning({ about, value: String(value), expected: `at most ${bound}`, taken: String(taken) })
}

function limits(said: RegisterOptions['limits'], values: Values): LimitsConfig {
  const of = (own: AttributeLimits | undefined, signal: 'spans' | 'logs') => ({
    attributeCountLimit:
      own?.attributeCount ??
      said?.attributeCount ??
      values[`limits.${signal}.attributeCount`] ??
      values['limits.attributeCount'] ??
      defaults.limits.attributeCount,
    attributeValueLengthLimit:
      own?.valueLength ??
      said?.valueLength ??
      values[`limits.${signal}.valueLength`] ??
      values['limits.valueLength'] ??
      defaults.limits.valueLength,
  })
  const count = (key: 'events' | 'links' | 'eventAttributeCount' | 'linkAttributeCount') =>
    said?.[key] ?? values[`limits.${key}`] ?? defaults.limits[key]
  return Object.freeze({
    spans: Object.freeze({
      ...of(said?.spans, 'spans'),
      eventCountLimit: count('events'),
      linkCountLimit: count('links'),
      attributePerEventCountLimit: count('eventAttributeCount'),
      attributePerLinkCountLimit: count('linkAttributeCount'),
    }),
    logs: Object.freeze(of(said?.logs, 'logs')),
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
  const { performance } = globalThis
  return Object.freeze({
    now: said === undefined ? () => performance.timeOrigin + performance.now() : () => said.now(),
    random: said?.random === undefined ? Math.random : () => said.random?.() ?? Math.random(),
  })
}
