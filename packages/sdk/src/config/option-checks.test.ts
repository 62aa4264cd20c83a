// Wrong options fail at start-up, each with a coded error that names the option, what was wrong and what to do; never with a secret.
import { describe, expect, test } from 'vitest'
import { ProprioError, resolve } from './index.ts'
import type { RegisterOptions } from './index.ts'

function errorOf(options: unknown): ProprioError {
  try {
    resolve(options as RegisterOptions, {}, { main: true })
  } catch (error) {
    if (error instanceof ProprioError) return error
    throw error
  }
  throw new Error('no error')
}

describe('an unknown option is named, with the nearest known one', () => {
  test.for([
    [{ servcie: 'x' }, 'servcie: there is no such option. Did you mean "service"? [PROPRIO_SDK_UNKNOWN_OPTION]'],
    [
      { Prometheus: true },
      'Prometheus: there is no such option. Did you mean "prometheus"? [PROPRIO_SDK_UNKNOWN_OPTION]',
    ],
    [
      { spans: { maxRecord: 1 } },
      'spans.maxRecord: there is no such option. Did you mean "maxRecords"? [PROPRIO_SDK_UNKNOWN_OPTION]',
    ],
    [
      { otlp: { traces: { enpoint: 'http://x' } } },
      'otlp.traces.enpoint: there is no such option. Did you mean "endpoint"? [PROPRIO_SDK_UNKNOWN_OPTION]',
    ],
    [
      { redact: { regexes: [] } },
      'redact.regexes: there is no such option. Known here: patterns, keys [PROPRIO_SDK_UNKNOWN_OPTION]',
    ],
    [{ store: { span() {}, log() {} } }, 'store.span: there is no such option. Known here: maxEvents, maxBytes'],
    [{ instrumentHttp: undefined }, 'instrumentHttp: there is no such option. Known here: service, '],
    [{ spanProcessors: [] }, 'spanProcessors: there is no such option. Did you mean "processors"?'],
    [JSON.parse('{"__proto__": 1}'), '__proto__: there is no such option. Known here: service, '],
  ] as const)('%j', ([options, message]) => {
    const error = errorOf(options)
    expect(error.message).toContain(message)
    expect(error).toMatchObject({ name: 'ProprioError', code: 'PROPRIO_SDK_UNKNOWN_OPTION' })
  })
})

