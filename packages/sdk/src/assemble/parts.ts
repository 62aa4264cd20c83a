// From the resolved config to the parts of a telemetry: processors, readers, stores, and the account they keep. No global is touched here, so that the
// same parts serve register(), a NodeSDK of the application's own, and an attached set-up.
import type { MeterProvider } from '@opentelemetry/api'
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs'
import type { IMetricReader } from '@opentelemetry/sdk-metrics'
import type { IdGenerator, Sampler, SpanProcessor } from '@opentelemetry/sdk-trace'
import type { Resource } from '@opentelemetry/resources'
import { memoryStore, type Query, query, type Store } from '@proprio/store'
import { type Account, createAccount } from '../account/index.ts'
import {
  type Config,
  createResource,
  createSampler,
  readProcess,
  type SignalName,
  type StoreConfig,
} from '../config/index.ts'
import { createDiagnostics, type Diagnostics } from '../diagnose/diagnostics.ts'
import { messageOf } from '../diagnose/message.ts'
import type { Delivery, Surroundings } from '../export/index.ts'
import { type ApiUsers, createApiUsers } from '../instrument/index.ts'
import type { MetricsServer } from '../prometheus/index.ts'
import { randomIds } from '../record/ids.ts'
import { measuring } from '../record/measurements.ts'
import { logProcessor, type RecordStages, spanProcessor, type StageName } from '../record/processors.ts'
import { createRedactor, type Redactor } from '../record/redact.ts'
import { slowMarker } from '../record/slow.ts'
import { type Stored, writeTo } from '../record/stored.ts'
import { deliveries } from './deliveries.ts'
import { metricReaders } from './metric-readers.ts'
import { type Targets, targetsOf } from './targets.ts'

export interface Parts {
  readonly config: Config
  readonly diagnostics: Diagnostics
  readonly resource: Resource
  readonly sampler: Sampler
  readonly idGenerator: IdGenerator
  readonly spanProcessor: SpanProcessor
  readonly logProcessor: LogRecordProcessor
  /** The provider, whose measurements processors are told of. */
  measured(provider: MeterProvider): MeterProvider
  readonly metricReaders: readonly IMetricReader[]
  readonly deliveries: readonly Delivery[]
  readonly targets: Targets
  readonly prometheus: MetricsServer | undefined
  readonly stores: readonly Store[]
  readonly query: Query
  readonly account: Account
  readonly apiUsers: ApiUsers
  readonly recorded: Recorded
  /** Ends what the parts listen to. */
  readonly stop: readonly (() => void)[]
}

/** What the stages of recording count. */
export interface Recorded {
  readonly stored: Stored | undefined
  readonly redactor: Redactor | undefined
  readonly failures: Readonly<Partial<Record<StageName, number>>>
}

/** `elsewhere`: signals that somebody else sends already, so that ours are kept, and not sent twice. */
export function assemble(asked: Config, elsewhere: ReadonlySet<SignalName> = new Set()): Parts {
  const config = asked.disabled ? silent(asked) : unsent(asked, elsewhere)
  const diagnostics = createDiagnostics(config)
  const account = createAccount({ now: config.clock.now, warn: diagnostics.warn })
  const surroundings: Surroundings = { account, clock: config.clock, warn: diagnostics.warn }
  const stores = config.stores.map((store) => storeOf(store, config.clock.now))
  // Where nothing is kept an empty one answers, and is closed with the rest: who follows it is told the end.
  const [answering = memoryStore({ maxEvents: 1 }), ...others] = stores
  const failures: Partial<Record<StageName, number>> = {}
  const failed = (stage: StageName, error: unknown): void => {
    failures[stage] = (failures[stage] ?? 0) + 1
    diagnostics.error(`the stage ${stage} failed for a record: ${messageOf(error)}`)
  }
  const redactor = config.redact === false ? undefined : createRedactor(config.redact)
  const slow = slowMarker()
  const stages: RecordStages = {
    redactor,
    slow,
    stored:
      stores.length > 0 ? writeTo({ writers: stores, redactor, failed: (error) => failed('store', error) }) : undefined,
    events: config.events,
    failed,
  }
  const attributes = redactor ? redactor.shown(config.resource.attributes) : config.resource.attributes
  const delivering = deliveries(config, surroundings)
  const targets = targetsOf(delivering, config.processors)
  const metrics = metricReaders(config, surroundings)
  return {
    config,
    diagnostics,
    resource: createResource({ ...config.resource, attributes }, readProcess()),
    sampler: createSampler(config.sampler),
    idGenerator: config.idGenerator ?? randomIds(),
    spanProcessor: spanProcessor(stages, targets.spans),
    logProcessor: logProcessor(stages, targets.logs),
    measured: (provider) => measuring(provider, targets.measurements, (error) => failed('delivery', error)),
    metricReaders: metrics.readers,
    deliveries: [...delivering.spans, ...delivering.logs, ...metrics.deliveries],
    targets,
    prometheus: metrics.prometheus,
    stores: [answering, ...others],
    query: query(answering),
    account,
    apiUsers: createApiUsers(),
    recorded: { stored: stages.stored, redactor: stages.redactor, failures },
    stop: [slow.stop],
  }
}

const storeOf = (config: StoreConfig, now: () => number): Store =>
  config.kind === 'own' ? config.store : memoryStore({ maxEvents: config.maxEvents, maxBytes: config.maxBytes, now })

// Disabled: nothing is opened and nobody is sent anything.
const silent = (config: Config): Config => ({
  ...config,
  otlp: { traces: false, metrics: false, logs: false },
  exporters: { spans: [], logs: [], metrics: [] },
  processors: { spans: [], logs: [], measurements: [] },
  console: { traces: false, metrics: false, logs: false },
  prometheus: false,
})

const unsent = (config: Config, elsewhere: ReadonlySet<SignalName>): Config => ({
  ...config,
  otlp: {
    traces: !elsewhere.has('traces') && config.otlp.traces,
    metrics: !elsewhere.has('metrics') && config.otlp.metrics,
    logs: !elsewhere.has('logs') && config.otlp.logs,
  },
})
