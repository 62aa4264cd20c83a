// Living with others: what register() does beside set-ups that are not ours, in their real shapes, and a NodeSDK with everything of ours in it.
import type { Health } from '@proprio/sdk'
import { startReceiver } from '@proprio/testing'
import { expect } from '@proprio/testing/vitest'
import { describe, test } from 'vitest'
import { scenario, sending } from './child.ts'
import { hopOf, soundHealth } from './sound.ts'

const states = ({ signals }: Health) =>
  Object.fromEntries(Object.entries(signals).map(([name, { state }]) => [name, state]))
const registered = { traces: 'registered', metrics: 'registered', logs: 'registered' }

describe.each(['mjs', 'cjs'] as const)('from a %s application', (format) => {
  test('attach: true beside stock providers: spans and records of theirs, early tracers too, and ours', async () => {
    const { answer, stderr } = await scenario('stock', { options: { attach: true }, processors: true }, { format })
    expect(answer).toMatchObject({
      spans: ['their span', 'by an early tracer'],
      logs: ['shop.seen', 'theirs.seen'],
      theirs: 2,
    })
    expect(states(soundHealth(answer))).toEqual({ traces: 'attached', metrics: 'partly', logs: 'attached' })
    expect(stderr).toBe('')
    const reading = { attach: true, prometheus: { port: 0 } }
    const { stderr: told } = await sending('stock', { options: reading, processors: true }, { format })
    expect(told).toMatch(/^proprio: metrics: .*withProprio\(\)\n$/)
  })

  test('attach: true beside a NodeSDK: seen here, and sent by them alone', async () => {
    const { answer, code, telemetry } = await sending('besideNodeSdk', { options: { attach: true } }, { format })
    expect(code).toBe(0)
    expect(answer).toMatchObject({ spans: ['their span'], logs: ['shop.seen', 'theirs.seen'] })
    expect(states(soundHealth(answer))).toEqual({ traces: 'attached', metrics: 'partly', logs: 'attached' })
    expect(telemetry.spans().map(({ name }) => name)).toEqual(['their span'])
    expect(telemetry.logs().map(({ eventName }) => eventName)).toEqual(['theirs.seen', 'shop.seen'])
  })

  test.each([
    ['as built', []],
    ['from source', ['--conditions=@proprio/source']],
  ])('new NodeSDK(withProprio()), %s: three signals, HTTP, queries, and its shutdown delivers', async (_how, node) => {
    await using receiver = await startReceiver()
    const options = { service: 'shop', otlp: { endpoint: receiver.url } }
    const env = { OTEL_TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:9/never' }
    const { answer, said, code, stderr } = await scenario('nodeSdk', { options }, { format, env, node })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const before = said.at(-2)!
    expect(before).toMatchObject({
      spans: ['GET', 'GET', 'GET', 'GET', 'their span'],
      logs: ['shop.seen', 'theirs.seen'],
    })
    expect(states(soundHealth(before))).toEqual(registered)
    const after = soundHealth({ health: answer['after'] })
    expect(hopOf(after, 'spans')).toMatchObject({ started: 5, exported: 5, queued: 0, inFlight: 0 })
    expect(hopOf(after, 'logs')).toMatchObject({ started: 2, exported: 2, queued: 0, inFlight: 0 })
    const { telemetry } = receiver
    expect(telemetry).toHaveSpans(5)
    expect(telemetry).toHaveSpan('their span')
    const incoming = telemetry.spans(({ name, kind }) => name === 'GET' && kind === 'server')
    expect(incoming).toHaveLength(2)
    for (const request of incoming) expect(request).toBeChildOf(({ name, kind }) => name === 'GET' && kind === 'client')
    expect(telemetry.logs().map(({ eventName }) => eventName)).toEqual(['theirs.seen', 'shop.seen'])
    expect(telemetry).toHaveMetric('otel.sdk.span.started', { value: 5 })
    expect(telemetry).toHaveMetric('http.server.request.duration', { count: 2 })
    const [span] = telemetry.spans()
    expect(span?.resource).toMatchObject({ 'service.name': 'shop', 'telemetry.distro.name': 'proprio' })
    expect(Object.keys(span?.resource ?? {})).not.toContain('process.command_args')
  })

  test('instrumentations of the application’s own for HTTP and undici: theirs work, ours stay off', async () => {
    const { answer } = await scenario('ownInstrumentations', {}, { format })
    // Two requests came in, one went out by node:http; the stand-in for undici makes none.
    expect(answer['spans']).toEqual(['GET', 'GET', 'GET'])
    soundHealth(answer)
  })
})

test('attach: true brings HTTP where the other set-up has none, into both', async () => {
  const { answer } = await scenario('stock', { options: { attach: true }, processors: true, requests: true })
  const spans = answer['spans'] as string[]
  expect(spans.filter((name) => name === 'GET')).toHaveLength(4)
  expect(answer['theirs']).toBe(spans.length)
  soundHealth(answer)
})

test('without attach: what is foreign stays so, is named with both ways out, and the application goes on', async () => {
  const { answer, stderr } = await scenario('stock', { processors: true })
  expect(answer).toMatchObject({ spans: [], logs: [], theirs: 2 })
  expect(states(soundHealth(answer))).toEqual({ traces: 'foreign', metrics: 'foreign', logs: 'foreign' })
  expect(stderr.match(/^proprio: (?:traces|metrics|logs): .*withProprio.*attach: true/gm)).toHaveLength(3)
})

test('attach: true registers what is missing', async () => {
  const none = { OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' }
  const { answer } = await scenario('besideNodeSdk', { options: { attach: true } }, { env: none })
  expect(states(soundHealth(answer))).toEqual(registered)
  expect(answer['spans']).toEqual(['their span'])
})

test.each([
  ['stock', { processors: false }],
  ['strange', {}],
])('attach: true where there is no place for us (%s): says so, and throws nothing', async (name, more) => {
  const { answer, code } = await scenario(name, { options: { attach: true }, ...more })
  expect(code).toBe(0)
  const health = soundHealth(answer)
  expect(health.signals).toMatchObject({ traces: { state: 'foreign' }, logs: { state: 'foreign' } })
  expect(health.signals.traces.note).toContain('withProprio()')
})

test('a NodeSDK that is disabled, or made after register(), is given nothing twice', async () => {
  const off = await sending('nodeSdk', { options: { disabled: true } })
  expect(off.said.at(-2)).toMatchObject({ spans: [], logs: [], health: { signals: { traces: { state: 'off' } } } })
  expect(off.telemetry).toHaveSpans(0)
  expect(off.telemetry.logs()).toEqual([])
  const late = await scenario('nodeSdkAfterRegister', { options: { service: 'late' } }, { format: 'cjs' })
  expect(late.answer).toMatchObject({ spans: ['their span'], logs: ['shop.seen', 'theirs.seen'] })
  expect(soundHealth(late.answer)).toMatchObject({
    service: 'first',
    registration: { again: [{ ignored: ['service'] }] },
  })
  expect(late.stderr).toContain('these options have no effect: service')
})

test('a second register() is the first one’s handle, says where that was, and names what it ignored', async () => {
  const { answer, stderr } = await scenario('twice', { options: { service: 'second', otlp: true } })
  const { registration, service } = soundHealth(answer)
  expect(answer['same']).toBe(true)
  expect(service).toBe('first')
  expect(registration.at).toMatch(/scenarios\.mjs:\d+:\d+$/)
  expect(registration.again).toEqual([
    { at: expect.stringMatching(/scenarios\.mjs:\d+/), ignored: ['service', 'otlp'] },
  ])
  expect(stderr).toContain(`registered already, at ${registration.at}`)
  expect(stderr).toContain('no effect: service, otlp')
  expect((await scenario('twice', { options: {} })).stderr).toBe('')
})

test('telemetry() before register() is a coded error that says what to do', async () => {
  const { answer } = await scenario('notRegistered')
  expect(answer).toMatchObject({ code: 'PROPRIO_SDK_NOT_REGISTERED', name: 'ProprioError' })
  expect(answer['message']).toContain('--import @proprio/sdk/register')
})
