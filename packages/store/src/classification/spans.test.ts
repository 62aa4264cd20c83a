import { describe, expect, test } from 'vitest'
import { classifySpan } from '@proprio/store'
import type { Attributes, SpanKind, SpanRecord } from '@proprio/store'

function span(kind: SpanKind, attributes: Attributes, more: Partial<SpanRecord> = {}): SpanRecord {
  return {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    name: 'a span',
    kind,
    start: [1_790_000_000, 0],
    end: [1_790_000_000, 1_500_250],
    status: { code: 'unset' },
    attributes,
    events: [],
    links: [],
    scope: { name: 'a library' },
    resource: {},
    sampled: true,
    ...more,
  }
}

describe('foreign spans are told apart by semantic conventions, old names and new', () => {
  test.each<[string, SpanKind, Attributes]>([
    ['api.request', 'server', { 'http.request.method': 'GET', 'url.scheme': 'https' }],
    ['api.request', 'server', { 'http.method': 'GET', 'http.status_code': 200 }],
    ['provider.request', 'client', { 'http.request.method': 'GET', 'server.address': 'example.org' }],
    ['provider.request', 'client', { 'http.method': 'GET' }],
    ['api.call', 'server', { 'rpc.system.name': 'grpc', 'rpc.method': 'Scan/Run' }],
    ['api.call', 'server', { 'rpc.system': 'grpc' }],
    ['provider.call', 'client', { 'rpc.system.name': 'grpc' }],
    ['provider.call', 'client', { 'rpc.system': 'aws-api', 'http.status_code': 200, 'http.method': 'POST' }],
    ['database.query', 'client', { 'db.system.name': 'postgresql', 'db.query.text': 'SELECT 1' }],
    ['database.query', 'client', { 'db.system': 'redis', 'db.statement': 'GET a' }],
    ['database.query', 'internal', { 'db.system.name': 'sqlite' }],
    ['database.query', 'client', { 'db.system': 'elasticsearch', 'http.request.method': 'POST' }],
    ['task.send', 'producer', { 'messaging.system.name': 'kafka', 'messaging.operation.type': 'send' }],
    ['task.send', 'producer', { 'messaging.system': 'rabbitmq', 'messaging.operation': 'publish' }],
    ['task.create', 'producer', { 'messaging.system.name': 'kafka', 'messaging.operation.type': 'create' }],
    ['task.receive', 'client', { 'messaging.system.name': 'kafka', 'messaging.operation.type': 'receive' }],
    ['task.process', 'consumer', { 'messaging.system': 'kafka', 'messaging.operation': 'process' }],
    ['task.process', 'consumer', { 'messaging.system': 'kafka' }],
    ['task.send', 'producer', { 'messaging.system': 'kafka', 'messaging.operation': 'something of its own' }],
    ['task.settle', 'client', { 'messaging.system.name': 'servicebus', 'messaging.operation.type': 'settle' }],
    [
      'task.receive',
      'client',
      { 'messaging.system': 'aws_sqs', 'rpc.system': 'aws-api', 'messaging.operation': 'receive' },
    ],
    ['llm.request', 'client', { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai' }],
    ['llm.request', 'client', { 'gen_ai.operation.name': 'embeddings' }],
    ['llm.request', 'client', { 'gen_ai.system': 'anthropic' }],
    ['llm.request', 'client', { 'gen_ai.operation.name': 'generate_content', 'http.request.method': 'POST' }],
    ['tool.execution', 'internal', { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'search' }],
    ['agent.run', 'internal', { 'gen_ai.operation.name': 'invoke_agent' }],
    ['agent.create', 'client', { 'gen_ai.operation.name': 'create_agent' }],
    ['agent.plan', 'internal', { 'gen_ai.operation.name': 'plan' }],
    ['workflow.run', 'internal', { 'gen_ai.operation.name': 'invoke_workflow' }],
    ['other.span', 'internal', { 'http.route': '/users/:id', 'express.type': 'router' }],
    ['other.span', 'internal', { 'http.method': 'GET' }],
    ['other.span', 'server', { 'faas.trigger': 'http' }],
    ['other.span', 'internal', {}],
    ['other.span', 'internal', { toString: 'x', 'gen_ai.toString': 'y' }],
  ])('%s: a %s span with %o', (type, kind, attributes) => {
    const event = classifySpan(span(kind, attributes))
    expect(event).toMatchObject({ type, layer: type.slice(0, type.indexOf('.')), attributes })
  })
})

describe('a finished operation', () => {
  test('that succeeded is info, named by its span, dated by its end', () => {
    expect(classifySpan(span('internal', { a: 1 }))).toStrictEqual({
      type: 'other.span',
      layer: 'other',
      level: 'info',
      message: 'a span',
      time: 1_790_000_000_000 + 1.50025,
      durationMs: 1.50025,
      attributes: { a: 1 },
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
    })
  })

  test('of ours says its type and layer, and its bookkeeping is not among its attributes', () => {
    const attributes = {
      'proprio.type': 'codegen.run',
      'proprio.layer': 'codegen',
      'proprio.level': 'debug',
      'proprio.slow.threshold': 1.005,
      'proprio.codegen.files': 3,
      'http.request.method': 'GET',
    }
    expect(classifySpan(span('server', attributes))).toMatchObject({
      type: 'codegen.run',
      layer: 'codegen',
      level: 'debug',
      slow: { thresholdMs: 1005 },
      attributes: { 'proprio.codegen.files': 3, 'http.request.method': 'GET' },
    })
    expect(Object.keys(classifySpan(span('server', attributes)).attributes)).toHaveLength(2)
  })

  test('of ours that stands for an occurrence has its message', () => {
    const attributes = {
      'proprio.type': 'mail.sent',
      'proprio.layer': 'mail',
      'proprio.message': 'sent to 3',
      'proprio.keep': 'hot',
    }
    expect(classifySpan(span('internal', attributes))).toMatchObject({ message: 'sent to 3', attributes: {} })
  })

  test('that failed has its error by error.type and status, its stack and causes by its exception event', () => {
    const causes = [{ type: 'RangeError', message: 'too far', via: 'cause', depth: 1 }]
    const event = classifySpan(
      span(
        'internal',
        { 'proprio.type': 'workflow.run', 'proprio.layer': 'workflow', 'error.type': 'TypeError' },
        {
          name: 'workflow',
          status: { code: 'error', message: 'no such node' },
          events: [
            { name: 'exception', time: [1, 0], attributes: { 'exception.stacktrace': 'of another, handled' } },
            {
              name: 'flow.workflow.run.exception',
              time: [1, 0],
              attributes: {
                'proprio.part': 'exception',
                'exception.type': 'TypeError',
                'exception.message': 'no such node',
                'exception.stacktrace': 'TypeError: no such node\n    at run',
                'proprio.exception.causes': JSON.stringify(causes),
              },
            },
            { name: 'later.exception', time: [1, 0], attributes: { 'exception.stacktrace': 'of a foreign log' } },
          ],
        },
      ),
    )
    expect(event).toMatchObject({
      level: 'error',
      message: 'workflow: no such node',
      attributes: { 'error.type': 'TypeError' },
    })
    expect(event.error).toStrictEqual({
      type: 'TypeError',
      message: 'no such node',
      stack: 'TypeError: no such node\n    at run',
      causes,
    })
  })

  test.each<[string, Partial<SpanRecord>, Attributes, object]>([
    ['status alone', {}, {}, { type: '_OTHER', message: '_OTHER' }],
    ['a message', { status: { code: 'error', message: 'no' } }, {}, { type: '_OTHER', message: 'no' }],
    [
      'recordException',
      {
        events: [{ name: 'exception', time: [1, 0], attributes: { 'exception.type': 'E', 'exception.message': 'm' } }],
      },
      {},
      { type: 'E', message: 'm' },
    ],
    ['an HTTP status', {}, { 'http.response.status_code': 502 }, { type: '502', message: 'HTTP 502' }],
    [
      'causes that are none',
      { events: [{ name: 'exception', time: [1, 0], attributes: { 'proprio.exception.causes': '[{"type":1},7]' } }] },
      {},
      { type: '_OTHER', message: '_OTHER' },
    ],
  ])('of a foreign library that failed, told by %s', (_, more, attributes, error) => {
    expect(classifySpan(span('client', attributes, { status: { code: 'error' }, ...more })).error).toStrictEqual(error)
  })

  test.each([
    [404, 'warn'],
    [500, 'error'],
    [302, 'info'],
  ])('that is an HTTP server request answered with %i is %s, its span status being unset', (status, level) => {
    const event = classifySpan(span('server', { 'http.request.method': 'GET', 'http.response.status_code': status }))
    expect(event.level).toBe(level)
    expect(event.error).toEqual(status < 400 ? undefined : { type: `${status}`, message: `HTTP ${status}` })
  })

  test('keeps the level that its catalogue declared for an expected failure', () => {
    const attributes = { 'proprio.type': 'plugin.load', 'proprio.layer': 'plugin', 'proprio.level': 'warn' }
    const failed = classifySpan(span('internal', attributes, { status: { code: 'error', message: 'absent' } }))
    expect(failed).toMatchObject({ level: 'warn', error: { message: 'absent' } })
  })
})
