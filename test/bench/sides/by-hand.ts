// The same span and histogram written by hand with the OpenTelemetry API, as its documentation shows it, with errors handled.
import { metrics, SpanStatusCode, trace } from '@opentelemetry/api'
import { work } from './catalogue.ts'

const buckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 120, 300]

/** Called after the SDK has started, since instruments made before it are dead for ever. */
export function checkoutByHand(): () => number {
  const tracer = trace.getTracer('shop', '1.0.0')
  const duration = metrics.getMeter('shop', '1.0.0').createHistogram('shop.order.checkout.duration', {
    unit: 's',
    description: 'One order checked out.',
    advice: { explicitBucketBoundaries: buckets },
  })
  return () => {
    const attributes = { 'shop.order.channel': 'web', 'shop.order.store': 'oslo', 'shop.order.items': 3 }
    return tracer.startActiveSpan('checkout', { attributes }, (span) => {
      const begun = performance.now()
      const dimensions: Record<string, string> = { 'shop.order.channel': 'web', 'shop.order.store': 'oslo' }
      try {
        return work()
      } catch (error) {
        const { name, message } = error instanceof Error ? error : { name: typeof error, message: String(error) }
        dimensions['error.type'] = name
        span.setAttribute('error.type', name)
        span.recordException({ name, message })
        span.setStatus({ code: SpanStatusCode.ERROR, message })
        throw error
      } finally {
        duration.record((performance.now() - begun) / 1000, dimensions)
        span.end()
      }
    })
  }
}
