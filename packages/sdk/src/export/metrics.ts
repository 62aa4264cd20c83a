// Metrics over OTLP: the reader collects and hands over everything at once, so there is no queue; what is in flight is
// bounded, and counted in data points. The serializer is OpenTelemetry's own: once a minute it costs nothing.
import { ExportResultCode } from '@opentelemetry/core'
import type { ExportResult } from '@opentelemetry/core'
import type { ISerializer, IExportMetricsServiceResponse } from '@opentelemetry/otlp-transformer'
import type { PushMetricExporter, ResourceMetrics } from '@opentelemetry/sdk-metrics'
import { DropReason } from '../account/index.ts'
import type { Hop } from '../account/index.ts'
import type { Delivery, ShutdownResult } from './delivery.ts'

import type { Encoding } from './encode/index.ts'
import { within } from './progress.ts'
import { outcomeOf } from './sinks/otlp-sink.ts'
import { allDropped } from './sinks/sink.ts'
import type { Outcome } from './sinks/sink.ts'
import type { Transport } from './transport/transport.ts'

export interface MetricExportOptions {
  readonly encoding: Encoding
  hop(held: () => { inFlight: number }): Hop
  /** Called once, by the first export. */
  open(): Promise<{
    readonly transport: Transport
    readonly serializer: ISerializer<ResourceMetrics, IExportMetricsServiceResponse>
  }>
  now(): number
}

export interface MetricExport extends Delivery {
  readonly exporter: PushMetricExporter
}

/** More exports than that at once mean that none comes through; cumulative metrics lose nothing by waiting. */
const mostInFlight = 4

export function metricExport({ encoding, hop: openHop, open, now }: MetricExportOptions): MetricExport {
  const stopping = new AbortController()
  const exports = new Set<Promise<Outcome>>()
  let inFlight = 0
  let exported = 0
  let lost = 0
  let opening: ReturnType<typeof open> | undefined
  let transport: Transport | undefined
  let closing: Promise<ShutdownResult> | undefined
  const hop = openHop(() => ({ inFlight }))

  const send = async (metrics: ResourceMetrics, points: number): Promise<Outcome> => {
    const opened = await (opening ??= open())
    transport = opened.transport
    const body = opened.serializer.serializeRequest(metrics)
    if (body === undefined) return allDropped(DropReason.serializeError, points)
    return outcomeOf(await transport.send(body, stopping.signal, now()), points, encoding)
  }
  const book = (outcome: Outcome): void => {
    exported += outcome.exported
    if (outcome.exported > 0) hop.exported(outcome.exported)
    if (outcome.rejected > 0) hop.rejected(outcome.rejected, outcome.message)
    for (const { reason, records, cause } of outcome.dropped) hop.dropped(reason, records, cause)
    lost += outcome.rejected + outcome.dropped.reduce((sum, { records }) => sum + records, 0)
  }
  const refused = (): DropReason | undefined => {
    if (closing !== undefined) return DropReason.alreadyShutdown
    return exports.size >= mostInFlight ? DropReason.queueFull : undefined
  }
  const deliver = async (metrics: ResourceMetrics): Promise<Outcome> => {
    const points = dataPoints(metrics)
    hop.started += points
    hop.ended += points
    const why = refused()
    if (why !== undefined) {
      const outcome = allDropped(why, points)
      book(outcome)
      return outcome
    }
    inFlight += points
    hop.processed += points
    const sending = send(metrics, points).catch((error: unknown) =>
      allDropped(DropReason.exporterError, points, String(error)),
    )
    exports.add(sending)
    const outcome = await sending
    exports.delete(sending)
    inFlight -= points
    book(outcome)
    return outcome
  }
  const report = async (metrics: ResourceMetrics, done: (result: ExportResult) => void): Promise<void> => {
    done(resultOf(await deliver(metrics)))
  }
  const flush = (deadlineMs = 30_000): Promise<boolean> => {
    transport?.hurry()
    return exports.size === 0 ? Promise.resolve(true) : within(Promise.all(exports), deadlineMs)
  }
  const shutdown = async (deadlineMs: number): Promise<ShutdownResult> => {
    const before = { exported, lost }
    const done = await flush(deadlineMs)
    stopping.abort()
    await Promise.all(exports)
    transport?.close()
    hop.close()
    return { flushed: exported - before.exported, dropped: lost - before.lost, timedOut: !done }
  }
  const close = (deadlineMs = 5_000): Promise<ShutdownResult> => (closing ??= shutdown(deadlineMs))
  return {
    exporter: {
      export(metrics, done) {
        void report(metrics, done)
      },
      async forceFlush() {
        await flush()
      },
      async shutdown() {
        await close()
      },
    },
    flush,
    shutdown: close,
    unsent: () => [],
  }
}

function resultOf({ exported, rejected, dropped }: Outcome): ExportResult {
  const [loss] = dropped
  if (loss === undefined && (exported > 0 || rejected === 0)) return { code: ExportResultCode.SUCCESS }
  return {
    code: ExportResultCode.FAILED,
    error: new Error(`not delivered: ${loss?.cause ?? loss?.reason ?? 'rejected'}`),
  }
}

function dataPoints({ scopeMetrics }: ResourceMetrics): number {
  return scopeMetrics.reduce(
    (sum, { metrics }) => metrics.reduce((inner, { dataPoints }) => inner + dataPoints.length, sum),
    0,
  )
}
