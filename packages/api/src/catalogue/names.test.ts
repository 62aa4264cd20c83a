// What a catalogue's definitions are called on the wire, and what stands on each signal.
import { SpanKind } from '@opentelemetry/api'
import { beforeEach, describe, expect, test } from 'vitest'
import { flow } from '../call-site/flow.ts'
import { httpServerRequest } from '../conventions/http.ts'
import { record } from '../fixtures/recording.ts'
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

const recording = record()
beforeEach(() => recording.clear())

describe('names on the wire', () => {
  test('scope is the catalogue; attributes are catalogue.layer.snake_case, context catalogue.key, and a context key that is a layer gets .name or .id', () => {
    flow.within({ workflow: 'scan', runId: 'r1' }, () => flow.workflow.node({ node: 'a', nodeId: 'n1' }, () => 1))
    const [span] = recording.spans
    expect(span?.instrumentationScope).toMatchObject({
      name: 'flow',
      version: '3.0.0',
      schemaUrl: 'https://flow.dev/schemas/3.0.0',
    })
    expect(span?.attributes).toEqual({
      'proprio.type': 'workflow.node',
      'proprio.layer': 'workflow',
      'flow.workflow.name': 'scan',
      'flow.run_id': 'r1',
      'flow.workflow.node': 'a',
      'flow.workflow.node_id': 'n1',
    })
    expect(span?.status).toEqual({ code: 0 })
  })

  test('an id whose key is a layer is .id', () => {
    const one = catalogue(
      'shop',
      { version: '1', context: { task: id('Task.') } },
      { task: { run: operation({ summary: 's', span: 'run', attributes: {} }) } },
    )
    one.within({ task: 't1' }, () => one.task.run({}, () => 1))
    expect(recording.spans[0]?.attributes['shop.task.id']).toBe('t1')
  })

  test('metrics: duration histogram in seconds with its dimensions, counter of an occurrence, measure of an attribute', async () => {
    flow.within({ workflow: 'scan' }, () => {
      flow.workflow.run({ trigger: 'cron' }, (op) => op.set({ findings: 3 }))
      flow.workflow.retryScheduled({ attempt: 1, delay: 2 })
    })
    const points = await recording.points()
    expect(
      points.map(({ metric, unit, dimensions, count, value }) => [metric, unit, dimensions, count ?? value]),
    ).toEqual([
      ['flow.workflow.run.findings', '{finding}', { 'flow.workflow.name': 'scan', 'flow.workflow.trigger': 'cron' }, 3],
      ['flow.workflow.run.duration', 's', { 'flow.workflow.name': 'scan', 'flow.workflow.trigger': 'cron' }, 1],
      ['flow.workflow.retry_scheduled.count', '{event}', { 'flow.workflow.name': 'scan' }, 1],
    ])
    expect(points.every(({ scope }) => scope === 'flow')).toBe(true)
    expect(recording.spans[0]?.attributes['flow.workflow.findings']).toBe(3)
  })

  test('an occurrence is a log record with event name, severity, display message and the active span', () => {
    flow.workflow.run({}, () => flow.workflow.retryScheduled({ attempt: 2, delay: 5 }))
    const [one] = recording.records
    expect(one).toMatchObject({
      eventName: 'flow.workflow.retry_scheduled',
      severityNumber: 13,
      body: 'retry 2 in 5 s',
    })
    expect(one?.attributes).toEqual({
      'proprio.type': 'workflow.retryScheduled',
      'proprio.layer': 'workflow',
      'flow.workflow.attempt': 2,
      'flow.workflow.delay': 5,
    })
    expect(one?.spanContext?.spanId).toBe(recording.spans[0]?.spanContext().spanId)
  })

  test('without a message the body is the event name; keep and levels are carried', () => {
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
    expect(recording.records.map(({ severityNumber, body }) => [severityNumber, body])).toEqual([
      [5, 'levels.a.debug'],
      [9, 'levels.a.info'],
      [13, 'levels.a.warn'],
      [17, 'levels.a.error'],
      [21, 'levels.a.critical'],
    ])
    expect(recording.records.every(({ attributes }) => attributes['proprio.keep'] === 'hot')).toBe(true)
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

  test('a built-in convention keeps its names, kind, metric and buckets; what was added has ours', async () => {
    server.api.request({ method: 'GET', route: '/orders/{id}', statusCode: 200, tenant: 't1' }, () => 1)
    const [span] = recording.spans
    expect([span?.name, span?.kind]).toEqual(['GET /orders/{id}', SpanKind.SERVER])
    expect(span?.attributes).toMatchObject({
      'http.request.method': 'GET',
      'http.route': '/orders/{id}',
      'http.response.status_code': 200,
      'web.api.tenant': 't1',
    })
    const [point] = await recording.points()
    expect(point).toMatchObject({ metric: 'http.server.request.duration', unit: 's' })
    expect(point?.boundaries).toEqual([0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10])
    expect(point?.dimensions).toEqual({
      'http.request.method': 'GET',
      'http.route': '/orders/{id}',
      'http.response.status_code': 200,
    })
  })

  test('a span is named by the first template whose attributes are there, and stays bounded', () => {
    server.api.many({ verb: 'get', thing: 'a' }, () => 1)
    server.api.many({ verb: 'get' }, () => 1)
    server.api.many({ thing: 'a' }, () => 1)
    server.api.many({ verb: 'get', thing: 'b' }, () => 1)
    server.api.many({ verb: 'get', thing: 'c' }, () => 1)
    server.api.many({ verb: 'steal' as 'get' }, () => 1)
    expect(recording.spans.map(({ name }) => name)).toEqual(['get a', 'get', 'many', 'get b', 'get _OTHER', '_OTHER'])
    expect(recording.spans[0]?.kind).toBe(SpanKind.PRODUCER)
    expect(recording.spans[4]?.attributes['web.api.thing']).toBe('c')
  })

  test('the default of a choice is there until it is set', async () => {
    flow.llm.request({ provider: 'openai', model: 'gpt-5' }, () => 1)
    flow.llm.request({ provider: 'openai', operation: 'embeddings' }, () => 1)
    expect(recording.spans.map(({ name, kind }) => [name, kind])).toEqual([
      ['chat gpt-5', SpanKind.CLIENT],
      ['embeddings', SpanKind.CLIENT],
    ])
    const points = await recording.points()
    expect(points.map(({ dimensions }) => dimensions['gen_ai.operation.name'])).toEqual(['chat', 'embeddings'])
  })

  test('announce adds a record at the start, and only then', () => {
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
    expect(recording.records).toHaveLength(1)
    const [started] = recording.records
    expect(started).toMatchObject({ eventName: 'loud.task.run.started', severityNumber: 9 })
    expect(started?.attributes).toEqual({
      'proprio.type': 'task.run',
      'proprio.layer': 'task',
      'proprio.part': 'started',
      'loud.task.n': 1,
    })
    expect(started?.hrTime).toEqual(recording.spans[1]?.startTime)
    expect(started?.spanContext?.spanId).toBe(recording.spans[1]?.spanContext().spanId)
  })

  test('span and histogram take one pair of readings', async () => {
    await flow.workflow.run({}, () => new Promise((resolve) => setTimeout(resolve, 5)))
    const [span] = recording.spans
    const [point] = await recording.points()
    expect(Math.abs((span?.duration[0] ?? 0) + (span?.duration[1] ?? 0) / 1e9 - (point?.value ?? 0))).toBeLessThan(2e-6)
    expect(point?.value).toBeGreaterThan(0.004)
  })
})

test('measures carry their own names, units and buckets; extend of each kind keeps them', async () => {
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
  const points = await recording.points()
  expect(points).toMatchObject([
    { metric: 'shop.size', unit: 'By', boundaries: [1, 10], dimensions: { 'stock.item.kind': 'a' }, value: 5 },
    { metric: 'stock.item.told', unit: '{x}', value: 2 },
    { metric: 'stock.item.sold.count', value: 1 },
  ])
})

test('layers and event types may be called as properties of objects are', () => {
  const odd = catalogue(
    'odd',
    { version: '1' },
    { constructor: { toString: operation({ summary: 's', span: 'x', attributes: {} }) } },
  )
  expect(odd.constructor.toString({}, () => 5)).toBe(5)
  expect(recording.spans[0]?.attributes['proprio.type']).toBe('constructor.toString')
})
