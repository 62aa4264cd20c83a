// describe() gives plain JSON of the published form, from which everything else is generated.
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { flow } from '../call-site/flow.ts'
import { databaseQuery } from '../conventions/database.ts'
import { httpClientRequest, httpServerRequest } from '../conventions/http.ts'
import { llmRequest } from '../conventions/llm.ts'
import {
  catalogue,
  choice,
  counter,
  describe,
  descriptionVersion,
  flag,
  gauge,
  histogram,
  id,
  integer,
  list,
  number,
  occurrence,
  operation,
  text,
  upDownCounter,
} from '../index.ts'
import { onCatalogue } from '../runtime.ts'

const schema = JSON.parse(readFileSync(new URL('../../description.schema.json', import.meta.url), 'utf8')) as object
const valid = new Ajv2020({ allErrors: true }).compile(schema)

// One of everything that a definition may say.
const everything = catalogue(
  'every',
  {
    version: '2.0.0',
    schemaUrl: 'https://every.dev/2',
    context: { tenant: text('Tenant.', { dimension: { atMost: 9 } }) },
  },
  {
    built: { server: httpServerRequest, client: httpClientRequest, query: databaseQuery, model: llmRequest },
    own: {
      work: operation({
        summary: 'Work.',
        kind: 'consumer',
        span: ['work {size}', 'work'],
        metric: 'every.work.time',
        buckets: [1, 2, 3],
        slow: { warn: '500ms', error: '2m' },
        level: 'warn',
        keep: 'cold',
        announce: true,
        attributes: {
          size: choice(['s', 'l'], 'Size.', { dimension: true, default: 's' }),
          secret: text('Secret.', { sensitive: 'hash', required: true }),
          tags: list(id('Tag.'), 'Tags.'),
          done: integer('Done.', { unit: '{item}', measure: 'histogram' }),
          old: number('Old.', { deprecated: { renamedTo: 'done' }, name: 'every.older' }),
        },
      }),
      seen: occurrence({
        summary: 'Seen.',
        level: 'debug',
        message: 'saw {what}',
        keep: 'hot',
        onSpan: false,
        deprecated: { renamedTo: 'own.work' },
        attributes: { what: text('What.'), quick: flag('Quick.', { dimension: true }) },
      }),
      a: counter({ summary: 'A.', unit: '{a}' }),
      b: upDownCounter({ summary: 'B.', unit: '{b}' }),
      c: gauge({ summary: 'C.', unit: 'By' }),
      d: histogram({ summary: 'D.', unit: 's', buckets: [1, 2], attributes: { fast: flag('Fast.') } }),
    },
  },
)

test.each([
  ['flow', flow],
  ['everything', everything],
])('%s is of the published form, plain and complete after JSON', (_name, of) => {
  const description = describe(of)
  const copy: unknown = JSON.parse(JSON.stringify(description))
  expect(copy).toEqual(description)
  valid(copy)
  expect(valid.errors).toBeNull()
})

test('the form is closed: what it does not know, and what is missing, is refused', () => {
  const description = describe(everything)
  expect(valid({ ...description, more: 1 })).toBe(false)
  expect(valid({ ...description, description: descriptionVersion + 1 })).toBe(false)
  const [first] = description.eventTypes
  expect(valid({ ...description, eventTypes: [{ ...first, span: undefined, kind: 'operation' }] })).toBe(false)
})

test('an event type says names, kind, units, attributes, dimensions, buckets, level, limits and summary', () => {
  const { eventTypes, context } = describe(everything)
  expect(context).toMatchObject([{ key: 'tenant', name: 'every.tenant', dimension: { atMost: 9 } }])
  expect(eventTypes.find(({ type }) => type === 'own.work')).toEqual({
    type: 'own.work',
    layer: 'own',
    kind: 'operation',
    name: 'every.own.work',
    summary: 'Work.',
    level: 'warn',
    span: { kind: 'consumer', names: ['work {size}', 'work'] },
    announce: true,
    keep: 'cold',
    slow: { warn: 0.5, error: 120 },
    attributes: [
      {
        key: 'size',
        name: 'every.own.size',
        kind: 'choice',
        summary: 'Size.',
        required: false,
        values: ['s', 'l'],
        dimension: {},
        default: 's',
      },
      { key: 'secret', name: 'every.own.secret', kind: 'text', summary: 'Secret.', required: true, sensitive: 'hash' },
      { key: 'tags', name: 'every.own.tags', kind: 'list', summary: 'Tags.', required: false, of: 'id' },
      { key: 'done', name: 'every.own.done', kind: 'integer', summary: 'Done.', required: false, unit: '{item}' },
      {
        key: 'old',
        name: 'every.older',
        kind: 'number',
        summary: 'Old.',
        required: false,
        deprecated: { renamedTo: 'done' },
      },
    ],
    metrics: [
      {
        name: 'every.work.time',
        instrument: 'histogram',
        unit: 's',
        summary: 'Work.',
        buckets: [1, 2, 3],
        dimensions: ['every.tenant', 'every.own.size', 'error.type'],
      },
      {
        name: 'every.own.work.done',
        instrument: 'histogram',
        unit: '{item}',
        summary: 'Done.',
        dimensions: ['every.tenant', 'every.own.size'],
      },
    ],
  })
  expect(eventTypes.find(({ type }) => type === 'own.seen')).toMatchObject({
    message: 'saw {what}',
    onSpan: false,
    level: 'debug',
    keep: 'hot',
    deprecated: { renamedTo: 'own.work' },
    metrics: [{ name: 'every.own.seen.count', instrument: 'counter', dimensions: ['every.tenant', 'every.own.quick'] }],
  })
})

test('an SDK hears of every catalogue, earlier and later ones, until it stops', () => {
  const heard: string[] = []
  const stop = onCatalogue(({ name, version }) => heard.push(`${name} ${version}`))
  expect(heard).toEqual(['flow 3.0.0', 'every 2.0.0'])
  catalogue('later', { version: '1' }, {})
  stop()
  catalogue('unheard', { version: '1' }, {})
  expect(heard).toEqual(['flow 3.0.0', 'every 2.0.0', 'later 1'])
})

test('a listener that throws is the SDK’s trouble, not the framework’s', () => {
  let armed = false
  const stop = onCatalogue(() => {
    if (armed) throw new Error('a listener of an SDK')
  })
  armed = true
  expect(() => catalogue('brave', { version: '1' }, {})).not.toThrow()
  stop()
})
