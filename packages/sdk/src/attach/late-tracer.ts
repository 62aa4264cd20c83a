// Tracers that find their provider when a span starts. The API's own proxies do not: what an ESM module holds never learns of a provider that a
// CommonJS SDK registers afterwards.
import { ProxyTracerProvider, trace, type Tracer, type TracerProvider } from '@opentelemetry/api'

/** A provider of tracers that follow whatever is registered. */
export const lateTracerProvider: TracerProvider = {
  getTracer(name, version, options) {
    let of: TracerProvider | undefined
    let tracer: Tracer
    const now = (): Tracer => {
      const provider = registered()
      if (provider !== of) {
        of = provider
        tracer = provider.getTracer(name, version, options)
      }
      return tracer
    }
    return {
      startSpan: (spanName, spanOptions, context) => now().startSpan(spanName, spanOptions, context),
      startActiveSpan: ((...of: Parameters<Tracer['startActiveSpan']>) =>
        now().startActiveSpan(...of)) as Tracer['startActiveSpan'],
    }
  },
}

function registered(): TracerProvider {
  const provider = trace.getTracerProvider()
  return provider instanceof ProxyTracerProvider ? provider.getDelegate() : provider
}
