// The cleaning of the bundle against OpenTelemetry's own, call by call.
import { diag } from '@opentelemetry/api'
import * as upstream from '@opentelemetry/core'
import * as fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import * as ours from './core.ts'

const warn = vi.fn<(...message: unknown[]) => void>()
const silent = { error() {}, info() {}, debug() {}, verbose() {} }

afterEach(() => {
  diag.disable()
  warn.mockClear()
})

const limits = fc.record({
  attributeCountLimit: fc.integer({ min: 0, max: 6 }),
  attributeValueLengthLimit: fc.constantFrom(Infinity, 0, -1, 1, 3, 100),
})
const plain = fc.oneof(fc.string(), fc.double(), fc.integer(), fc.boolean())
const value = fc.oneof(
  { weight: 4, arbitrary: plain },
  fc.constantFrom(undefined, null, 10n, Symbol.iterator, () => 1, new Date(0), /x/, new Uint8Array([1, 2, 3, 4])),
  fc.array(plain, { maxLength: 3 }),
  fc.anything(),
)
const key = fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('', 'constructor', 'toString', '0'))
const attributes = fc.oneof(
  { weight: 6, arbitrary: fc.dictionary(key, value, { maxKeys: 8, noNullPrototype: false }) },
  fc.constantFrom(undefined, null, 'text', 7, [1, 'b']),
)

/** What a call gives back, throws, changes and warns of. */
function seen(call: () => unknown): unknown {
  diag.setLogger({ ...silent, warn }, { suppressOverrideMessage: true })
  warn.mockClear()
  try {
    return { given: call(), warned: warn.mock.calls.map(([message]) => message) }
  } catch (error) {
    return { thrown: error instanceof Error ? error.name : error }
  }
}

test('cleanAttributes does what OpenTelemetry’s does', () => {
  fc.assert(
    fc.property(attributes, limits, (from, limit) => {
      const theirs = seen(() => upstream.cleanAttributes(from, limit))
      expect(seen(() => ours.cleanAttributes(from, limit))).toEqual(theirs)
    }),
    { numRuns: 3000 },
  )
})

test('maybeAddAttribute does what OpenTelemetry’s does, one attribute after another', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(key, value), { maxLength: 8 }), limits, (added, limit) => {
      const all = (add: typeof upstream.maybeAddAttribute) => {
        const kept = {}
        const decisions = added.map(([name, content]) =>
          add({
            key: name,
            value: content,
            attributes: kept,
            limits: limit,
            currentAttributesCount: Object.keys(kept).length,
          }),
        )
        return { decisions, kept }
      }
      const theirs = seen(() => all(upstream.maybeAddAttribute))
      expect(seen(() => all(ours.maybeAddAttribute))).toEqual(theirs)
    }),
    { numRuns: 3000 },
  )
})

test('every other name of the package is the package’s own', () => {
  const replaced = new Set(['cleanAttributes', 'maybeAddAttribute'])
  for (const [name, own] of Object.entries(ours)) {
    expect(Object.is(Reflect.get(upstream, name), own), name).toBe(!replaced.has(name))
  }
})

test('plain values need no WeakSet, which is what all this is for', () => {
  const made = vi.spyOn(globalThis, 'WeakSet')
  const limit = { attributeCountLimit: 128, attributeValueLengthLimit: Infinity }
  upstream.cleanAttributes({ a: 'text', b: 1, c: true }, limit)
  const theirs = made.mock.calls.length
  ours.cleanAttributes({ a: 'text', b: 1, c: true }, limit)
  const own = made.mock.calls.length - theirs
  made.mockRestore()
  expect({ theirs, own }).toEqual({ theirs: 3, own: 0 })
})
