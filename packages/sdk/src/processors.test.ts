// Processors of the application's own, in one process: what they are told, what they may add, and that they cannot hurt.
import { type Context, context, createContextKey } from '@opentelemetry/api'
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs'
import type { SpanProcessor } from '@opentelemetry/sdk-trace'
import { capture } from '@proprio/api'
import { expect } from '@proprio/testing/vitest'
import { afterAll, test } from 'vitest'
import { register } from './index.ts'

const tenant = createContextKey('tenant')
const told: unknown[] = []
const ended: string[] = []
const ends = (name: string) => ({
  forceFlush: async () => void ended.push(`${name} flushed`),
  shutdown: async () => void ended.push(`${name} stopped`),
})
const spans: SpanProcessor = {
  onStart: (span, parent: Context) => void span.setAttribute('tenant', String(parent.getValue(tenant))),
  onEnding: (span) => void span.setAttribute('note', 'token=supersecret'),
  onEnd: ({ name, attributes }) => void told.push(['span', name, attributes['tenant'], attributes['note']]),
  ...ends('spans'),
}
const logs: LogRecordProcessor = {
  onEmit: ({ eventName, attributes }, active) =>
    void told.push(['log', eventName, active?.getValue(tenant), attributes['api.password']]),
  ...ends('logs'),
}
const broken: SpanProcessor = {
  onStart() {
    throw new Error('on purpose')
  },
  onEnding() {
    throw new Error('on purpose')
  },
  onEnd() {
    throw new Error('on purpose')
  },
  forceFlush: () => Promise.reject(new Error('on purpose')),
  shutdown: () => Promise.reject(new Error('on purpose')),
}
const logger = { error() {}, warn() {}, info() {}, debug() {}, verbose() {} }
const telemetry = register({
  sampler: 'always_off',
  processors: { spans: [broken, spans], logs: [logs] },
  signals: false,
  logger,
})

afterAll(() => telemetry.shutdown())

test('they are told of what is not sampled too, with its context, and redacted; what they add is kept', async () => {
  const inside = context.active().setValue(tenant, 'a')
  context.with(inside, () =>
    capture({ type: 'shop.sell' }, () => capture({ type: 'shop.sold', attributes: { 'api.password': 'hunter2' } })),
  )
  expect(told).toEqual([
    ['log', 'shop.sold', 'a', '[redacted]'],
    ['span', 'shop.sell', 'a', 'token=[redacted]'],
  ])
  const { rows } = await telemetry.query.spans()
  expect(rows[0]).toHaveAttributes({ tenant: 'a', note: 'token=[redacted]' })
})

test('one that fails is counted, and hurts nobody; all are flushed and stopped', async () => {
  expect(capture({ type: 'shop.sell' }, () => 'sold')).toBe('sold')
  expect(telemetry.health().failures).toEqual({ delivery: 6 })
  await telemetry.flush()
  expect(ended).toEqual(['spans flushed', 'logs flushed'])
  await telemetry.shutdown()
  expect(ended.slice(-2)).toEqual(['spans stopped', 'logs stopped'])
  expect(telemetry.health().unaccounted).toBe(0)
})
