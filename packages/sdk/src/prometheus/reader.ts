// The metric reader behind the scrape endpoint. It is made at once, because a MeterProvider takes readers only when it is made;
// the server and the text form are loaded later.
import { AggregationTemporality, MetricReader } from '@opentelemetry/sdk-metrics'

/** Reads on demand, cumulative. Shutting down the MeterProvider stops the endpoint too. */
export class ScrapeReader extends MetricReader {
  readonly #stop: () => Promise<void>

  constructor(stop: () => Promise<void>) {
    super({
      aggregationTemporalitySelector: () => AggregationTemporality.CUMULATIVE,
      otelComponentType: 'prometheus_http_text_metric_exporter',
    })
    this.#stop = stop
  }

  protected async onForceFlush(): Promise<void> {}

  protected async onShutdown(): Promise<void> {
    await this.#stop()
  }
}
