// From the resolved config to the parts of a telemetry: processors, readers, stores, and the account they keep. No global is touched here, so that the
// same parts serve register(), a NodeSDK of the application's own, and an attached set-up.
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs'
import type { IMetricReader } from '@opentelemetry/sdk-metrics'
import type { IdGenerator, Sampler, SpanProcessor } from '@opentelemetry/sdk-trace'
import type { Resource } from '@opentelemetry/resources'
import { memoryStore, type Query, query, type Store } from '@proprio/store'
import { type Account, createAccount } from '../account/index.ts'
import { type Config, createResource, createSampler, readProcess, type StoreConfig } from '../config/index.ts'
import { createDiagnostics, type Diagnostics } from '../diagnose/diagnostics.ts'
import type { Delivery, Surroundings } from '../export/index.ts'
import type { MetricsServer } from '../prometheus/index.ts'
import { randomIds } from '../record/ids.ts'
import { logProcessor, type RecordStages, spanProcessor, type StageName } from '../record/processors.ts'
import { createRedactor, type Redactor } from '../record/redact.ts'
import { type Stored, writeTo } from '../record/stored.ts'
import { deliveries } from './deliveries.ts'
import { metricReaders } from './metric-readers.ts'

export interface Parts {
  readonly config: Config
  readonly diagnostics: Diagnostics
  readonly resource: Resource
  readonly sampler: Sampler
  readonly idGenerator: IdGenerator
  readonly spanProcessor: SpanProcessor
  readonly logProcessor: LogRecordProcessor
  readonly metricReaders: readonly IMetricReader[]
  readonly deliveries: readonly Delivery[]
  readonly prometheus: MetricsServer | undefined
  readonly stores: readonly Store[]
  readonly query: Query
  readonly account: Account
  readonly recorded: Recorded
}

/** What the stages of recording count. */
export interface Recorded {
  readonly stored: Stored | undefined
  readonly redactor: Redactor | undefined
  readonly failures: Readonly<Partial<Record<StageName, number>>>
}

export function assemble(config: Config): Parts {
  const diagnostics = createDiagnostics(config)
  const account = createAccount({ now: config.clock.now, warn: diagnostics.warn })
  const surroundings: Surroundings = { account, clock: config.clock, warn: diagnostics.warn }
  const stores = config.stores.map((store) => storeOf(store, config.clock.now))
  const failures: Partial<Record<StageName, number>> = {}
  const stages: RecordStages = {
    redactor: config.redact === false ? undefined : createRedactor(config.redact),
    stored: stores.length > 0 ? writeTo(stores) : undefined,
    events: config.events,
    failed(stage, error) {
      failures[stage] = (failures[stage] ?? 0) + 1
      diagnostics.error(
        `a record was lost at the stage ${stage}: ${error instanceof Error ? error.message : String(error)}`,
      )
    },
  }
  const { spans, logs } = deliveries(config, surroundings)
  const metrics = metricReaders(config, surroundings)
  return {
    config,
    diagnostics,
    resource: createResource(config.resource, readProcess()),
    sampler: createSampler(config.sampler),
    idGenerator: config.idGenerator ?? randomIds(),
    spanProcessor: spanProcessor(
      stages,
      spans.map(({ processor }) => processor),
    ),
    logProcessor: logProcessor(
      stages,
      logs.map(({ processor }) => processor),
    ),
    metricReaders: metrics.readers,
    deliveries: [...spans, ...logs, ...metrics.deliveries],
    prometheus: metrics.prometheus,
    stores,
    query: query(stores[0] ?? memoryStore({ maxEvents: 1 })),
    account,
    recorded: { stored: stages.stored, redactor: stages.redactor, failures },
  }
}

const storeOf = (config: StoreConfig, now: () => number): Store =>
  config.kind === 'own' ? config.store : memoryStore({ maxEvents: config.maxEvents, maxBytes: config.maxBytes, now })
