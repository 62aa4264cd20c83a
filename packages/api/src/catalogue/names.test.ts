// What a catalogue's definitions are called on the wire, and what stands on each signal.
import { expect, test } from '@proprio/testing/vitest'
import { describe } from 'vitest'
import { flow } from '../call-site/flow.ts'
import { httpServerRequest } from '../conventions/http.ts'
import {
  catalogue,
  choice,
  counter,
  extend,
  flag,
  histogram,
  id,
  integer,
  occurrence,
  operation,
  text,
} from '../index.ts'

describe('names on the wire', () => {
  test('scope is the catalogue; attributes are catalogue.layer.snake_case, context catalogue.key, and a context key that is a layer gets .name or .id', ({
    telemetry,
  }) => {
    flow.within({ workflow: 'scan', runId: 'r1' }, () => flow.workflow.node({ node: 'a', nodeId: 'n1' }, () => 1))
    const span = telemetry.span(flow.workflow.node)
    expect(span.scope).toMatchObject({
      name: 'flow',
      version: '3.0.0',
      schemaUrl: 'https://flow.dev/schemas/3.0.0',
    })
    expect(span.attributes).toEqual({
      'proprio.type': 'workflow.node',
      'proprio.layer': 'workflow',
      'flow.workflow.name': 'scan',
      'flow.run_id': 'r1',
      'flow.workflow.node': 'a',
      'flow.workflow.node_id': 'n1',
    })
    expect(span).toHaveStatus('unset', '')
  })

  test('an id whose key is a layer is .id', ({ telemetry }) => {
    const one = catalogue(
      'shop',
      { version: '1', context: { task: id('Task.') } },
      { task: { run: operation({ summary: 's', span: 'run', attributes: {} }) } },
    )
    one.within({ task: 't1' }, () => one.task.run({}, () => 1))
    expect(telemetry.span(one.task.run)).toHaveAttributes({ 'shop.task.id': 't1' })
  })

  test('metrics: duration histogram in seconds with its dimensions, counter of an occurrence, measure of an attribute', ({
    telemetry,
  }) => {
    flow.within({ workflow: 'scan' }, () => {
      flow.workflow.run({ trigger: 'cron' }, (op) => op.set({ findings: 3 }))
      flow.workflow.retryScheduled({ attempt: 1, delay: 2 })
    })
    const series = telemetry.metrics()
    expect(series.map(({ name, unit, attributes, count, value }) => [name, unit, attributes, value ?? count])).toEqual([
      ['flow.workflow.run.findings', '{finding}', { 'flow.workflow.name': 'scan', 'flow.workflow.trigger': 'cron' }, 3],
      ['flow.workflow.run.duration', 's', { 'flow.workflow.name': 'scan', 'flow.workflow.trigger': 'cron' }, 1],
      ['flow.workflow.retry_scheduled.count', '{event}', { 'flow.workflow.name': 'scan' }, 1],
    ])
    expect(series.every(({ scope }) => scope.name === 'flow')).toBe(true)
    expect(telemetry).toHaveSpan(flow.workflow.run, { findings: 3 })
  })

  test('an occurrence is a log record with event name, severity, display message and the active span', ({
    telemetry,
  }) => {
    flow.workflow.run({}, () => flow.workflow.retryScheduled({ attempt: 2, delay: 5 }))
    const span = telemetry.span(flow.workflow.run)
    expect(telemetry.logs()).toMatchObject([
      {
        eventName: 'flow.workflow.retry_scheduled',
        severityNumber: 13,
        body: 'retry 2 in 5 s',
        traceId: span.traceId,
        spanId: span.spanId,
      },
    ])
    expect(telemetry.logs()[0]?.attributes).toEqual({
      'proprio.type': 'workflow.retryScheduled',
      'proprio.layer': 'workflow',
      'flow.workflow.attempt': 2,
      'flow.workflow.delay': 5,
    })
    expect(span).toHaveEvent(flow.workflow.retryScheduled, { attempt: 2, delay: 5 }, { level: 'warn' })
  })

  test('it is an event of its span too, unless its type says otherwise, and is counted once', ({ telemetry }) => {
    flow.plugin.execution({ plugin: 'p' }, () => {
      flow.workflow.retryScheduled({ attempt: 1 })
      flow.plugin.output({ plugin: 'p', line: 'x' })
    })
    const { events } = telemetry.span(flow.plugin.execution)
    expect(events.map(({ name }) => name)).toEqual(['flow.workflow.retry_scheduled'])
    const names = telemetry.events().map(({ name }) => name)
    expect(names).toEqual(['flow.workflow.retry_scheduled', 'flow.plugin.output'])
  })

  test('without a message the body is the event name; keep and levels are carried', ({ telemetry }) => {
    const one = catalogue(
      'levels',
      { version: '1' },
      {
        a: Object.fromEntries(
          (['debug', 'info', 'warn', 'error', 'critical'] as const).map((level) => [
            level,
            occurrence({ summary: level, level, keep: 'hot', attributes: {} }),
          ]),
        ),
      },
    )
    for (const emit of Object.values(one.a)) emit({})
    expect(telemetry.logs().map(({ severityNumber, body }) => [severityNumber, body])).toEqual([
      [5, 'levels.a.debug'],
      [9, 'levels.a.info'],
      [13, 'levels.a.warn'],
      [17, 'levels.a.error'],
      [21, 'levels.a.critical'],
    ])
    for (const log of telemetry.logs()) expect(log).toHaveAttributes({ 'proprio.keep': 'hot' })
  })
})

