// What must not compile, and what must: the types of register()'s options and of the config.
import type { SpanExporter } from '@opentelemetry/sdk-trace'
import type { Store } from '@proprio/store'
import { expectTypeOf, test } from 'vitest'
import type { Config, RegisterOptions, Values, variables } from './index.ts'

declare const exporter: SpanExporter
declare const store: Store

test('what compiles', () => {
  const all: readonly (() => RegisterOptions)[] = [
    () => ({}),
    () => ({ service: 'shop', otlp: true, prometheus: true, console: false, store: false, redact: false }),
    () => ({ service: { name: 'shop', version: '1' }, resource: { a: ['b'] } }),
    () => ({ otlp: { endpoint: 'http://x', headers: { a: 'b' }, traces: false, metrics: { temporality: 'delta' } } }),
    () => ({ prometheus: { port: 'auto' }, sampler: { name: 'traceidratio', ratio: 0.1 }, propagators: ['baggage'] }),
    () => ({ exporters: { spans: [exporter] }, store: ['memory', store, { maxEvents: 5 }] }),
    () => ({ layers: { api: false, codegen: 'warn', mine: true }, signals: ['SIGTERM'], http: false, fetch: false }),
    () => ({ service: undefined, otlp: { endpoint: undefined } }),
  ]
  expectTypeOf(all).not.toBeAny()
})

test('what does not', () => {
  const none: readonly (() => RegisterOptions)[] = [
    // @ts-expect-error an unknown option
    () => ({ servcie: 'shop' }),
    // @ts-expect-error an unknown option in a block
    () => ({ spans: { maxRecord: 1 } }),
    // @ts-expect-error no sampler of this name
    () => ({ sampler: 'always' }),
    // @ts-expect-error gRPC is not spoken
    () => ({ otlp: { protocol: 'grpc' } }),
    // @ts-expect-error metrics have a temporality, traces have not
    () => ({ otlp: { traces: { temporality: 'delta' } } }),
    // @ts-expect-error no propagator of this name
    () => ({ propagators: ['b3'] }),
    // @ts-expect-error a port or 'auto'
    () => ({ prometheus: { port: 'any' } }),
    // @ts-expect-error no such level
    () => ({ layers: { api: 'loud' } }),
    // @ts-expect-error no such signal
    () => ({ signals: ['SIGFOO'] }),
    // @ts-expect-error no store
    () => ({ store: { get: () => 1 } }),
    // @ts-expect-error a header is a text
    () => ({ otlp: { headers: { a: 1 } } }),
  ]
  expectTypeOf(none).not.toBeAny()
})

const change = (config: Config) => {
  // @ts-expect-error read-only
  config.disabled = true
  // @ts-expect-error read-only
  config.spans.maxRecords = 1
  // @ts-expect-error read-only
  config.signals.push('SIGHUP')
  // @ts-expect-error may be off
  return config.otlp.traces.url
}

test('the config is read-only', () => {
  expectTypeOf(change).not.toBeAny()
})

test('the table of variables types their values, and its paths are options', () => {
  expectTypeOf<Values['spans.maxRecords']>().toEqualTypeOf<number | undefined>()
  expectTypeOf<Values['sampler.name']>().toExtend<string | undefined>()
  expectTypeOf<Values['otlp.traces.protocol']>().toEqualTypeOf<'http/protobuf' | 'http/json' | undefined>()
  expectTypeOf<Unknown<(typeof variables)[number]['path']>>().toEqualTypeOf<never>()
})

/** The paths that lead to no option. */
type Unknown<Path extends string> = Path extends string
  ? [At<RegisterOptions, Path>] extends [never]
    ? Path
    : never
  : never

type At<Options, Path extends string> = Path extends `${infer Key}.${infer Rest}`
  ? At<Field<Options, Key>, Rest>
  : Field<Options, Path>

/** A field of whichever part of the union has it. */
type Field<Options, Key extends string> = Options extends unknown
  ? Key extends keyof Options
    ? NonNullable<Options[Key]>
    : never
  : never
