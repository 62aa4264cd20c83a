// The receiver against senders that are not its own: OpenTelemetry's exporters, ours, and requests made by hand; and what it answers to what is no OTLP.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { once } from 'node:events'
import { gzipSync } from 'node:zlib'
import { register } from '@proprio/sdk'
import protobuf from 'protobufjs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { launchInto, receiveInto, type Receiver } from './index.ts'
import { type Collected, collecting, post, span, traces } from './fixtures/collecting.ts'

const node = (fixture: string) => [
  process.execPath,
  '--conditions=@proprio/source',
  new URL(`fixtures/${fixture}`, import.meta.url).pathname,
]
const sorted = (ids: readonly string[]) => ids.toSorted()
const spanIds = ({ spans }: Collected) => sorted(spans.map(({ spanId }) => spanId))
const said = (stdout: string) => sorted(JSON.parse(stdout) as string[])

describe('other processes', () => {
  test.each<[string, Record<string, string>]>([
    ['protobuf', {}],
    ['JSON', { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }],
    ['protobuf in gzip', { OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip' }],
    ['JSON in gzip', { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip' }],
    ['differences', { OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta' }],
  ])('OpenTelemetry’s own exporters, by %s', async (_name, env) => {
    const { sink, collected } = collecting()
    const { stdout, stderr, rejected } = await launchInto(sink, node('stock.mjs'), { env })
    expect([stderr, rejected]).toEqual(['', { records: 0, requests: 0, problems: [] }])
    expect(spanIds(collected)).toEqual(said(stdout))
    expect(collected.spans.find(({ name }) => name === 'parent')).toMatchObject({
      kind: 'server',
      start: [1_790_000_000, 123_456_789],
      attributes: { text: 'é', list: [1, 2], half: 0.5 },
      events: [{ name: 'seen', attributes: { deep: true } }],
      status: { code: 'error', message: 'no' },
      scope: { name: 'stock', version: '1.2.3' },
    })
    expect(collected.logs).toMatchObject([
      {
        eventName: 'stock.seen',
        body: 'seen',
        attributes: { large: Number.MAX_SAFE_INTEGER, raw: new Uint8Array([0, 255]) },
      },
    ])
    const counted = { scope: { name: 'stock', version: '1.2.3' }, observable: false, count: undefined }
    expect(collected.series).toMatchObject([
      { name: 'spread', instrument: 'histogram', count: 8, sum: 2002.002, buckets: { min: 0, max: 1000 } },
      { ...counted, name: 'sold', instrument: 'counter', unit: '{item}', attributes: { channel: 'web' }, value: 6 },
      { ...counted, name: 'sold', description: 'Items sold.', attributes: { channel: 'app' }, value: 2, increase: 2 },
      { ...counted, name: 'open', instrument: 'upDownCounter', sum: 2, value: 2, increase: 2 },
      { ...counted, name: 'temperature', instrument: 'gauge', sum: 21.5, value: 21.5, increase: undefined },
      {
        name: 'duration',
        instrument: 'histogram',
        unit: 's',
        count: 6,
        sum: 111,
        value: undefined,
        buckets: { bounds: [1, 10], counts: [2, 2, 2], min: 0.5, max: 50 },
      },
    ])
    const { bounds, counts } = collected.series[0]!.buckets!
    const bucketOf = (value: number) => counts[bounds.findIndex((bound) => value <= bound)]
    expect([0, 0.001, 1, 1000].map(bucketOf)).toEqual([2, 2, 2, 2])
    expect(counts.reduce((sum, count) => sum + count)).toBe(8)
  })

  test('a program with register()', async () => {
    const { sink, collected } = collecting()
    const { stdout, stderr, exitCode } = await launchInto(sink, node('proprio.mjs'))
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(spanIds(collected)).toEqual(said(stdout))
    expect(collected.spans[0]?.resource).toMatchObject({ 'service.name': 'till' })
    expect(collected.logs).toMatchObject([{ attributes: { 'proprio.type': 'shop.receipt' } }])
    const till = collected.series.filter(({ scope }) => scope.name === 'till')
    expect(till).toMatchObject([
      { name: 'till.order.paid', instrument: 'counter', unit: '{order}', value: 2, scope: { version: '2.0.0' } },
      { name: 'till.order.amount', count: 1, sum: 12.5, buckets: { bounds: [10, 100], counts: [0, 1, 0] } },
    ])
  })
})

describe('requests made by hand', () => {
  const { sink, collected } = collecting()
  let receiver: Receiver
  beforeEach(async () => {
    Object.assign(collected, { spans: [], logs: [], series: [] })
    receiver = await receiveInto(sink)
  })
  afterEach(() => receiver.stop())

  test('OTLP/JSON as it stands in the specification: capital ids, integers as numbers and texts', async () => {
    const golden = JSON.parse(readFileSync(new URL('fixtures/other-language.json', import.meta.url), 'utf8')) as Record<
      string,
      object
    >
    for (const [signal, request] of Object.entries(golden)) {
      const answer = await post(`${receiver.url}/v1/${signal}`, JSON.stringify(request))
      expect([answer.status, answer.headers.get('content-type'), await answer.json()]).toEqual([
        200,
        'application/json',
        {},
      ])
    }
    expect(collected.spans).toMatchObject([
      {
        traceId: '5b8efff798038103d269b633813fc60c',
        spanId: 'eee19b7ec3c1b174',
        parentSpanId: 'eee19b7ec3c1b173',
        name: 'POST /bills',
        kind: 'server',
        start: [1_544_712_660, 1],
        end: [1_544_712_661, 2],
        status: { code: 'error', message: 'no room' },
        attributes: {
          'http.response.status_code': 503,
          tags: ['a', true],
          map: { traceId: 0.5 },
          raw: new Uint8Array([0, 255]),
        },
        resource: { 'service.name': 'billing', 'telemetry.sdk.language': 'rust' },
        scope: { name: 'billing.api', version: '0.4.0' },
        sampled: true,
      },
    ])
    expect(collected.logs).toMatchObject([
      {
        eventName: 'bill.refused',
        severityNumber: 17,
        body: 'no room',
        attributes: { 'bill.id': 9_007_199_254_740_991 },
      },
    ])
    expect(collected.series).toMatchObject([{ name: 'bills', instrument: 'counter', value: 3 }])
  })

  test('takes the good spans of a request, and tells how many it rejected', async () => {
    const body = traces(span('0000000000000001'), span('no id'), span('0000000000000003'))
    const answer = await post(`${receiver.url}/v1/traces`, body)
    expect(await answer.json()).toEqual({
      partialSuccess: { rejectedSpans: '1', errorMessage: expect.stringContaining('no id of 16 hex digits') },
    })
    expect(spanIds(collected)).toEqual(['0000000000000001', '0000000000000003'])
    expect(receiver.rejected()).toEqual({
      records: 1,
      requests: 0,
      problems: [expect.stringContaining('no id of 16 hex digits')],
    })
  })

  test('answers protobuf in protobuf', async () => {
    const headers = { 'content-type': 'application/x-protobuf' }
    // A resource, a scope and one span without ids: three fields of length, one in another.
    const answer = await post(`${receiver.url}/v1/traces`, Uint8Array.from([10, 4, 18, 2, 18, 0]), headers)
    const rejected = protobuf.Reader.create(new Uint8Array(await answer.arrayBuffer()))
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-protobuf'])
    // partial_success (1), rejected_spans (1): 1
    expect([rejected.uint32(), rejected.uint32() > 0, rejected.uint32(), rejected.uint32()]).toEqual([10, true, 8, 1])
    const refused = await post(`${receiver.url}/v1/traces`, Uint8Array.from([10, 4, 18]), headers)
    const status = protobuf.Reader.create(new Uint8Array(await refused.arrayBuffer()))
    // google.rpc.Status: message (2)
    expect([refused.status, status.uint32(), status.string()]).toEqual([
      400,
      18,
      expect.stringContaining('the body is no ExportTraceServiceRequest'),
    ])
  })

  test.each<[string, number, string, Partial<RequestInit> & { path?: string }]>([
    ['bytes that are no JSON', 400, 'no ExportTraceServiceRequest', { body: '{' }],
    ['bytes that are no UTF-8', 400, 'no ExportTraceServiceRequest', { body: Uint8Array.from([34, 255, 34]) }],
    ['JSON that is no request', 400, 'no list', { body: '{"resourceSpans":7}' }],
    ['no body', 400, 'no ExportTraceServiceRequest', { body: '' }],
    ['another type', 415, 'content-type text/plain', { headers: { 'content-type': 'text/plain' } }],
    ['another encoding', 415, 'content-encoding br', { headers: { 'content-encoding': 'br' } }],
    ['no gzip', 400, 'no whole gzip', { headers: { 'content-encoding': 'gzip' } }],
    [
      'half a gzip',
      400,
      'no whole gzip',
      { body: gzipSync(traces(span('0000000000000001'))).subarray(0, 60), headers: { 'content-encoding': 'gzip' } },
    ],
    ['too many bytes', 413, '67108864 bytes packed', { body: Buffer.alloc(65 << 20, 32) }],
    [
      'too many bytes in a small gzip',
      413,
      '67108864 bytes unpacked',
      { body: gzipSync(Buffer.alloc(65 << 20, 32)), headers: { 'content-encoding': 'gzip' } },
    ],
    ['an unknown path', 404, '/v1/traces, /v1/logs, /v1/metrics', { path: '/v1/profiles' }],
    ['GET', 405, 'POST', { method: 'GET', body: null }],
  ])('refuses %s', async (_name, status, problem, { path = '/v1/traces', headers = {}, ...init }) => {
    const url = `${receiver.url}${path}`
    const answer = await fetch(url, {
      method: 'POST',
      body: traces(span('0000000000000001')),
      ...init,
      headers: { 'content-type': 'application/json', ...(headers as Record<string, string>) },
    })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/json'])
    expect(await answer.json()).toEqual({ message: expect.stringContaining(problem) })
    if (status === 405) expect(answer.headers.get('allow')).toBe('POST')
    expect(receiver.rejected()).toEqual({ records: 0, requests: 1, problems: [expect.stringContaining(problem)] })
    // And goes on.
    expect((await post(`${receiver.url}/v1/traces?x=1`, traces(span('0000000000000002')))).status).toBe(200)
    expect(spanIds(collected)).toEqual(['0000000000000002'])
  })

  test('reads a type with its parameters, in any case', async () => {
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' }
    expect((await post(`${receiver.url}/v1/traces`, traces(span('0000000000000001')), headers)).status).toBe(200)
  })

  test('keeps the first hundred problems, each once', async () => {
    for (let index = 0; index < 120; index++) await post(`${receiver.url}/v1/wrong?${index % 110}`, '{}')
    expect(receiver.rejected()).toMatchObject({ requests: 120, problems: { length: 100 } })
  })
})

describe('its beginning and its end', () => {
  test('listens on the loopback address only, at the port that is asked for, and frees it', async () => {
    const { sink } = collecting()
    const first = await receiveInto(sink)
    const port = Number(new URL(first.url).port)
    expect(first.url).toBe(`http://127.0.0.1:${port}`)
    await expect(receiveInto(sink, { port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await first.stop()
    {
      await using second = await receiveInto(sink, { port })
      expect(second.url).toBe(first.url)
    }
    await expect(post(`${first.url}/v1/traces`, '{}')).rejects.toThrow('fetch failed')
  })

  test('stops with connections open, idle and in the middle of a request, and twice', async () => {
    const { sink, collected } = collecting()
    const receiver = await receiveInto(sink)
    const port = Number(new URL(receiver.url).port)
    const idle = connect(port, '127.0.0.1')
    const half = connect(port, '127.0.0.1')
    half.write('POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{')
    await post(`${receiver.url}/v1/traces`, traces(span('0000000000000001')))
    const closed = [
      once(
        idle.on('error', () => undefined),
        'close',
      ),
      once(
        half.on('error', () => undefined),
        'close',
      ),
    ]
    await Promise.all([receiver.stop(), receiver.stop(), ...closed])
    expect(spanIds(collected)).toEqual(['0000000000000001'])
    expect(receiver.rejected()).toMatchObject({
      requests: 1,
      problems: ['a connection ended in the middle of a request'],
    })
  })

  test('has handed over everything that it will when it has stopped', async () => {
    const { sink, collected } = collecting()
    const receiver = await receiveInto(sink)
    // Long to unpack, and stopped meanwhile.
    const body = gzipSync(traces(span('0000000000000001')) + ' '.repeat(50 << 20))
    const sent = post(`${receiver.url}/v1/traces`, body, { 'content-encoding': 'gzip' }).catch(() => undefined)
    await delay(20)
    await receiver.stop()
    const stopped = spanIds(collected)
    await sent
    await delay(500)
    expect(spanIds(collected)).toEqual(stopped)
  })

  test('waits for senders that have gone, and not for ever for one that stays', async () => {
    const { sink, collected } = collecting()
    await using receiver = await receiveInto(sink)
    const body = traces(span('0000000000000001'))
    const sender = connect(Number(new URL(receiver.url).port), '127.0.0.1')
    const head = 'POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/json'
    sender.end(`${head}\r\ncontent-length: ${body.length}\r\n\r\n${body}`)
    await receiver.drained(5_000)
    expect(spanIds(collected)).toEqual(['0000000000000001'])
    const stays = connect(Number(new URL(receiver.url).port), '127.0.0.1')
    await once(stays, 'connect')
    const start = performance.now()
    await receiver.drained(100)
    expect(performance.now() - start).toBeLessThan(2_000)
    stays.destroy()
  })
})

test('makes no telemetry of itself, though node:http is instrumented in its process', async () => {
  const made: string[] = []
  const done = { forceFlush: () => Promise.resolve(), shutdown: () => Promise.resolve() }
  const { sink, collected } = collecting()
  await using before = await receiveInto(sink)
  const spans = [
    {
      onStart: () => undefined,
      onEnd: ({ kind, name }: { kind: number; name: string }) => void made.push(`${kind} ${name}`),
      ...done,
    },
  ]
  const telemetry = register({ service: 'test', processors: { spans }, otlp: false, signals: false, fetch: false })
  await using after = await receiveInto(sink)
  const own = createServer((_request, response) => response.end()).listen(0, '127.0.0.1')
  await once(own, 'listening')
  await post(`${before.url}/v1/traces`, traces(span('0000000000000001')))
  await post(`${after.url}/v1/traces`, traces(span('0000000000000002')))
  await post(`http://127.0.0.1:${(own.address() as { port: number }).port}/v1/traces`, '{}')
  await telemetry.shutdown()
  own.close()
  own.closeAllConnections()
  expect(spanIds(collected)).toEqual(['0000000000000001', '0000000000000002'])
  // Of the other server: that there is an instrumentation.
  expect(made).toEqual(['1 POST'])
})
