// Context across a process border, with the configured propagators and real carriers.
import { ROOT_CONTEXT, defaultTextMapGetter, defaultTextMapSetter, propagation, trace } from '@opentelemetry/api'
import type { TextMapPropagator } from '@opentelemetry/api'
import { expect, test } from 'vitest'
import { createPropagator, resolve } from './index.ts'
import type { RegisterOptions } from './index.ts'

const context = propagation.setBaggage(
  trace.setSpanContext(ROOT_CONTEXT, { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 }),
  propagation.createBaggage({ user: { value: 'u 1' } }),
)
const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`

function carried(propagators: RegisterOptions['propagators']): Record<string, string> {
  const carrier = {}
  createPropagator(resolve({ propagators }, {}, { main: true }).config.propagators).inject(
    context,
    carrier,
    defaultTextMapSetter,
  )
  return carrier
}

test.for<[RegisterOptions['propagators'], Record<string, string>]>([
  [undefined, { traceparent, baggage: 'user=u%201' }],
  ['auto', { traceparent, baggage: 'user=u%201' }],
  [['tracecontext'], { traceparent }],
  [['baggage'], { baggage: 'user=u%201' }],
  [[], {}],
  [false, {}],
])('%j carries %j', ([propagators, expected]) => {
  expect(carried(propagators)).toEqual(expected)
})

test('what is carried arrives', () => {
  const propagator = createPropagator(['tracecontext', 'baggage'])
  const arrived = propagator.extract(ROOT_CONTEXT, carried('auto'), defaultTextMapGetter)
  expect(trace.getSpanContext(arrived)).toMatchObject({ traceId: 'a'.repeat(32), isRemote: true })
  expect(propagation.getBaggage(arrived)?.getEntry('user')?.value).toBe('u 1')
})

test('one of one’s own, also one that throws', () => {
  const own: TextMapPropagator = {
    inject: (_, carrier, setter) => setter.set(carrier, 'x-own', '1'),
    extract: (of) => of,
    fields: () => ['x-own'],
  }
  const throwing = {
    ...own,
    inject: () => {
      throw new Error('no')
    },
    extract: () => {
      throw new Error('no')
    },
  }
  expect(carried([own, throwing, 'tracecontext'])).toEqual({ 'x-own': '1', traceparent })
  expect(createPropagator([throwing]).extract(ROOT_CONTEXT, {}, defaultTextMapGetter)).toBe(ROOT_CONTEXT)
})
