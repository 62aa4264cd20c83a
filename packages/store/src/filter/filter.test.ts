import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileFilter, FILTER_FIELDS, FILTER_SCHEMA, matcher, StoreError } from '@proprio/store'
import type { FilterFields, FrameworkEvent } from '@proprio/store'

const event: FrameworkEvent = {
  type: 'codegen.run',
  layer: 'codegen',
  level: 'info',
  message: 'generate models',
  time: 1_790_000_000_000,
  durationMs: 250,
  attributes: { color: 'Red', count: 3, ok: true, tags: ['a', 'b'], nothing: null },
}

describe('a pattern', () => {
  // The oracle is the pattern as a regular expression, which is what must never be made of a user's text.
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 })
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 8 })

  test('matches as its meaning says', () => {
    fc.assert(
      fc.property(pattern, letters, (type, text) => {
        const meaning = new RegExp(`^${type.replaceAll('.', '\\.').replaceAll('*', '.*')}$`, 's')
        expect(matcher({ type })({ ...event, type: text })).toBe(meaning.test(text))
      }),
      { numRuns: 2_000 },
    )
  })

  test('costs no more for being malicious', () => {
    const matches = matcher({ type: 'a*'.repeat(400) + 'b' })
    const text = 'a'.repeat(50_000)
    const start = performance.now()
    expect(matches({ ...event, type: text })).toBe(false)
    expect(performance.now() - start).toBeLessThan(100)
  })

  test('takes characters of regular expressions for themselves', () => {
    expect(matcher({ type: '(.+)' })(event)).toBe(false)
    expect(matcher({ type: '(.+)' })({ ...event, type: '(.+)' })).toBe(true)
  })
})

describe('a condition on an attribute', () => {
  test.each<[object, boolean]>([
    [{ color: 'Red' }, true],
    [{ color: 'red' }, false],
    [{ color: 'R*' }, true],
    [{ color: ['Blue', 'R*'] }, true],
    [{ count: 3 }, true],
    [{ count: '3' }, false],
    [{ count: { atLeast: 3 } }, true],
    [{ count: { atLeast: 4 } }, false],
    [{ color: { atLeast: 1 } }, false],
    [{ ok: true, tags: 'b' }, true],
    [{ ok: true, tags: 'c' }, false],
    [{ absent: 'x' }, false],
    [{ absent: { exists: false }, nothing: { exists: true } }, true],
    [{ toString: { exists: false } }, true],
    [{ constructor: { exists: true } }, false],
  ])('%o', (attributes, expected) => {
    expect(matcher({ attributes } as FilterFields)(event)).toBe(expected)
  })
})

describe('what is wrong is said, with its place and the mend', () => {
  test.each<[string, object]>([
    ['filter.layer', { layer: 7 }],
    ['filter.layer[1]', { layer: ['a', 7] }],
    ['filter.level', { level: 'loud' }],
    ['filter.level.atMost', { level: { atMost: 9 } }],
    ['filter.type', { type: 'x'.repeat(2_000) }],
    ['filter.type', { type: Array.from({ length: 1_001 }, () => 'x') }],
    ['filter.time.from', { time: { from: 'yesterday' } }],
    ['filter.time', { time: 7 }],
    ['filter.durationMs.atLeast', { durationMs: { atLeast: '7' } }],
    ['filter.attributes', { attributes: 'a=b' }],
    ['filter.attributes.a', { attributes: { a: null } }],
    ['filter.attributes.a.exists', { attributes: { a: { exists: 1 } } }],
    ['filter.slow', { slow: 'yes' }],
    ['filter.afterId', { afterId: 'x' }],
    ['filter', 7 as unknown as object],
    ['filter', [] as unknown as object],
  ])('%s', (path, filter) => {
    const code = 'PROPRIO_STORE_BAD_VALUE'
    expect(() => compileFilter(filter as FilterFields)).toThrow(expect.objectContaining({ code, path }))
  })

  test.each<[string, string, object]>([
    ['filter.lvl', "Did you mean 'level'?", { lvl: 'warn' }],
    ['filter.traceid', "Did you mean 'traceId'?", { traceid: 'x' }],
    ['filter.zzzzzzzzzzzzzz', 'Known are', { zzzzzzzzzzzzzz: 1 }],
    ['filter.level.atleast', "Did you mean 'atLeast'?", { level: { atleast: 'warn' } }],
    ['filter.time.since', 'Known are from, to.', { time: { since: 0 } }],
    ['filter.attributes.a.atLest', "Did you mean 'atLeast'?", { attributes: { a: { atLest: 1 } } }],
  ])('%s: %s', (path, hint, filter) => {
    const compile = () => compileFilter(filter as FilterFields)
    expect(compile).toThrow(expect.objectContaining({ code: 'PROPRIO_STORE_UNKNOWN_FIELD', path }))
    expect(compile).toThrow(hint)
  })

  test('a field that is undefined is not there', () => {
    expect(compileFilter({ level: undefined } as unknown as FilterFields).matches({ id: 1, ...event })).toBe(true)
  })

  test('a stranger to the language never gets past it', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        try {
          compileFilter(anything as FilterFields)
        } catch (error) {
          expect(error).toBeInstanceOf(StoreError)
        }
      }),
    )
  })
})

describe('the filter as JSON Schema', () => {
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(FILTER_SCHEMA)

  test('knows exactly the fields that there are', () => {
    expect(Object.keys(FILTER_SCHEMA.properties).toSorted()).toEqual([...FILTER_FIELDS].toSorted())
  })

  test('says yes where the compiler does, and no where it does not', () => {
    const name = fc.constantFrom('a', 'codegen.*', 'x'.repeat(2_000))
    const wrong = fc.constantFrom<unknown>(null, 7, {}, { atLeast: 'x' }, { since: 1 }, [null], 'loud')
    const range = fc.record({ atLeast: fc.integer(), atMost: fc.integer() }, { requiredKeys: [] })
    const filter = fc.record(
      {
        layer: fc.oneof(name, fc.array(name), wrong),
        level: fc.oneof(fc.constantFrom('warn', ['info']), fc.constant({ atLeast: 'warn' }), wrong),
        type: fc.oneof(name, wrong),
        durationMs: fc.oneof(range, wrong),
        attributes: fc.dictionary(
          fc.constantFrom('a', 'b'),
          fc.oneof(name, range, fc.constant({ exists: true }), wrong),
        ),
        slow: fc.oneof(fc.boolean(), wrong),
        unknown: fc.constant(1),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(filter, (candidate) => {
        let compiles = true
        try {
          compileFilter(candidate as FilterFields)
        } catch {
          compiles = false
        }
        expect(validate(candidate), JSON.stringify(candidate)).toBe(compiles)
      }),
      { numRuns: 1_000 },
    )
  })

  test('is the file in the package', () => {
    const file = readFileSync(new URL('../../schema/filter.v1.json', import.meta.url), 'utf8')
    expect(JSON.parse(file)).toEqual(FILTER_SCHEMA)
  })
})
