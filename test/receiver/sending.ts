// What the export's tests share: a sender with everything real in it, aimed at a receiver, whose account must close.
import { resourceFromAttributes } from '@opentelemetry/resources'
import { TracerProvider } from '@opentelemetry/sdk-trace'
import type { Sampler } from '@opentelemetry/sdk-trace'
import { expect, onTestFinished } from 'vitest'
import { balance, createAccount } from '../../packages/sdk/src/account/index.ts'
import type { HopSnapshot } from '../../packages/sdk/src/account/index.ts'
import { otlpSpans } from '../../packages/sdk/src/export/index.ts'
import type { EndpointOptions, OtlpOptions } from '../../packages/sdk/src/export/index.ts'
import type { Receiver } from './client.ts'

export type Given = Partial<Pick<OtlpOptions, 'queue' | 'retry'>> & {
  endpoint?: Partial<EndpointOptions>
  sampler?: Sampler
}

/** Options for one signal towards the receiver, with short pauses; and the first hop, its account closed to zero. */
export function sending(receiver: Receiver, path: string, given: Given = {}) {
  const warnings: string[] = []
  const warn = (message: string): void => void warnings.push(message)
  const account = createAccount({ now: Date.now, warn })
  const endpoint = {
    url: `${receiver.url}${path}`,
    headers: { 'x-test': 'yes' },
    protocol: 'http/protobuf',
    compression: 'none',
    timeoutMs: 2_000,
    ...given.endpoint,
  } as const
  const options: OtlpOptions = {
    account,
    warn,
    clock: { now: Date.now, random: Math.random },
    endpoint,
    retry: { firstMs: 20, mostMs: 100, ...given.retry },
    ...(given.queue === undefined ? {} : { queue: given.queue }),
  }
  const hop = (): HopSnapshot => {
    const [snapshot] = account.snapshot().hops
    expect(balance(snapshot!)).toBe(0)
    return snapshot!
  }
  return { account, options, warnings, hop }
}

/** A tracer provider that exports to the receiver, and `burst`, which ends so many spans in one tick. */
export function tracing(receiver: Receiver, given: Given = {}) {
  const { account, options, warnings, hop } = sending(receiver, '/v1/traces', given)
  const delivery = otlpSpans(options)
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'test' }),
    spanProcessors: [delivery.processor],
    ...(given.sampler === undefined ? {} : { sampler: given.sampler }),
  })
  onTestFinished(async () => {
    await receiver.fail({ kind: 'none' })
    await delivery.shutdown(500)
  })
  const tracer = provider.getTracer('scope', '1')
  const burst = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => {
      const span = tracer.startSpan('work', { attributes: { index } })
      span.end()
      return span.spanContext().spanId
    })
  return { account, delivery, tracer, provider, burst, warnings, hop }
}
