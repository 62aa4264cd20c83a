// OpenTelemetry JS has no public way to add a processor to a provider that exists (3.1, 2.12). These are its private fields, every step checked for its
// shape, so that another version means "not attached" and never an error.
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs'
import type { SpanProcessor } from '@opentelemetry/sdk-trace'

/** Whether the processor was added; tracers made earlier feed it too. */
export function attachSpanProcessor(provider: object, processor: SpanProcessor): boolean {
  return attempt(() => {
    const real = call(provider, 'getDelegate') ?? provider
    return push(at(at(real, '_activeSpanProcessor'), '_spanProcessors'), processor, 'onEnd')
  })
}

/** Whether the processor was added. A provider without any processor has no list to add to. */
export function attachLogProcessor(provider: object, processor: LogRecordProcessor): boolean {
  return attempt(() => push(at(at(at(provider, '_sharedState'), 'activeProcessor'), 'processors'), processor, 'onEmit'))
}

function attempt(attach: () => boolean): boolean {
  try {
    return attach()
  } catch {
    return false
  }
}

function push(processors: unknown, processor: object, method: string): boolean {
  if (!Array.isArray(processors) || processors.length === 0) return false
  if (!processors.every((one) => typeof at(one, method) === 'function')) return false
  processors.push(processor)
  return true
}

function at(from: unknown, key: string): unknown {
  return typeof from === 'object' && from !== null ? Reflect.get(from, key) : undefined
}

function call(from: object, method: string): object | undefined {
  const found = at(from, method)
  const answer: unknown = typeof found === 'function' ? found.call(from) : undefined
  return typeof answer === 'object' && answer !== null ? answer : undefined
}
