// The bounds of what waits, is sent at once and fits into one record: queues, metric collection and limits, each by the same precedence.
import type { Config, LimitsConfig, QueueConfig, Warning } from './config.ts'
import { defaults } from './defaults.ts'
import { warning } from './environment.ts'
import type { AttributeLimits, RegisterOptions } from './options.ts'
import { type Values, variableOf } from './variables.ts'

export function queue(
  name: 'spans' | 'logs',
  options: RegisterOptions,
  values: Values,
  warn: (warning: Warning) => void,
): QueueConfig {
  const said = options[name]
  const maxRecords = said?.maxRecords ?? values[`${name}.maxRecords`] ?? defaults[name].maxRecords
  const batchRecords = said?.batchRecords ?? values[`${name}.batchRecords`]
  if (batchRecords !== undefined && batchRecords > maxRecords)
    warn(
      above(
        placeOf(said?.batchRecords, `${name}.batchRecords`),
        batchRecords,
        placeOf(said?.maxRecords, `${name}.maxRecords`),
        maxRecords,
      ),
    )
  return Object.freeze({
    maxRecords,
    maxBytes: said?.maxBytes ?? defaults[name].maxBytes,
    batchRecords: Math.min(batchRecords ?? defaults[name].batchRecords, maxRecords),
    batchBytes: said?.batchBytes ?? defaults[name].batchBytes,
    delayMs: said?.delayMs ?? values[`${name}.delayMs`] ?? defaults[name].delayMs,
    exportTimeoutMs: said?.exportTimeoutMs ?? values[`${name}.exportTimeoutMs`] ?? defaults[name].exportTimeoutMs,
  })
}

export function metrics(
  said: RegisterOptions['metrics'],
  values: Values,
  warn: (warning: Warning) => void,
): Config['metrics'] {
  const intervalMs = said?.intervalMs ?? values['metrics.intervalMs'] ?? defaults.metrics.intervalMs
  const timeout = said?.exportTimeoutMs ?? values['metrics.exportTimeoutMs']
  if (timeout !== undefined && timeout > intervalMs)
    warn(
      above(
        placeOf(said?.exportTimeoutMs, 'metrics.exportTimeoutMs'),
        timeout,
        placeOf(said?.intervalMs, 'metrics.intervalMs'),
        intervalMs,
      ),
    )
  return Object.freeze({
    intervalMs,
    exportTimeoutMs: Math.min(timeout ?? defaults.metrics.exportTimeoutMs, intervalMs),
  })
}

/** Where it was said: in the option of that path, else in its variable. */
function placeOf(option: number | undefined, path: Parameters<typeof variableOf>[0]): string {
  return option === undefined ? variableOf(path) : path
}

function above(about: string, value: number, bound: string, taken: number): Warning {
  return warning({ about, value: String(value), expected: `at most ${bound}`, taken: String(taken) })
}

export function limits(said: RegisterOptions['limits'], values: Values): LimitsConfig {
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
