// What a store rebuilds from OTLP is what the process saw: the real SDK makes the records, its own serialisers put them on
// the wire, and both ends classify them.
import { ROOT_CONTEXT, SeverityNumber, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { Attributes } from '@opentelemetry/api'
import {
  JsonLogsSerializer,
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { describe, expect, test } from 'vitest'
import { classifyLog, classifySpan, logRecord, logsFromOtlp, spanRecord, spansFromOtlp } from '@proprio/store'
import { decodeProtobuf } from '../../../../test/receiver/decode.ts'

const resource = resourceFromAttributes({ 'service.name': 'shop', 'process.pid': 7 })
const finished = new InMemorySpanExporter()
const emitted = new InMemoryLogRecordExporter()
const tracers = new TracerProvider({ resource, spanProcessors: [new SimpleSpanProcessor({ exporter: finished })] })
const loggers = new LoggerProvider({ resource, processors: [new SimpleLogRecordProcessor({ exporter: emitted })] })
const tracer = tracers.getTracer('flow', '3.0.0', { schemaUrl: 'https://opentelemetry.io/schemas/1.45.0' })
const logger = loggers.getLogger('flow', '3.0.0')

const SPANS: readonly [name: string, kind: SpanKind, attributes: Attributes][] = [
  [
    'GET /users/{id}',
    SpanKind.SERVER,
    { 'http.request.method': 'GET', 'http.response.status_code': 404, 'url.path': '/users/7' },
  ],
  ['GET', SpanKind.SERVER, { 'http.method': 'GET', 'http.status_code': 503 }],
  ['GET', SpanKind.CLIENT, { 'http.request.method': 'GET', 'server.port': 8080 }],
  ['SELECT users', SpanKind.CLIENT, { 'db.system.name': 'postgresql', 'db.query.text': "SELECT '→ é'" }],
  ['get', SpanKind.CLIENT, { 'db.system': 'redis', 'db.statement': 'GET a' }],
  ['send orders', SpanKind.PRODUCER, { 'messaging.system.name': 'kafka', 'messaging.operation.type': 'send' }],
  ['orders process', SpanKind.CONSUMER, { 'messaging.system': 'rabbitmq', 'messaging.operation': 'process' }],
  ['Scan/Run', SpanKind.SERVER, { 'rpc.system.name': 'grpc', 'rpc.method': 'Scan/Run' }],
  ['Scan/Run', SpanKind.CLIENT, { 'rpc.system': 'grpc', 'rpc.grpc.status_code': 0 }],
  [
    'chat gpt',
    SpanKind.CLIENT,
    { 'gen_ai.operation.name': 'chat', 'gen_ai.usage.input_tokens': 12, 'gen_ai.request.temperature': 0.2 },
  ],
  ['execute_tool search', SpanKind.INTERNAL, { 'gen_ai.operation.name': 'execute_tool' }],
  [
    'workflow',
    SpanKind.INTERNAL,
    {
      'proprio.type': 'workflow.run',
      'proprio.layer': 'workflow',
      'proprio.level': 'debug',
      'proprio.slow.threshold': 30.5,
      'flow.findings': 3,
      'flow.list': ['a', null, 'c'],
      'flow.nested': { deep: [{ x: 1.5 }, true], empty: {} },
      'flow.bytes': new Uint8Array([0, 255]),
      'flow.large': Number.MAX_SAFE_INTEGER,
      'flow.negative': -7,
    },
  ],
  ['anything', SpanKind.INTERNAL, {}],
]

for (const [name, kind, attributes] of SPANS) tracer.startSpan(name, { kind, attributes }).end()

const parent = tracer.startSpan('failing', {
  attributes: { 'proprio.type': 'workflow.node', 'proprio.layer': 'workflow' },
})
const within = trace.setSpan(ROOT_CONTEXT, parent)
const child = tracer.startSpan(
  'child',
  { links: [{ context: parent.spanContext(), attributes: { why: 'retry' } }] },
  within,
)
logger.emit({
  eventName: 'flow.workflow.retry_scheduled',
  severityNumber: SeverityNumber.WARN,
  body: 'retry 1 in 2 s',
  attributes: { 'proprio.type': 'workflow.retryScheduled', 'proprio.layer': 'workflow', attempt: 1 },
  context: within,
})
logger.emit({ eventName: 'flow.workflow.node.exception', attributes: { 'proprio.part': 'exception' }, context: within })
logger.emit({
  severityNumber: SeverityNumber.FATAL4,
  body: { message: 'nested', codes: [1, 2.5] },
  attributes: { a: true },
})
logger.emit({ eventName: 'gen_ai.evaluation.result', attributes: { 'gen_ai.operation.name': 'chat' } })
logger.emit({ body: 'no context', exception: new TypeError('thrown') })
child.end()
parent.addEvent('flow.workflow.node.exception', {
  'proprio.part': 'exception',
  'exception.type': 'TypeError',
  'exception.message': 'no such node',
  'exception.stacktrace': 'TypeError: no such node\n    at node',
  'proprio.exception.causes': JSON.stringify([{ type: 'E', message: 'm', via: 'cause', depth: 1 }]),
})
parent.setAttribute('error.type', 'TypeError').setStatus({ code: SpanStatusCode.ERROR, message: 'no such node' }).end()

const spans = finished.getFinishedSpans()
const logs = emitted.getFinishedLogRecords()
const seenSpans = spans.map((span) => spanRecord(span))
const seenLogs = logs.map((log) => logRecord(log))
const wire = (bytes: Uint8Array | undefined): Uint8Array => bytes ?? new Uint8Array()
const parse = (bytes: Uint8Array | undefined): unknown => JSON.parse(new TextDecoder().decode(bytes))

const CARRIERS = [
  {
    carrier: 'OTLP/JSON',
    traces: () => parse(JsonTraceSerializer.serializeRequest(spans)),
    logRequest: () => parse(JsonLogsSerializer.serializeRequest(logs)),
  },
  {
    carrier: 'OTLP/protobuf',
    traces: () => decodeProtobuf('/v1/traces', wire(ProtobufTraceSerializer.serializeRequest(spans))),
    logRequest: () => decodeProtobuf('/v1/logs', wire(ProtobufLogsSerializer.serializeRequest(logs))),
  },
]

describe.each(CARRIERS)('over $carrier', ({ traces, logRequest }) => {
  test('spans give the same framework events as in the process', () => {
    const { records, rejected } = spansFromOtlp(traces())
    expect(rejected).toBe(0)
    // The request groups records by scope; here there is one, so they keep their order.
    expect(records.map(classifySpan)).toStrictEqual(seenSpans.map(classifySpan))
    expect(records.map(classifySpan).map(({ type }) => type)).toContain('workflow.node')
  })

  test('log records give the same framework events as in the process', () => {
    const { records, rejected } = logsFromOtlp(logRequest())
    expect(rejected).toBe(0)
    expect(records.map(classifyLog)).toStrictEqual(seenLogs.map(classifyLog))
    expect(records.map(classifyLog).map((event) => event?.error?.message)).toContain('thrown')
  })

  test('the records themselves come back', () => {
    const { records } = spansFromOtlp(traces())
    expect(records.map(fields)).toEqual(seenSpans.map(fields))
  })
})

function fields(record: ReturnType<typeof spanRecord>): object {
  const { traceId, spanId, parentSpanId, name, kind, start, end, status, scope, resource, sampled, links } = record
  return { traceId, spanId, parentSpanId, name, kind, start, end, status, scope, resource, sampled, links }
}

describe('a request that is not as it should be', () => {
  const good = parse(JsonTraceSerializer.serializeRequest(spans.slice(0, 1))) as {
    resourceSpans: [{ scopeSpans: [{ spans: [Record<string, unknown>] }] }]
  }
  const withSpan = (changes: object) => {
    const request = structuredClone(good)
    const { spans: list } = request.resourceSpans[0].scopeSpans[0]
    list.push({ ...list[0], ...changes })
    return request
  }

  test.each([
    ['an id that is none', { traceId: 'zz' }],
    ['an id of zeros', { spanId: '0000000000000000' }],
    ['no id', { traceId: undefined }],
    ['no end', { endTimeUnixNano: undefined }],
    ['a time that is none', { startTimeUnixNano: 'yesterday' }],
    ['a name that is a number', { name: 7 }],
    ['attributes that are no list', { attributes: { a: 1 } }],
    ['a value nested too deep', { attributes: [{ key: 'a', value: nested(100) }] }],
  ])('loses one record for %s', (_, changes) => {
    const { records, rejected, problem } = spansFromOtlp(withSpan(changes))
    expect(records).toHaveLength(1)
    expect(rejected).toBe(1)
    expect(problem).toContain('PROPRIO_STORE_BAD_OTLP')
  })

  test('is taken where OTLP is lenient: numbers for 64-bit integers, unknown fields, absent lists', () => {
    const { records } = spansFromOtlp(
      withSpan({
        startTimeUnixNano: 1_790_000_000_000_000_000,
        links: null,
        events: undefined,
        tomorrow: 1,
        attributes: [{ key: 'n', value: { intValue: '42' } }],
      }),
    )
    expect(records[1]).toMatchObject({ start: [1_790_000_000, 0], attributes: { n: 42 }, links: [], events: [] })
  })

  test.each([null, undefined, {}, { resourceSpans: [] }])('is empty: %o', (request) => {
    expect(spansFromOtlp(request)).toEqual({ records: [], rejected: 0 })
  })

  test.each([7, [], 'x', { resourceSpans: 7 }])('is refused: %o', (request) => {
    expect(() => spansFromOtlp(request)).toThrow(expect.objectContaining({ code: 'PROPRIO_STORE_BAD_OTLP' }))
  })
})

function nested(depth: number): object {
  return depth === 0 ? { intValue: 1 } : { arrayValue: { values: [nested(depth - 1)] } }
}
