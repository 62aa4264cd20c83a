// Collects metrics at intervals and hands them to our OTLP delivery, which is bounded and accounts by itself. The SDK's own periodic reader races each
// export against a timer that keeps the process alive: behind a receiver that never answers, an application would end 30 s late.
import type { ExportResult } from '@opentelemetry/core'
import { MetricReader, type MetricReaderOptions, type PushMetricExporter } from '@opentelemetry/sdk-metrics'
import { messageOf } from '../diagnose/message.ts'

export interface PeriodicReaderOptions {
  readonly exporter: PushMetricExporter
  readonly intervalMs: number
  /** Bound of one collection. */
  readonly collectMs: number
  readonly temporality: NonNullable<MetricReaderOptions['aggregationTemporalitySelector']>
  warn(message: string): void
}

export class PeriodicReader extends MetricReader {
  readonly #options: PeriodicReaderOptions
  #interval: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #stopping: Promise<void> | undefined

  constructor(options: PeriodicReaderOptions) {
    super({ aggregationTemporalitySelector: options.temporality, otelComponentType: 'periodic_metric_reader' })
    this.#options = options
  }

  protected override onInitialized(): void {
    this.#interval = setInterval(() => void this.#run(), this.#options.intervalMs).unref()
  }

  protected async onForceFlush(): Promise<void> {
    await this.#running
    // Once it is stopping the last collection is that of the shutdown.
    await (this.#stopping ?? this.#run())
  }

  protected onShutdown(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  async #stop(): Promise<void> {
    clearInterval(this.#interval)
    await this.#running
    await this.#run()
    await this.#options.exporter.shutdown()
  }

  // While one export is under way none is begun: what is new is in the next one.
  #run(): Promise<void> {
    // Beside another set-up's MeterProvider it is bound to none, and has nothing to collect.
    if (this.#interval === undefined) return Promise.resolve()
    this.#running ??= this.#export().finally(() => (this.#running = undefined))
    return this.#running
  }

  async #export(): Promise<void> {
    const { exporter, collectMs, warn } = this.#options
    try {
      const { resourceMetrics, errors } = await this.collect({ timeoutMillis: collectMs })
      for (const error of errors) warn(`metrics: a callback failed: ${messageOf(error)}`)
      await resourceMetrics.resource.waitForAsyncAttributes?.()
      if (resourceMetrics.scopeMetrics.length === 0) return
      await new Promise<ExportResult>((done) => exporter.export(resourceMetrics, done))
    } catch (error) {
      warn(`metrics could not be collected: ${messageOf(error)}`)
    }
  }
}
