// Measurements as they are made: what a processor is told, that readers see no difference, and that a later register() may bring one.
import { type Context, context, createContextKey, metrics, type ObservableCallback } from '@opentelemetry/api'
import { catalogue, counter, flag, operation } from '@proprio/api'
import { afterAll, expect, test } from 'vitest'
import { type MeasurementProcessor, register } from './index.ts'

const tenant = createContextKey('tenant')
const told: unknown[] = []
const callbacks = new Map<string, ObservableCallback>()
const removed: string[] = []
const listening: MeasurementProcessor = {
  onMeasurement: ({ name, kind, unit, scope }, value, attributes, active: Context) =>
    void told.push([scope.name, name, kind, unit, value, attributes, active.getValue(tenant)]),
  onCallback: ({ name, observable }, callback) => void callbacks.set(`${name} ${observable}`, callback),
  onCallbackRemoved: ({ name }) => void removed.push(name),
}
const broken: MeasurementProcessor = {
  onMeasurement() {
    throw new Error('on purpose')
  },
}
const logger = { error() {}, warn() {}, info() {}, debug() {}, verbose() {} }
const shop = catalogue(
  'shop',
  { version: '1' },
  {
    order: {
      sell: operation({ summary: 'One order.', span: 'sell', attributes: {} }),
      sold: counter({ summary: 'Sold.', unit: '{order}', attributes: { gift: flag('A gift.', { dimension: true }) } }),
    },
  },
)
const telemetry = register({ signals: false, logger })
shop.order.sold.add(1)
register({ processors: { measurements: [broken, listening] } })

afterAll(() => telemetry.shutdown())

test('a later register() brings a processor, which is told of what emitters measure, with its context', () => {
  expect(telemetry.health().registration.again).toMatchObject([{ ignored: [] }])
  context.with(context.active().setValue(tenant, 'a'), () => shop.order.sold.add(2, { gift: true }))
  shop.order.sell({}, () => undefined)
  expect(told).toEqual([
    ['shop', 'shop.order.sold', 'counter', '{order}', 2, { 'shop.order.gift': true }, 'a'],
    ['shop', 'shop.order.sell.duration', 'histogram', 's', expect.any(Number), {}, undefined],
  ])
  expect(telemetry.health().failures).toEqual({ delivery: 2 })
})

test('and of callbacks, one by one and in batches, until they are removed', async () => {
  const meter = metrics.getMeter('foreign')
  const one = meter.createObservableGauge('one')
  const two = meter.createObservableCounter('two')
  const asked = (name: string): unknown[] => {
    const values: unknown[] = []
    void callbacks.get(name)?.({ observe: (value, attributes) => void values.push([value, attributes]) })
    return values
  }
  const single: ObservableCallback = (result) => result.observe(1, { of: 'single' })
  one.addCallback(single)
  expect(asked('one true')).toEqual([[1, { of: 'single' }]])
  const both: Parameters<typeof meter.addBatchObservableCallback>[0] = (result) => {
    result.observe(one, 2)
    result.observe(two, 3)
  }
  meter.addBatchObservableCallback(both, [one, two])
  expect([asked('one true'), asked('two true')]).toEqual([[[2, undefined]], [[3, undefined]]])
  one.removeCallback(single)
  meter.removeBatchObservableCallback(both, [one, two])
  expect(removed).toEqual(['one', 'one', 'two'])
})

test('what is no processor is named as ignored, and nothing is thrown', () => {
  register({ processors: { measurements: [{}] } } as never)
  expect(telemetry.health().registration.again.at(-1)).toMatchObject({ ignored: ['processors'] })
})
