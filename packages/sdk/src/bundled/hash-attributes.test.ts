// The key of a series against OpenTelemetry's own, set by set.
import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashAttributes } from './hash-attributes.ts'

// Not among the doors of the package, so by its file.
const metrics = dirname(fileURLToPath(import.meta.resolve('@opentelemetry/sdk-metrics')))
const upstream: { hashAttributes: typeof hashAttributes } = await import(pathToFileURL(`${metrics}/utils.mjs`).href)

const value = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('', 'a', 'b', 'read', 'write', 0, -0, 1, 200, true, false) },
  fc.string(),
  fc.double(),
  fc.constantFrom(NaN, Infinity, null, undefined, ['a', 1]),
)
const attributes = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'ab', 'constructor', '1'), value, {
  maxKeys: 5,
  noNullPrototype: false,
})

test('a set has OpenTelemetry’s key, the first time and when it is remembered, in whatever order it is written', () => {
  fc.assert(
    fc.property(attributes, (set) => {
      const theirs = upstream.hashAttributes(set)
      const reversed = Object.fromEntries(Object.entries(set).toReversed())
      expect([hashAttributes(set), hashAttributes(set), hashAttributes(reversed)]).toEqual([theirs, theirs, theirs])
    }),
    { numRuns: 20_000 },
  )
})

test('more sets than are remembered keep their own keys', () => {
  const sets = Array.from({ length: 10_000 }, (_, index) => ({ route: `/items/${index}`, status: index % 7 }))
  for (const round of [1, 2]) {
    const keys = new Set(sets.map((set) => hashAttributes(set)))
    expect(keys.size, `round ${round}`).toBe(sets.length)
  }
})

test('what a prototype brings along belongs to no set', () => {
  const inheriting: Record<string, unknown> = Object.assign(Object.create({ inherited: 1 }), { a: 1 })
  expect([hashAttributes({ a: 1 }), hashAttributes(inheriting), hashAttributes({ a: 1, inherited: 1 })]).toEqual([
    '[["a",1]]',
    '[["a",1]]',
    '[["a",1],["inherited",1]]',
  ])
})
