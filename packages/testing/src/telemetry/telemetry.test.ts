// What a test may ask, and what it is told when the answer is not what it thought.
import { capture } from '@proprio/api'
import { describe, expect, test } from 'vitest'
import { recordTelemetry } from '../index.ts'

function failing(): never {
  throw new RangeError('too many')
}

test('spans, events and errors, by name, pattern and function, in the order in which they began', () => {
  recordTelemetry((telemetry) => {
    capture({ type: 'shop.sell', attributes: { items: 3, channel: 'web' } }, () => {
      capture({ type: 'shop.sold' })
      capture({ type: 'shop.pay' }, () => undefined)
    })
    expect(() => capture({ type: 'shop.ship' }, failing)).toThrow('too many')
    expect(telemetry.spans().map(({ name }) => name)).toEqual(['shop.sell', 'shop.pay', 'shop.ship'])
    expect(telemetry.spans(/^shop\.s/).map(({ name }) => name)).toEqual(['shop.sell', 'shop.ship'])
    expect(telemetry.spans(({ kind }) => kind === 'client')).toEqual([])
    expect(telemetry.span('shop.pay').attributes).toMatchObject({ 'proprio.type': 'shop.pay' })
    expect(telemetry.events('shop.sold')).toHaveLength(1)
    expect(telemetry.errors().map(({ type }) => type)).toEqual(['shop.ship'])
    expect(telemetry.tree()).toMatchInlineSnapshot(`
      "shop.sell channel="web" items=3
        · shop.sold
        shop.pay
      shop.ship ! RangeError: too many"
    `)
    telemetry.clear()
    expect([telemetry.spans(), telemetry.logs(), telemetry.tree()]).toEqual([[], [], ''])
  })
})

test('a test records its own, also inside another', () => {
  recordTelemetry((outer) => {
    capture({ type: 'a.outer' }, () => undefined)
    recordTelemetry((inner) => {
      capture({ type: 'a.inner' }, () => undefined)
      expect(inner.spans().map(({ name }) => name)).toEqual(['a.inner'])
    })
    expect(outer.spans().map(({ name }) => name)).toEqual(['a.outer'])
  })
})

describe('what is open', () => {
  test('is waited for', async () => {
    await recordTelemetry(async (telemetry) => {
      void capture({ type: 'a.slow' }, () => new Promise((resolve) => setTimeout(resolve, 30)))
      expect([telemetry.open().map(({ name }) => name), telemetry.spans()]).toEqual([['a.slow'], []])
      await telemetry.settled()
      expect([telemetry.open(), telemetry.spans().map(({ name }) => name)]).toEqual([[], ['a.slow']])
    })
  })

  test('and is named when it does not end', async () => {
    await recordTelemetry(async (telemetry) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      const work = capture({ type: 'a.stuck' }, () => promise)
      await expect(telemetry.settled({ timeoutMs: 20 })).rejects.toThrow(
        'after 20 ms still open:\n  a.stuck\nAwait what the test begins, or end it; or wait longer, with settled({ timeoutMs })',
      )
      expect(() => telemetry.span('a.stuck')).toThrow(
        'there is no span "a.stuck". The test has recorded:\na.stuck … still open',
      )
      resolve()
      await work
    })
  })
})

test('the one span needs no name', () => {
  recordTelemetry((telemetry) => {
    expect(() => telemetry.span()).toThrow('there is no span. The test has recorded nothing')
    capture({ type: 'a.b' }, () => undefined)
    expect(telemetry.span().name).toBe('a.b')
  })
})

test('a span that is not the one lists those that there are', () => {
  recordTelemetry((telemetry) => {
    for (const part of [1, 2]) capture({ type: 'a.b', attributes: { part } }, () => undefined)
    expect(() => telemetry.span('a.c')).toThrowErrorMatchingInlineSnapshot(`
      [Error: there is no span "a.c". The test has recorded:
      a.b part=1
      a.b part=2]
    `)
    expect(() => telemetry.span()).toThrow('there are 2 spans; take one of spans(). The test has recorded:')
    expect(() => telemetry.span(/^a/)).toThrow('there are 2 of span /^a/; take one of spans(). The test has recorded:')
  })
})