describe('a bad value is named, with what would do', () => {
  test.for([
    [null, 'register(): null cannot be used. Give an object of options'],
    ['shop', 'register(): "shop" cannot be used. Give an object of options'],
    [{ service: '' }, 'service: "" cannot be used. Give text that is not empty'],
    [{ service: { name: 1 } }, 'service.name: 1 cannot be used'],
    [{ resource: { a: {} } }, 'resource.a: an object cannot be used'],
    [{ detectors: ['hots'] }, 'detectors[0]: "hots" cannot be used. Did you mean "host"?'],
    [{ detectors: true }, 'detectors: true cannot be used. Give false or a list'],
    [
      { disabled: 'yes' },
      'disabled: "yes" cannot be used. Give true or false, or leave it out [PROPRIO_SDK_BAD_OPTION]',
    ],
    [{ sampler: 'always-on' }, 'sampler: "always-on" cannot be used. Did you mean "always_on"?'],
    [{ sampler: 0.5 }, 'sampler: 0.5 cannot be used. Give a sampler, its name, or { name, ratio }'],
    [{ sampler: { ratio: 2 } }, 'sampler.ratio: 2 cannot be used. Give a number from 0 to 1'],
    [{ propagators: ['b3'] }, 'propagators[0]: "b3" cannot be used. Give one of tracecontext, baggage'],
    [{ otlp: 'http://x' }, 'otlp: "http://x" cannot be used. Give true, false or an object of options'],
    [
      { otlp: { endpoint: 'localhost:4318' } },
      'otlp.endpoint: "localhost:4318" cannot be used. Give an http:// or https:// URL',
    ],
    [{ otlp: { protocol: 'grpc' } }, 'otlp.protocol: "grpc" cannot be used. Give one of http/protobuf, http/json'],
    [{ otlp: { timeoutMs: 0 } }, 'otlp.timeoutMs: 0 cannot be used. Give a whole number, 1 to 2147483647'],
    [{ otlp: { metrics: { temporality: 'x' } } }, 'otlp.metrics.temporality: "x" cannot be used'],
    [{ exporters: { spans: [{}] } }, 'exporters.spans[0]: an object cannot be used. Give a SpanExporter'],
    [{ exporters: { metrics: {} } }, 'exporters.metrics: an object cannot be used. Give a list'],
    [
      { processors: { spans: [{ onEnd() {} }] } },
      'processors.spans[0]: an object cannot be used. Give a SpanProcessor',
    ],
    [{ console: 1 }, 'console: 1 cannot be used'],
    [{ prometheus: { port: 70_000 } }, 'prometheus.port: 70000 cannot be used. Give a whole number, 0 to 65535'],
    [{ prometheus: { port: 'any' } }, 'prometheus.port: "any" cannot be used. Give one of auto'],
    [{ spans: { maxBytes: -1 } }, 'spans.maxBytes: -1 cannot be used'],
    [{ logs: { delayMs: Number.NaN } }, 'logs.delayMs: NaN cannot be used'],
    [{ metrics: { intervalMs: 1.5 } }, 'metrics.intervalMs: 1.5 cannot be used'],
    [{ limits: { events: '128' } }, 'limits.events: "128" cannot be used. Give a whole number, 0 to 2147483647'],
    [{ store: 'sqlite' }, 'store: "sqlite" cannot be used. Give one of memory'],
    [{ store: [7] }, 'store[0]: 7 cannot be used. Give true, false, "memory"'],
    [{ events: 'logs' }, 'events: "logs" cannot be used. Did you mean "log"?'],
    [
      { shutdownTimeoutMs: 2 ** 40 },
      'shutdownTimeoutMs: 1099511627776 cannot be used. Give a whole number, 1 to 2147483647',
    ],
    [{ metrics: { intervalMs: 2 ** 31 } }, 'metrics.intervalMs: 2147483648 cannot be used'],
    [{ spans: { maxBytes: 2 ** 31 } }, 'spans.maxBytes: 2147483648 cannot be used'],
    [{ store: { maxEvents: Infinity } }, 'store.maxEvents: Infinity cannot be used'],
    [{ limits: { valueLength: 2 ** 31 } }, 'limits.valueLength: 2147483648 cannot be used'],
    [{ layers: { api: 'warning' } }, 'layers.api: "warning" cannot be used'],
    [{ http: 'on' }, 'http: "on" cannot be used'],
    [{ fetch: {} }, 'fetch: an object cannot be used. Give true or false'],
    [{ instrumentations: [{}] }, 'instrumentations[0]: an object cannot be used. Give an Instrumentation'],
    [{ redact: { patterns: ['a+'] } }, 'redact.patterns[0]: "a+" cannot be used. Give a RegExp'],
    [{ signals: ['SIGKILL'] }, 'signals[0]: "SIGKILL" cannot be used. Give a signal name such as SIGTERM'],
    [{ signals: ['SIGFOO'] }, 'signals[0]: "SIGFOO" cannot be used'],
    [{ logger: console.log }, 'logger: a function cannot be used'],
    [{ logLevel: 'WARN' }, 'logLevel: "WARN" cannot be used. Did you mean "warn"?'],
    [{ idGenerator: {} }, 'idGenerator: an object cannot be used. Give an IdGenerator'],
    [{ clock: { now: 5 } }, 'clock: an object cannot be used. Give an object with now()'],
    [{ views: [1] }, 'views[0]: 1 cannot be used'],
    [{ attach: null }, 'attach: null cannot be used. Give true or false'],
    [{ sampler: Symbol('x') }, 'sampler: Symbol(x) cannot be used'],
  ] as const)('%j', ([options, message]) => {
    const error = errorOf(options)
    expect(error.message).toContain(message)
    expect(error.code).toBe('PROPRIO_SDK_BAD_OPTION')
  })
})

test.for([
  { otlp: { headers: { 'x-key': 'hunter2\n' } } },
  { otlp: { headers: { 'x key': 'hunter2' } } },
  { otlp: { headers: { 'x-key': { hunter2: 1 } } } },
  { otlp: { endpoint: 'ftp://me:hunter2@host/?key=hunter2' } },
  { otlp: { certificates: { key: 'hunter2' } } },
  { hashKey: 'hunter2' },
])('no secret is printed: %#', (options) => {
  const { message, stack } = errorOf(options)
  expect(`${message}${stack}`).not.toContain('hunter2')
})
