// Where our encoding differs from the stock serializers' on purpose, and what it refuses so that a receiver need not refuse
// a whole batch.
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import { describe, expect, test } from 'vitest'
import { decodeJson, decodeProtobuf } from '../../../../../test/receiver/decode.ts'
import type { Json } from '../../../../../test/receiver/decode.ts'
import { context, request, span } from '../fixtures/golden.ts'
import { encodings, TooLarge, Writer } from './index.ts'

/** What an attribute's value is decoded to. */
function decoded(given: unknown, protocol: keyof typeof encodings): Json {
  const bytes = request(encodings[protocol], 'spans', [span({ attributes: { given: given as string } })])
  const all = protocol === 'http/json' ? decodeJson(bytes) : decodeProtobuf('/v1/traces', bytes)
  return JSON.parse(JSON.stringify(all)).resourceSpans[0].scopeSpans[0].spans[0].attributes[0].value
}

describe('where the stock serializers are wrong', () => {
  test.each([
    ['NaN', Number.NaN, { doubleValue: 'NaN' }],
    ['Infinity', Infinity, { doubleValue: 'Infinity' }],
    ['-Infinity', -Infinity, { doubleValue: '-Infinity' }],
    ['beyond 2^53', 2 ** 60, { intValue: String(2n ** 60n) }],
    ['the least int64', -(2 ** 63), { intValue: String(-(2n ** 63n)) }],
    ['beyond int64', 2 ** 63, { doubleValue: 2 ** 63 }],
    ['a lone surrogate', 'a\ud800b', { stringValue: 'a\ufffdb' }],
    ['a lone surrogate in a long string', `${'a'.repeat(99)}\udc00`, { stringValue: `${'a'.repeat(99)}\ufffd` }],
    ['a function', () => 1, {}],
    ['a symbol', Symbol('s'), {}],
  ])('%s', (_name, given, expected) => {
    expect(decoded(given, 'http/json')).toEqual(expected)
    expect(decoded(given, 'http/protobuf')).toEqual(expected)
  })

  test('a cycle is cut at the deepest level', () => {
    const cycle: { inner?: unknown } = {}
    cycle.inner = cycle
    expect(JSON.stringify(decoded(cycle, 'http/json')).match(/kvlist/g)).toHaveLength(30)
    expect(JSON.stringify(decoded(cycle, 'http/protobuf')).match(/kvlist/g)).toHaveLength(30)
  })
})

describe.each(Object.entries(encodings))('%s refuses what no receiver would read', (_protocol, encoding) => {
  const bad = null as never
  test.each<[string, ReadableSpan]>([
    ['a null name', span({ name: bad })],
    ['a null event name', span({ events: [{ name: bad, time: [1, 2] }] })],
    ['a link without a context', span({ links: [{ context: bad }] })],
    ['a link with a wrong id', span({ links: [{ context: { ...context, spanId: 'nope' } }] })],
    ['an id that is no hex', span({ context: { ...context, traceId: 'g'.repeat(32) } })],
    ['NaN as the end', span({ endTime: [Number.NaN, Number.NaN] })],
    ['a time before 1970', span({ startTime: [-1, 0] })],
    ['a kind that is no number', span({ kind: 'server' as never })],
    ['a status that is no number', span({ status: { code: 'x' as never } })],
    ['a status message that is no text', span({ status: { code: 2, message: 5 as never } })],
    [
      'a getter that throws',
      span({
        attributes: {
          get a(): string {
            throw new Error('mine')
          },
        },
      }),
    ],
  ])('%s', (_name, given) => {
    expect(() => encoding.span(new Writer(16, 1 << 20), given)).toThrow()
  })

  test('what is larger than the limit', () => {
    const given = span({ attributes: { a: 'x'.repeat(2_000) } })
    expect(() => encoding.span(new Writer(16, 1_000), given)).toThrow(TooLarge)
  })
})
