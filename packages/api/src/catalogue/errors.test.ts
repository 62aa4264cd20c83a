// What types cannot catch fails when the catalogue is defined, with a code, the path to the place, and the mend.
import { expect, test } from 'vitest'
import {
  catalogue,
  choice,
  counter,
  describe as described,
  errorCodes,
  extend,
  flag,
  gauge,
  histogram,
  id,
  integer,
  list,
  occurrence,
  operation,
  ProprioError,
  text,
} from '../index.ts'

// As a caller without TypeScript would write them.
const wrong = (value: unknown): never => value as never
const op = (more: object): never => wrong({ event: 'operation', summary: 's', span: 'x', attributes: {}, ...more })
const define = (layers: object, options: object = {}, name = 'shop') =>
  catalogue(name, { version: '1', ...options }, wrong(layers))
const withAttribute = (attribute: unknown) => () => define({ a: { b: op({ attributes: { c: attribute } }) } })

const cases: [code: keyof typeof errorCodes, path: string, define: () => unknown][] = [
  ['PROPRIO_API_BAD_CATALOGUE', 'shop', () => catalogue('shop', wrong(undefined), {})],
  ['PROPRIO_API_BAD_CATALOGUE', 'shop', () => define({}, { version: '' })],
  ['PROPRIO_API_BAD_CATALOGUE', 'shop', () => catalogue('shop', { version: '1' }, wrong(null))],
  ['PROPRIO_API_BAD_CATALOGUE', 'shop context', () => define({}, { context: 5 })],
  ['PROPRIO_API_BAD_NAME', 'null', () => catalogue(wrong(null), { version: '1' }, {})],
  ['PROPRIO_API_BAD_NAME', 'My Shop', () => define({}, {}, 'My Shop')],
  ['PROPRIO_API_BAD_NAME', 'shop.Bad', () => define({ Bad: {} })],
  ['PROPRIO_API_BAD_NAME', 'shop.a.bad-key', () => define({ a: { 'bad-key': op({}) } })],
  [
    'PROPRIO_API_BAD_NAME',
    'shop.a.b attribute bad key',
    () => define({ a: { b: op({ attributes: { 'bad key': text('x') } }) } }),
  ],
  ['PROPRIO_API_BAD_NAME', 'shop.a.b attribute c', withAttribute(text('x', { name: 'Http.Route' }))],
  ['PROPRIO_API_BAD_NAME', 'shop.a.total', () => define({ a: { total: counter({ summary: 's', unit: '1' }) } })],
  ['PROPRIO_API_BAD_NAME', 'shop.a.b', () => define({ a: { b: gauge({ summary: 's', unit: '' }) } })],
  ['PROPRIO_API_BAD_NAME', 'shop.a.b', () => define({ a: { b: op({ metric: 'My Metric' }) } })],
  ['PROPRIO_API_RESERVED_NAME', 'http', () => define({}, {}, 'http')],
  ['PROPRIO_API_RESERVED_NAME', 'shop.within', () => define({ within: { b: op({}) } })],
  ['PROPRIO_API_RESERVED_NAME', 'shop.a.b attribute c', withAttribute(text('x', { name: 'proprio.type' }))],
  ['PROPRIO_API_RESERVED_NAME', 'shop.a.b attribute c', withAttribute(text('x', { name: 'otel.scope.name' }))],
  ['PROPRIO_API_DUPLICATE_NAME', 'shop.a.readUrl', () => define({ a: { readURL: op({}), readUrl: op({}) } })],
  [
    'PROPRIO_API_DUPLICATE_NAME',
    'shop.a.b attribute d',
    () => define({ a: { b: op({ attributes: { c: text('x', { name: 'x.y' }), d: text('x', { name: 'x.y' }) } }) } }),
  ],
  [
    'PROPRIO_API_DUPLICATE_NAME',
    'shop.a.d attribute c',
    () => define({ a: { b: op({ attributes: { c: text('x') } }), d: op({ attributes: { c: integer('x') } }) } }),
  ],
  [
    'PROPRIO_API_DUPLICATE_NAME',
    'shop.a.d attribute c',
    () =>
      define({
        a: { b: op({ attributes: { c: text('x') } }), d: op({ attributes: { c: text('x', { sensitive: 'drop' }) } }) },
      }),
  ],
  [
    'PROPRIO_API_DUPLICATE_NAME',
    'shop.a.d',
    () => define({ a: { b: op({ metric: 'x.duration' }), d: op({ metric: 'x.duration', buckets: [1, 2] }) } }),
  ],
  [
    'PROPRIO_API_NAMESPACE_CLASH',
    'shop.a.b attribute c',
    () => define({ a: { b: op({ attributes: { c: text('x', { name: 'x.y' }), d: text('x', { name: 'x.y.z' }) } }) } }),
  ],
  [
    'PROPRIO_API_NAMESPACE_CLASH',
    'shop context other',
    () =>
      define({ a: { b: op({ attributes: { c: text('x') } }) } }, { context: { other: text('o', { name: 'shop.a' }) } }),
  ],
  ['PROPRIO_API_BAD_EVENT_TYPE', 'shop.a', () => define({ a: null })],
  ['PROPRIO_API_BAD_EVENT_TYPE', 'shop.a.b', () => define({ a: { b: { sumary: 'x' } } })],
  ['PROPRIO_API_BAD_EVENT_TYPE', 'shop.a.b', () => define({ a: { b: null } })],
  ['PROPRIO_API_BAD_EVENT_TYPE', 'shop.a.b', () => define({ a: { b: op({ summary: undefined }) } })],
  ['PROPRIO_API_BAD_EVENT_TYPE', 'shop.a.b', () => define({ a: { b: op({ level: 'fatal' }) } })],
  ['PROPRIO_API_BAD_EVENT_TYPE', 'shop.a.b', () => define({ a: { b: op({ kind: 'sideways' }) } })],
  ['PROPRIO_API_BAD_EVENT_TYPE', 'shop.a.b', () => define({ a: { b: op({ keep: 'warm' }) } })],
  ['PROPRIO_API_BAD_ATTRIBUTE', 'shop.a.b attribute c', withAttribute('text')],
  [
    'PROPRIO_API_BAD_ATTRIBUTE',
    'shop.a.b attribute c',
    withAttribute({ attribute: 'colour', summary: 's', options: {} }),
  ],
  ['PROPRIO_API_BAD_ATTRIBUTE', 'shop.a.b attribute c', withAttribute(text(wrong(undefined)))],
  ['PROPRIO_API_BAD_ATTRIBUTE', 'shop.a.b attribute c', withAttribute(choice([], 'x'))],
  ['PROPRIO_API_BAD_ATTRIBUTE', 'shop.a.b attribute c', withAttribute(choice(['a'], 'x', wrong({ default: 'b' })))],
  ['PROPRIO_API_BAD_ATTRIBUTE', 'shop.a.b attribute c', withAttribute(text('x', wrong({ sensitive: 'encrypt' })))],
  ['PROPRIO_API_BAD_ATTRIBUTE', 'shop.a.b attribute c', withAttribute(text('x', wrong({ measure: 'counter' })))],
  ['PROPRIO_API_BAD_ATTRIBUTE', 'shop.a.b attribute c', withAttribute(integer('x', wrong({ measure: 'gauge' })))],
  [
    'PROPRIO_API_BAD_ATTRIBUTE',
    'shop context c',
    () => define({}, { context: { c: integer('x', { measure: 'counter' }) } }),
  ],
  [
    'PROPRIO_API_BAD_ATTRIBUTE',
    'shop context c',
    () => define({}, { context: { c: choice(['a'], 'x', { default: 'a' }) } }),
  ],
  ['PROPRIO_API_BAD_ATTRIBUTE', 'shop context c', () => define({}, { context: { c: id('x', { required: true }) } })],
  ['PROPRIO_API_BAD_DIMENSION', 'shop.a.b attribute c', withAttribute(id('x', wrong({ dimension: { atMost: 5 } })))],
  [
    'PROPRIO_API_BAD_DIMENSION',
    'shop.a.b attribute c',
    withAttribute(list(text('x'), 'x', wrong({ dimension: { atMost: 5 } }))),
  ],
  [
    'PROPRIO_API_BAD_DIMENSION',
    'shop.a.b attribute c',
    withAttribute(text('x', wrong({ sensitive: 'hash', dimension: { atMost: 5 } }))),
  ],
  ['PROPRIO_API_BAD_DIMENSION', 'shop.a.b attribute c', withAttribute(text('x', wrong({ dimension: true })))],
  ['PROPRIO_API_BAD_DIMENSION', 'shop.a.b attribute c', withAttribute(text('x', { dimension: { atMost: 0 } }))],
  [
    'PROPRIO_API_BAD_DIMENSION',
    'shop.a.b attribute c',
    () => define({ a: { b: counter({ summary: 's', unit: '1', attributes: wrong({ c: text('unbounded') }) }) } }),
  ],
  ['PROPRIO_API_BAD_TEMPLATE', 'shop.a.b', () => define({ a: { b: op({ span: undefined }) } })],
  ['PROPRIO_API_BAD_TEMPLATE', 'shop.a.b', () => define({ a: { b: op({ span: [] }) } })],
  ['PROPRIO_API_BAD_TEMPLATE', 'shop.a.b', () => define({ a: { b: op({ span: 'node {' }) } })],
  ['PROPRIO_API_BAD_TEMPLATE', 'shop.a.b', () => define({ a: { b: op({ span: '{nope}' }) } })],
  [
    'PROPRIO_API_BAD_TEMPLATE',
    'shop.a.b',
    () => define({ a: { b: op({ span: ['{c}', 'x'], attributes: { c: text('x') } }) } }),
  ],
  [
    'PROPRIO_API_BAD_TEMPLATE',
    'shop.a.b',
    () => define({ a: { b: op({ span: '{c}', attributes: { c: flag('x') } }) } }),
  ],
  [
    'PROPRIO_API_BAD_TEMPLATE',
    'shop.a.b',
    () =>
      define({
        a: { b: wrong({ event: 'occurrence', summary: 's', level: 'info', message: '{nope}', attributes: {} }) },
      }),
  ],
  ['PROPRIO_API_BAD_LIMIT', 'shop.a.b', () => define({ a: { b: op({ slow: { warn: 'soon' } }) } })],
  ['PROPRIO_API_BAD_LIMIT', 'shop.a.b', () => define({ a: { b: op({ slow: { error: '0s' } }) } })],
  [
    'PROPRIO_API_BAD_LIMIT',
    'shop.a.b',
    () => define({ a: { b: histogram({ summary: 's', unit: 's', buckets: [2, 1] }) } }),
  ],
  ['PROPRIO_API_BAD_LIMIT', 'shop.a.b', () => define({ a: { b: op({ buckets: 5 }) } })],
  ['PROPRIO_API_BAD_DEPRECATION', 'shop.a.b', () => define({ a: { b: op({ deprecated: { renamedTo: 'a.c' } }) } })],
  ['PROPRIO_API_BAD_DEPRECATION', 'shop.a.b attribute c', withAttribute(text('x', { deprecated: { renamedTo: 'd' } }))],
  [
    'PROPRIO_API_REDEFINED',
    "extension of operation 'One job.' attribute c",
    () =>
      extend(operation({ summary: 'One job.', span: 'x', attributes: { c: text('x') } }), {
        attributes: wrong({ c: text('y') }),
      }),
  ],
]