describe('spans', () => {
  const server = catalogue(
    'web',
    { version: '1' },
    {
      api: {
        request: extend(httpServerRequest, { attributes: { tenant: id('Tenant.') } }),
        many: operation({
          summary: 'A list of names.',
          span: ['{verb} {thing}', '{verb}', 'many'],
          kind: 'producer',
          attributes: {
            verb: choice(['get', 'put'], 'v'),
            thing: text('t', { dimension: { atMost: 2 } }),
            safe: flag('s', { dimension: true }),
          },
        }),
      },
    },
  )

  test('a built-in convention keeps its names, kind, and metric; what was added has ours', ({ telemetry }) => {
    server.api.request({ method: 'GET', route: '/orders/{id}', statusCode: 200, tenant: 't1' }, () => 1)
    const span = telemetry.span('GET /orders/{id}')
    expect(span).toHaveKind('server')
    expect(span).toHaveAttributes({
      'http.request.method': 'GET',
      'http.route': '/orders/{id}',
      'http.response.status_code': 200,
      'web.api.tenant': 't1',
    })
    const [duration] = telemetry.metrics(server.api.request)
    expect(duration).toMatchObject({ name: 'http.server.request.duration', unit: 's' })
    expect(duration?.attributes).toEqual({
      'http.request.method': 'GET',
      'http.route': '/orders/{id}',
      'http.response.status_code': 200,
    })
  })

  test('a span is named by the first template whose attributes are there, and stays bounded', ({ telemetry }) => {
    server.api.many({ verb: 'get', thing: 'a' }, () => 1)
    server.api.many({ verb: 'get' }, () => 1)
    server.api.many({ thing: 'a' }, () => 1)
    server.api.many({ verb: 'get', thing: 'b' }, () => 1)
    server.api.many({ verb: 'get', thing: 'c' }, () => 1)
    server.api.many({ verb: 'steal' as 'get' }, () => 1)
    const names = telemetry.spans().map(({ name }) => name)
    expect(names).toEqual(['get a', 'get', 'many', 'get b', 'get _OTHER', '_OTHER'])
    expect(telemetry.span('get a')).toHaveKind('producer')
    expect(telemetry.span('get _OTHER')).toHaveAttributes(server.api.many, { thing: 'c' })
  })

  test('the default of a choice is there until it is set', ({ telemetry }) => {
    flow.llm.request({ provider: 'openai', model: 'gpt-5' }, () => 1)
    flow.llm.request({ provider: 'openai', operation: 'embeddings' }, () => 1)
    expect(telemetry.spans().map(({ name, kind }) => [name, kind])).toEqual([
      ['chat gpt-5', 'client'],
      ['embeddings', 'client'],
    ])
    expect(telemetry.span('chat gpt-5')).toHaveAttributes(flow.llm.request, { operation: 'chat' })
    expect(telemetry).toHaveMetric(flow.llm.request, { count: 1, dimensions: { operation: 'chat' } })
    expect(telemetry).toHaveMetric(flow.llm.request, { count: 1, dimensions: { operation: 'embeddings' } })
  })

  test('announce adds a record at the start, and only then', ({ telemetry }) => {
    const one = catalogue(
      'loud',
      { version: '1' },
      {
        task: {
          run: operation({ summary: 's', span: 'run', announce: true, attributes: { n: integer('n') } }),
          still: operation({ summary: 's', span: 'still', attributes: {} }),
        },
      },
    )
    one.task.run({ n: 1 }, () => one.task.still({}, () => 1))
    const { spanId, start } = telemetry.span(one.task.run)
    expect(telemetry.logs()).toMatchObject([
      { eventName: 'loud.task.run.started', severityNumber: 9, spanId, time: start },
    ])
    expect(telemetry.logs()[0]?.attributes).toEqual({
      'proprio.type': 'task.run',
      'proprio.layer': 'task',
      'proprio.part': 'started',
      'loud.task.n': 1,
    })
  })

  test('span and histogram take one pair of readings', async ({ telemetry }) => {
    await flow.workflow.run({}, () => new Promise((resolve) => setTimeout(resolve, 5)))
    const { start, end } = telemetry.span(flow.workflow.run)
    const seconds = end[0] - start[0] + (end[1] - start[1]) / 1e9
    const sum = { atLeast: seconds - 2e-6, atMost: seconds + 2e-6 }
    expect(seconds).toBeGreaterThan(0.004)
    expect(telemetry).toHaveMetric(flow.workflow.run, { count: 1, sum })
  })
})

test('measures carry their own names and units; extend of each kind keeps them', ({ telemetry }) => {
  const sizes = histogram({ summary: 'Size.', unit: 'By', buckets: [1, 10], metric: 'shop.size' })
  const told = counter({ summary: 'Told.', unit: '{x}' })
  const stock = catalogue(
    'stock',
    { version: '1' },
    {
      item: {
        size: extend(sizes, { attributes: { kind: choice(['a', 'b'], 'k') } }),
        told,
        sold: extend(occurrence({ summary: 's', level: 'info', attributes: {} }), { attributes: { n: integer('n') } }),
      },
    },
  )
  stock.item.size.record(5, { kind: 'a' })
  stock.item.told.add(2)
  stock.item.sold({ n: 1 })
  expect(telemetry.metrics()).toMatchObject([
    { name: 'shop.size', unit: 'By', attributes: { 'stock.item.kind': 'a' }, sum: 5 },
    { name: 'stock.item.told', unit: '{x}', value: 2 },
    { name: 'stock.item.sold.count', value: 1 },
  ])
})

test('layers and event types may be called as properties of objects are', ({ telemetry }) => {
  const odd = catalogue(
    'odd',
    { version: '1' },
    { constructor: { toString: operation({ summary: 's', span: 'x', attributes: {} }) } },
  )
  expect(odd.constructor.toString({}, () => 5)).toBe(5)
  expect(telemetry.span(odd.constructor.toString)).toHaveAttributes({ 'proprio.type': 'constructor.toString' })
})
