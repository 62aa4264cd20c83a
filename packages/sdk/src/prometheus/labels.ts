// Attributes to labels. One bad key would make Prometheus refuse the whole scrape, so every key leaves here as a valid label name,
// each name once, and every value as text.
import type { Attributes } from '@opentelemetry/api'

export type Labels = Record<string, string>

// Names that the text form itself writes beside the attributes. Prometheus renames a clash the same way.
const reserved = new Set(['le', 'otel_scope_name', 'otel_scope_version', 'otel_scope_schema_url'])

/** `[a-zA-Z_][a-zA-Z0-9_]*`, in the way the exporter does it, so that doing it again changes nothing. */
export function validName(name: string): string {
  const valid = name.replaceAll(/[^a-zA-Z0-9_]/g, '_').replaceAll(/_{2,}/g, '_')
  return /^[a-zA-Z_]/.test(valid) ? valid : `_${valid}`
}

/**
 * Keys in lexicographical order; the values of keys that become one name are joined by ";" in that order, as OpenTelemetry's
 * compatibility specification for Prometheus asks.
 */
export function labelsOf(attributes: Attributes): Labels {
  const labels: Labels = Object.create(null) as Labels
  for (const [key, value] of Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const valid = validName(key)
    const name = reserved.has(valid) ? `exported_${valid}` : valid
    labels[name] = name in labels ? `${labels[name]};${textOf(value)}` : textOf(value)
  }
  return labels
}

/** Two sets of labels with one key are one series. */
export function seriesKey(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

export function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'object') return String(value).toWellFormed()
  try {
    return (JSON.stringify(value) ?? '').toWellFormed()
  } catch {
    return ''
  }
}
