// By hand on stock NodeSDK: BatchSpanProcessor and OTLP/protobuf, with a queue that loses nothing here, as ours loses nothing.
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { NodeSDK } from '@opentelemetry/sdk-node'
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace'
import { inBursts } from './bursts.ts'
import { checkoutByHand } from './by-hand.ts'

let checkout: () => number
let processor: BatchSpanProcessor
let reader: PeriodicExportingMetricReader

export function setup(endpoint: string): void {
  processor = new BatchSpanProcessor({
    exporter: new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }),
    maxQueueSize: 1_000_000,
  })
  reader = new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter({ url: `${endpoint}/v1/metrics` }) })
  new NodeSDK({
    serviceName: 'bench',
    spanProcessors: [processor],
    metricReaders: [reader],
    logRecordProcessors: [],
  }).start()
  checkout = checkoutByHand()
}

export const run = (times: number): Promise<number> => inBursts(times, checkout)

export async function settle(): Promise<void> {
  await processor.forceFlush()
  await reader.forceFlush()
}
