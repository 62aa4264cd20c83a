// Why an operation failed is an attribute of its span and a dimension of its duration, though no catalogue declares it.
import { catalogue, occurrence, operation } from '@proprio/api'
import { expect, test } from '../vitest/index.ts'

const { task } = catalogue(
  'shop_error_type',
  { version: '1' },
  {
    task: {
      pay: operation({ summary: 's', span: 'pay', attributes: {} }),
      told: occurrence({ summary: 's', level: 'info', attributes: {} }),
    },
  },
)

test('it is asked for beside the attributes of an operation, and of no occurrence', ({ telemetry }) => {
  task.pay({}, (op) => op.fail(new RangeError('x')))
  task.pay({}, () => undefined)
  task.told({})
  expect(telemetry).toHaveSpans(1, task.pay, { 'error.type': 'RangeError' })
  expect(telemetry.spans()[0]).toHaveAttributes(task.pay, { 'error.type': expect.any(String) })
  expect(telemetry).toHaveMetric(task.pay, { count: 1, dimensions: { 'error.type': 'RangeError' } })
  expect(telemetry).not.toHaveMetric(task.pay, { dimensions: { 'error.type': 'TypeError' } })
  // @ts-expect-error an occurrence does not fail
  expect(() => expect(telemetry).toHaveEvent(task.told, { 'error.type': 'x' })).toThrow('no attribute "error.type"')
})

test('and any other attribute of an operation that has none is a mistake, as it was', ({ telemetry }) => {
  // @ts-expect-error no such attribute
  expect(() => expect(telemetry).toHaveSpan(task.pay, { total: 1 })).toThrow('no attribute "total"')
})
