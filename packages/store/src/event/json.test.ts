import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eventFromJson, eventToJson, FRAMEWORK_EVENT_SCHEMA, LEVELS, StoreError } from '@proprio/store'
import type { AttributeValue, ErrorCause, FrameworkEvent } from '@proprio/store'

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\uD800', 'a\uDC00b', '__proto__', '$entries', ''),
)
const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0))
const { value } = fc.letrec<{ value: AttributeValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 8 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(text, fc.constantFrom('$number', '$bytes', '$entries', '$', '__proto__')), tie('value'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
}))
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const cause: fc.Arbitrary<ErrorCause> = fc
  .record({
    type: text,
    message: text,
    stack: optional(text),
    via: fc.constantFrom('cause', 'errors'),
    depth: fc.nat(9),
  })
  .map(({ stack, ...rest }) => ({ ...rest, ...(stack !== undefined && { stack }) }) as ErrorCause)
const event: fc.Arbitrary<FrameworkEvent> = fc.record(
  {
    type: text,
    layer: text,
    level: fc.constantFrom(...LEVELS),
    message: text,
    time: number,
    durationMs: number,
    error: fc.record(
      { type: text, message: text, stack: text, causes: fc.array(cause) },
      { requiredKeys: ['type', 'message'], noNullPrototype: true },
    ),
    slow: fc.record({ thresholdMs: number }, { noNullPrototype: true }),
    attributes: fc.dictionary(text, value, { noNullPrototype: true }),
    traceId: text,
    spanId: text,
  },
  { requiredKeys: ['type', 'layer', 'level', 'message', 'time', 'attributes'], noNullPrototype: true },
)

const plain: FrameworkEvent = {
  type: 'workflow.run',
  layer: 'workflow',
  level: 'info',
  message: 'workflow',
  time: 1_790_000_000_000.25,
  durationMs: 12.5,
  attributes: { 'flow.trigger': 'user', 'flow.findings': 3 },
}

describe('the framework event as JSON', () => {
  test('comes back from JSON text without loss, whatever it holds', () => {
    fc.assert(
      fc.property(event, (original) => {
        const back = eventFromJson(JSON.parse(JSON.stringify(eventToJson(original))))
        expect(back).toStrictEqual(original)
        expect(Object.keys(back.attributes)).toEqual(Object.keys(original.attributes))
      }),
      { numRuns: 1_000 },
    )
  })

  test('is what its JSON Schema says', () => {
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(FRAMEWORK_EVENT_SCHEMA)
    fc.assert(
      fc.property(event, (original) => {
        const json: unknown = JSON.parse(JSON.stringify(eventToJson(original)))
        expect(validate(json), JSON.stringify(validate.errors)).toBe(true)
      }),
    )
    expect(validate({ ...eventToJson(plain), version: 2 })).toBe(false)
    expect(validate({ ...eventToJson(plain), level: 'loud' })).toBe(false)
    expect(validate({ ...eventToJson(plain), more: 1 })).toBe(false)
  })

  test('the schema in the package is the one that is exported', () => {
    const file = readFileSync(new URL('../../schema/framework-event.v1.json', import.meta.url), 'utf8')
    expect(JSON.parse(file)).toEqual(FRAMEWORK_EVENT_SCHEMA)
  })

  test('keys that V8 reads wrong after it has met a backslash come back (nodejs/node#63785)', () => {
    for (const key of ['\\', '\n', '"', '\uD800', 'a\\b', '']) {
      const original = { ...plain, attributes: { first: {}, [key]: 1, nested: { first: 0, [key]: 2 } } }
      expect(eventFromJson(JSON.parse(JSON.stringify(eventToJson(original))))).toStrictEqual(original)
    }
  })

  test('is readable: plain values are plain', () => {
    expect(eventToJson(plain)).toEqual({ version: 1, ...plain })
    const odd = {
      ...plain,
      attributes: { nan: Number.NaN, map: { $x: 1 }, bytes: new Uint8Array([1, 2]), list: [undefined] },
    }
    expect(eventToJson(odd).attributes).toEqual({
      nan: { $number: 'NaN' },
      map: { $entries: [['$x', 1]] },
      bytes: { $bytes: 'AQI=' },
      list: [null],
    })
  })

  test.each([
    ['event', null],
    ['event.version', { ...plainJson(), version: 2 }],
    ['event.type', { ...plainJson(), type: 7 }],
    ['event.level', { ...plainJson(), level: 'loud' }],
    ['event.time', { ...plainJson(), time: { $number: 'toString' } }],
    ['event.error.message', { ...plainJson(), error: { type: 'x' } }],
    [
      'event.error.causes[0].depth',
      { ...plainJson(), error: { type: 'x', message: 'y', causes: [{ type: 'x', message: 'y' }] } },
    ],
    ['event.attributes.a', { ...plainJson(), attributes: { a: { $number: 'seven' } } }],
  ])('what is none is refused, naming %s', (path, json) => {
    expect(() => eventFromJson(json)).toThrow(StoreError)
    expect(() => eventFromJson(json)).toThrow(expect.objectContaining({ code: 'PROPRIO_STORE_BAD_EVENT', path }))
  })

  test('fields of a later writer are passed over', () => {
    expect(eventFromJson({ ...eventToJson(plain), tomorrow: true })).toEqual(plain)
  })
})

function plainJson(): object {
  return { version: 1, type: 't', layer: 'l', level: 'info', message: 'm', time: 0, attributes: {} }
}
