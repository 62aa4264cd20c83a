// The account as `otel.sdk.*` metrics. Observable instruments read the counters when metrics are collected, so that
// accounting for an export never starts another one. Names and attributes: OpenTelemetry semantic conventions 1.45,
// "SDK metrics" (in development, therefore copied and not imported).
import type { Attributes, BatchObservableResult, Meter, Observable } from '@opentelemetry/api'
import type { Account, HopSnapshot } from './account.ts'
import type { Signal } from './signal.ts'
import type { DropReason } from './reasons.ts'

/** Which component answers for a loss in `error.type`: the processor before the export, or the exporter. */
const stage = {
  queue_full: 'processor',
  serialize_error: 'processor',
  already_shutdown: 'processor',
  process_lost: 'processor',
  too_large: 'exporter',
  retry_exhausted: 'exporter',
  permanent_status: 'exporter',
  shutdown_deadline: 'exporter',
  exporter_error: 'exporter',
  export_timeout: 'exporter',
} as const satisfies Record<DropReason, 'processor' | 'exporter'>

const records = { spans: 'span', logs: 'log', metrics: 'metric_data_point' } as const satisfies Record<Signal, string>
const units = { spans: '{span}', logs: '{log_record}', metrics: '{data_point}' } as const satisfies Record<
  Signal,
  string
>

/**
 * Reports the account on a meter: `otel.sdk.span.started` and `.live`, `otel.sdk.log.created`,
 * `otel.sdk.processor.{span,log}.{queue.size,queue.capacity,processed}` and
 * `otel.sdk.exporter.{span,log,metric_data_point}.{inflight,exported}`, failures by `error.type`.
 * @returns how to stop.
 */
export function observeAccount(meter: Meter, account: Account): () => void {
  const stops = (Object.keys(records) as Signal[]).map((signal) => observeSignal(meter, account, signal))
  return () => {
    for (const stop of stops) stop()
  }
}

function observeSignal(meter: Meter, account: Account, signal: Signal): () => void {
  const unit = units[signal]
  const exporter = `otel.sdk.exporter.${records[signal]}`
  const inflight = meter.createObservableUpDownCounter(`${exporter}.inflight`, { unit })
  const exported = meter.createObservableCounter(`${exporter}.exported`, { unit })
  const before = signal === 'metrics' ? undefined : observeProcessor(meter, signal)
  const observables: Observable[] = [inflight, exported, ...(before?.observables ?? [])]
  const callback = (result: BatchObservableResult): void => {
    const hops = account.snapshot().hops.filter((hop) => hop.signal === signal)
    for (const hop of hops) {
      const component = { 'otel.component.type': hop.exporter, 'otel.component.name': hop.name }
      result.observe(inflight, hop.inFlight, component)
      result.observe(exported, hop.exported, component)
      for (const [why, count] of failures(hop, 'exporter')) result.observe(exported, count, failed(component, why))
    }
    before?.observe(result, hops)
  }
  meter.addBatchObservableCallback(callback, observables)
  return () => meter.removeBatchObservableCallback(callback, observables)
}

function observeProcessor(meter: Meter, signal: 'spans' | 'logs') {
  const unit = units[signal]
  const processor = `otel.sdk.processor.${records[signal]}`
  const begun = meter.createObservableCounter(signal === 'spans' ? 'otel.sdk.span.started' : 'otel.sdk.log.created', {
    unit,
  })
  const live = signal === 'spans' ? meter.createObservableUpDownCounter('otel.sdk.span.live', { unit }) : undefined
  const size = meter.createObservableUpDownCounter(`${processor}.queue.size`, { unit })
  const capacity = meter.createObservableUpDownCounter(`${processor}.queue.capacity`, { unit })
  const processed = meter.createObservableCounter(`${processor}.processed`, { unit })
  const observe = (result: BatchObservableResult, hops: readonly HopSnapshot[]): void => {
    // Each hop sees every record begin; the SDK began them once.
    const [first] = hops
    if (first === undefined) return
    result.observe(begun, first.started)
    if (live !== undefined) result.observe(live, first.live)
    for (const [index, hop] of hops.entries()) {
      const component = { 'otel.component.type': hop.processor, 'otel.component.name': `${hop.processor}/${index}` }
      result.observe(size, hop.queued, component)
      if (Number.isFinite(hop.maxRecords)) result.observe(capacity, hop.maxRecords, component)
      result.observe(processed, hop.processed, component)
      for (const [why, count] of failures(hop, 'processor')) result.observe(processed, count, failed(component, why))
    }
  }
  return { observables: [begun, size, capacity, processed, ...(live === undefined ? [] : [live])], observe }
}

function failures(hop: HopSnapshot, where: 'processor' | 'exporter'): [string, number][] {
  const dropped = (Object.entries(hop.dropped) as [DropReason, number][]).filter(([why]) => stage[why] === where)
  return where === 'exporter' && hop.rejected > 0 ? [...dropped, ['rejected', hop.rejected]] : dropped
}

function failed(component: Attributes, why: string): Attributes {
  return { ...component, 'error.type': why }
}
