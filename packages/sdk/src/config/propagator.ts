// From config to the propagator: always a composite, because it alone guards each part against throwing into the request it serves.
import type { TextMapPropagator } from '@opentelemetry/api'
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core'
import type { PropagatorName } from './names.ts'

const propagators = {
  tracecontext: () => new W3CTraceContextPropagator(),
  baggage: () => new W3CBaggagePropagator(),
} as const satisfies Record<PropagatorName, () => TextMapPropagator>

/** The propagator to register globally; with an empty list one that carries nothing. */
export function createPropagator(config: readonly (PropagatorName | TextMapPropagator)[]): TextMapPropagator {
  return new CompositePropagator({
    propagators: config.map((one) => (typeof one === 'string' ? propagators[one]() : one)),
  })
}