const thrownBy = (work: () => unknown): unknown => {
  try {
    work()
  } catch (error) {
    return error
  }
  return undefined
}

test.each(cases)('%s at %s', (code, path, work) => {
  const error = thrownBy(work)
  expect(error).toBeInstanceOf(ProprioError)
  expect(error).toMatchObject({ code, path, name: 'ProprioError' })
  const { message } = error as ProprioError
  expect(message.startsWith(`${path}: `)).toBe(true)
  expect(message).toMatch(/\. .+\. \[PROPRIO_API_\w+\]$/)
})

test.each([
  [text('x'), integer('x'), '`kind` is "integer", there "text"'],
  [integer('x', { unit: 's' }), integer('x'), '`unit` is "none", there "s"'],
  [text('x', { sensitive: 'hash' }), text('x', { sensitive: 'drop' }), '`sensitive` is "drop", there "hash"'],
])('an attribute that is defined twice says what differs: %#', (one, other, difference) => {
  const layers = { a: { b: op({ attributes: { c: one } }), d: op({ attributes: { c: other } }) } }
  expect(() => define(layers)).toThrow(`shop.a.c is shop.a.b attribute c too, but here ${difference}`)
})

test('every code of the table has a case', () => {
  expect(new Set(cases.map(([code]) => code))).toEqual(new Set(Object.keys(errorCodes)))
})

test('describe() takes what catalogue() made', () => {
  expect(() => described({})).toThrow(TypeError)
})

test('what is alike may be shared: one attribute in two event types, one metric of a convention in two', () => {
  const attempt = integer('Attempt.')
  expect(() =>
    define({
      a: {
        b: op({ attributes: { attempt }, metric: 'x.duration' }),
        c: op({ attributes: { attempt }, metric: 'x.duration' }),
      },
      d: { e: occurrence({ summary: 's', level: 'info', attributes: { attempt } }) },
    }),
  ).not.toThrow()
})
