// What leaves the process is what was seen in it: the same ids at a receiver in another process, the same framework events from its OTLP alone, no secret
// in either, and one poisoned record costs one record.
import { type FrameworkEvent, memoryStore, millisecondsBetween } from '@proprio/store'
import { startReceiver, type TestTelemetry } from '@proprio/testing'
import { expect } from '@proprio/testing/vitest'
import { afterAll, afterEach, test } from 'vitest'
import { scenario, sending } from './child.ts'
import { hopOf, soundHealth } from './sound.ts'

const receiver = await startReceiver()
const { telemetry } = receiver
afterEach(() => {
  expect(receiver.rejected().problems).toEqual([])
  telemetry.clear()
})
afterAll(() => receiver.stop())

test('a receiver in another process finds the ids that the store has, and nothing it must not', async () => {
  const { answer, stderr } = await scenario('everything', { options: { otlp: { endpoint: receiver.url } } })
  const health = soundHealth(answer)
  const spans = telemetry.spans()
  const logs = telemetry.logs()
  expect(stderr).toBe('')
  expect(spans.map(({ spanId }) => spanId).toSorted()).toEqual((answer['spanIds'] as string[]).toSorted())
  expect(logs.map(({ eventName, spanId }) => `${eventName} ${spanId}`).toSorted()).toEqual(
    (answer['logs'] as string[]).toSorted(),
  )
  expect(health.stored?.spans.written).toBe(hopOf(health, 'spans').exported)
  expect(health.stored?.logs.written).toBe(hopOf(health, 'logs').exported)
  const resource = Object.keys({ ...spans[0]?.resource, ...logs[0]?.resource })
  for (const untold of ['process.command_args', 'process.command', 'process.owner', 'process.executable.path'])
    expect(resource).not.toContain(untold)
  // What a block said is on foreign spans too, and context crosses from client to server.
  const missing = { span: 'GET', kind: 'server', attributes: { 'http.response.status_code': 404 } } as const
  const asking = { span: 'GET', kind: 'client', attributes: { 'user.id': 'u1' } } as const
  expect(telemetry).toHaveTrace({ ...asking, children: [missing] })
})

test.each(['http/json', 'http/protobuf'])('its OTLP (%s) alone gives the same framework events', async (protocol) => {
  const options = { otlp: { endpoint: receiver.url, protocol } }
  const { answer } = await scenario('everything', { options })
  soundHealth(answer)
  const events = await rebuilt(telemetry)
  const seen = inOrder(answer['events'] as FrameworkEvent[])
  expect(seen.length).toBeGreaterThan(15)
  expect(inOrder(JSON.parse(JSON.stringify(events)) as FrameworkEvent[])).toEqual(seen)
  expect(new Set(seen.map(({ layer }) => layer))).toEqual(
    new Set(['workflow', 'shop', 'import', 'api', 'provider', 'database', 'task', 'llm', 'other']),
  )
})

const secret = 'ghp_012345678901234567890123456789abcdef'

test('a secret gets neither into the store nor onto the wire, wherever it stood', async () => {
  const options = { otlp: { endpoint: receiver.url, protocol: 'http/json' } }
  const { answer, stderr } = await scenario('secrets', { options, secret })
  const health = soundHealth(answer)
  for (const text of [JSON.stringify(answer), stderr]) expect(text).not.toContain(secret)
  expect(telemetry).toLeakNothing([secret])
  expect(telemetry).toHaveSpan(/^open /, { note: 'say [redacted] twice' })
  expect(health.redacted).toBeGreaterThan(10)
  const off = await scenario('secrets', { options: { ...options, redact: false }, secret })
  expect(JSON.stringify(off.answer)).toContain(secret)
  expect(telemetry).not.toLeakNothing([secret])
})

test.each([
  ['both', ['flow.workflow.retry'], 5],
  ['log', [], 5],
  ['span', ['flow.workflow.retry'], 4],
])('events: %s', async (events, onSpan, exported) => {
  const options = { events, otlp: { endpoint: receiver.url } }
  const { answer } = await scenario('occurrences', { options })
  const health = soundHealth(answer)
  // Off the span by its definition, of another trace, or without an event name: never an event of this span.
  expect(answer['spans']).toEqual({ workflow: onSpan, other: [] })
  expect(health.stored?.logs.written).toBe(5)
  expect(telemetry.logs()).toHaveLength(exported)
  const workflow = telemetry.span('workflow')
  expect(workflow.events.map(({ name }) => name)).toEqual(onSpan)
  for (const { time } of workflow.events) {
    expect(millisecondsBetween(workflow.start, time)).toBeGreaterThanOrEqual(0)
    expect(millisecondsBetween(time, workflow.end)).toBeGreaterThanOrEqual(0)
  }
})

test('OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN=logs keeps exceptions in the logs', async () => {
  const env = { OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN: 'logs' }
  const sent = await sending('everything', {}, { env })
  soundHealth(sent.answer)
  const spans = sent.telemetry.spans(({ scope }) => scope.name === 'flow')
  expect(spans.length).toBeGreaterThan(0)
  expect(spans.flatMap((span) => span.events)).toEqual([])
  expect(sent.telemetry).toHaveEvent('flow.workflow.node.exception', { 'exception.type': 'RangeError' })
})

test('hostile calls of the raw API: nothing throws that does not throw without us, and one poisoned record costs one', async () => {
  const [stock, ours] = await Promise.all([
    scenario('hostile', { stock: true }),
    scenario('hostile', { options: { otlp: { endpoint: receiver.url, metrics: false }, logLevel: 'none' } }),
  ])
  const { rows, thrown, unhandled } = ours.answer as { rows: string[]; thrown: string[]; unhandled: string[] }
  expect(ours.code).toBe(0)
  expect(unhandled).toEqual([])
  expect(thrown.filter((row) => !(stock.answer['thrown'] as string[]).includes(row))).toEqual([])
  const health = soundHealth(ours.answer, { store: 1 })
  const names = new Set(telemetry.spans().map(({ name }) => name))
  expect(rows.filter((row) => !names.has(`beside ${row}`))).toEqual([])
  const hop = hopOf(health, 'spans')
  expect(hop).toMatchObject({ live: 0, queued: 0, inFlight: 0, rejected: 0 })
  expect(hop.droppedTotal).toBe(hop.dropped.serialize_error ?? 0)
  expect(hop.droppedTotal).toBeLessThanOrEqual(rows.filter((row) => row.startsWith('poison')).length)
  expect(health.stored?.spans.lost).toBeLessThanOrEqual(1)
  const logHop = hopOf(health, 'logs')
  expect(logHop.started).toBe(logHop.exported + logHop.droppedTotal)
  // An event name that is no text, and a time that is no number.
  expect(logHop.droppedTotal).toBeLessThanOrEqual(2)
})

async function rebuilt(from: TestTelemetry): Promise<readonly FrameworkEvent[]> {
  const store = memoryStore()
  for (const span of from.spans()) store.span(span)
  for (const log of from.logs()) store.log(log)
  return (await store.events({}, { limit: 1000 })).rows
}

/** Without the store's own numbers; by what they are. */
function inOrder(events: readonly FrameworkEvent[]): FrameworkEvent[] {
  const key = ({ type, message, spanId = '', time }: FrameworkEvent) => `${type} ${message} ${spanId} ${time}`
  return events.map((event) => ({ ...event, id: 0 })).toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
}
