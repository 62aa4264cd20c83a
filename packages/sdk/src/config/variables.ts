// Every environment variable that is read, as one table: its name, the option it stands for, how its text is read, what it says.
// The types of the values, the tests and the reference page all come from here. Two variables of one option: the first one wins.
import { compressions, eventsModes, logLevels, propagatorNames, samplerNames, temporalities } from './names.ts'
import { attributePairs, flag, headerPairs, httpUrl, layerLevels, listOf, mapped, oneOf } from './reading.ts'
import { pemFile, protocol, secretKey, share, text, whole } from './reading.ts'
import type { Reading } from './reading.ts'

export interface Variable<Path extends string = string, T = unknown> {
  readonly name: string
  /** Where the same is said in RegisterOptions. */
  readonly path: Path
  readonly reading: Reading<T>
  readonly summary: string
  /** What is taken when nothing was understood, where defaults.ts does not say it. */
  readonly otherwise?: string
}

function variable<const Path extends string, T>(
  name: string,
  path: Path,
  reading: Reading<T>,
  summary: string,
  otherwise?: string,
): Variable<Path, T> {
  return { name, path, reading, summary, ...(otherwise !== undefined && { otherwise }) }
}

const count = whole(0)
const atLeastOne = whole(1)
const otlpWhenAsked = 'otlp when an endpoint is given'

const general = [
  variable('OTEL_SDK_DISABLED', 'disabled', flag, 'Records and sends nothing.'),
  variable('OTEL_SERVICE_NAME', 'service.name', text, 'The name of the service.'),
  variable('OTEL_RESOURCE_ATTRIBUTES', 'resource', attributePairs, 'Attributes of the resource.'),
  variable(
    'OTEL_NODE_RESOURCE_DETECTORS',
    'detectors',
    mapped(listOf(['all', 'service', 'host', 'process']), (names) =>
      names.includes('all')
        ? (['service', 'host', 'process'] as const)
        : (['service', 'host', 'process'] as const).filter((name) => names.includes(name)),
    ),
    'What the resource says about the host and process.',
  ),
  variable('OTEL_TRACES_SAMPLER', 'sampler.name', oneOf(samplerNames), 'Which spans are exported.'),
  variable('OTEL_TRACES_SAMPLER_ARG', 'sampler.ratio', share, 'Share of traces, for the ratio samplers.'),
  variable('OTEL_PROPAGATORS', 'propagators', listOf(propagatorNames), 'How context crosses processes.'),
  variable('OTEL_LOG_LEVEL', 'logLevel', oneOf(logLevels), 'The least severe diagnostics to print.'),
  variable('PROPRIO_EVENTS', 'events', oneOf(eventsModes), 'How an occurrence leaves.'),
  variable(
    'OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN',
    'events',
    mapped(listOf(['logs', 'logs/dup']), (said) => (said.includes('logs/dup') || said.length === 0 ? 'both' : 'log')),
    'logs: occurrences leave as log records only; logs/dup: as both.',
  ),
  variable('PROPRIO_LAYERS', 'layers', layerLevels, 'Layers that are off or start at a level.', 'all on'),
  variable('PROPRIO_STORE', 'store', flag, 'Keeps telemetry in memory for queries.', 'true'),
  variable('PROPRIO_REDACT', 'redact', flag, 'Masks known shapes of secrets.'),
  variable('PROPRIO_HASH_KEY', 'hashKey', secretKey, 'Key of the hash for sensitive attributes.', 'a random key'),
  variable('PROPRIO_FLUSH_ON_EXIT', 'flushOnExit', flag, 'Sends what is queued when the process exits.'),
] as const

const exporters = [
  variable('OTEL_TRACES_EXPORTER', 'otlp.traces', listOf(['otlp', 'console']), 'Where spans go.', otlpWhenAsked),
  variable(
    'OTEL_METRICS_EXPORTER',
    'otlp.metrics',
    listOf(['otlp', 'console', 'prometheus']),
    'Where metrics go.',
    otlpWhenAsked,
  ),
  variable('OTEL_LOGS_EXPORTER', 'otlp.logs', listOf(['otlp', 'console']), 'Where log records go.', otlpWhenAsked),
  variable('OTEL_EXPORTER_PROMETHEUS_HOST', 'prometheus.host', text, 'Address of the scrape endpoint.'),
  variable('OTEL_EXPORTER_PROMETHEUS_PORT', 'prometheus.port', whole(0, 65_535), 'Port of the scrape endpoint.'),
  variable(
    'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE',
    'otlp.metrics.temporality',
    oneOf(temporalities),
    'Whether sums are sent since the start or since the last time.',
  ),
] as const

function otlp<const Word extends string, const Path extends string>(word: Word, path: Path) {
  return [
    variable(
      `OTEL_EXPORTER_OTLP_${word}ENDPOINT`,
      `${path}.endpoint` as const,
      httpUrl,
      'Where to send.',
      'no endpoint',
    ),
    variable(`OTEL_EXPORTER_OTLP_${word}HEADERS`, `${path}.headers` as const, headerPairs, 'Headers to send.'),
    variable(`OTEL_EXPORTER_OTLP_${word}PROTOCOL`, `${path}.protocol` as const, protocol, 'Which encoding to send.'),
    variable(
      `OTEL_EXPORTER_OTLP_${word}COMPRESSION`,
      `${path}.compression` as const,
      oneOf(compressions),
      'How to compress.',
    ),
    variable(
      `OTEL_EXPORTER_OTLP_${word}TIMEOUT`,
      `${path}.timeoutMs` as const,
      atLeastOne,
      'Longest time for one request, in ms.',
    ),
    variable(
      `OTEL_EXPORTER_OTLP_${word}CERTIFICATE`,
      `${path}.certificates.ca` as const,
      pemFile,
      'The authority to trust.',
    ),
    variable(
      `OTEL_EXPORTER_OTLP_${word}CLIENT_CERTIFICATE`,
      `${path}.certificates.cert` as const,
      pemFile,
      'The certificate of the client.',
    ),
    variable(
      `OTEL_EXPORTER_OTLP_${word}CLIENT_KEY`,
      `${path}.certificates.key` as const,
      pemFile,
      'The key of the client.',
    ),
  ] as const
}

function queue<const Word extends string, const Path extends string>(word: Word, path: Path) {
  return [
    variable(`OTEL_${word}_MAX_QUEUE_SIZE`, `${path}.maxRecords` as const, atLeastOne, 'Records that may wait.'),
    variable(
      `OTEL_${word}_MAX_EXPORT_BATCH_SIZE`,
      `${path}.batchRecords` as const,
      atLeastOne,
      'Records in one request.',
    ),
    variable(
      `OTEL_${word}_SCHEDULE_DELAY`,
      `${path}.delayMs` as const,
      atLeastOne,
      'Longest wait for a request to fill, in ms.',
    ),
    variable(
      `OTEL_${word}_EXPORT_TIMEOUT`,
      `${path}.exportTimeoutMs` as const,
      atLeastOne,
      'Longest time for one batch, in ms.',
    ),
  ] as const
}

const metrics = [
  variable('OTEL_METRIC_EXPORT_INTERVAL', 'metrics.intervalMs', atLeastOne, 'Time between collections, in ms.'),
  variable('OTEL_METRIC_EXPORT_TIMEOUT', 'metrics.exportTimeoutMs', atLeastOne, 'Longest time to send one, in ms.'),
] as const

// OTEL_SPAN_ATTRIBUTE_PER_{EVENT,LINK}_COUNT_LIMIT are names that sdk-node 0.301 still reads besides the specified ones.
const limits = [
  variable('OTEL_ATTRIBUTE_COUNT_LIMIT', 'limits.attributeCount', count, 'Attributes of one record.'),
  variable('OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT', 'limits.valueLength', count, 'Characters of one text value.'),
  variable('OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT', 'limits.spans.attributeCount', count, 'Attributes of one span.'),
  variable(
    'OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT',
    'limits.spans.valueLength',
    count,
    'Characters of a text value on a span.',
  ),
  variable('OTEL_SPAN_EVENT_COUNT_LIMIT', 'limits.events', count, 'Events of one span.'),
  variable('OTEL_SPAN_LINK_COUNT_LIMIT', 'limits.links', count, 'Links of one span.'),
  variable('OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT', 'limits.eventAttributeCount', count, 'Attributes of one span event.'),
  variable(
    'OTEL_SPAN_ATTRIBUTE_PER_EVENT_COUNT_LIMIT',
    'limits.eventAttributeCount',
    count,
    'The same, by its older name.',
  ),
  variable('OTEL_LINK_ATTRIBUTE_COUNT_LIMIT', 'limits.linkAttributeCount', count, 'Attributes of one link.'),
  variable(
    'OTEL_SPAN_ATTRIBUTE_PER_LINK_COUNT_LIMIT',
    'limits.linkAttributeCount',
    count,
    'The same, by its older name.',
  ),
  variable(
    'OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT',
    'limits.logs.attributeCount',
    count,
    'Attributes of one log record.',
  ),
  variable(
    'OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT',
    'limits.logs.valueLength',
    count,
    'Characters of a text value on a log record.',
  ),
] as const

export const variables = [
  ...general,
  ...exporters,
  ...otlp('', 'otlp'),
  ...otlp('TRACES_', 'otlp.traces'),
  ...otlp('METRICS_', 'otlp.metrics'),
  ...otlp('LOGS_', 'otlp.logs'),
  ...queue('BSP', 'spans'),
  ...queue('BLRP', 'logs'),
  ...metrics,
  ...limits,
] as const

type Known = (typeof variables)[number]

/** The variable that says what the option at that path says. */
export const variableOf = (path: Known['path']): string => variables.find((one) => one.path === path)?.name ?? path

/** What the environment said, by the paths of RegisterOptions; `otlp.<signal>` holds the list of its exporters. */
export type Values = {
  readonly [V in Known as V['path']]?: V extends Variable<string, infer T> ? T : never
}
