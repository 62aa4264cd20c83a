// A damaged file: whatever is of another type is told with its place, and whatever is missing is told or does no harm.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { catalogue, choice, describe, id, integer, list, occurrence, operation, text } from '@proprio/api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepContract } from './index.ts'

// One of everything that a description may say.
const every = describe(
  catalogue(
    'every',
    {
      version: '1.0.0',
      schemaUrl: 'https://every.dev/1',
      context: { tenant: text('Tenant.', { dimension: { atMost: 9 } }) },
    },
    {
      own: {
        work: operation({
          summary: 'Work.',
          span: ['work {size}', 'work'],
          slow: { warn: '500ms', error: '2m' },
          keep: 'cold',
          attributes: {
            size: choice(['s', 'l'], 'Size.', { dimension: true, default: 's', required: true }),
            secret: text('Secret.', { sensitive: 'hash' }),
            tags: list(id('Tag.'), 'Tags.'),
            done: integer('Done.', { unit: '{item}', measure: 'histogram', deprecated: { renamedTo: 'size' } }),
          },
        }),
        seen: occurrence({
          summary: 'Seen.',
          level: 'debug',
          message: 'saw it',
          deprecated: { renamedTo: 'own.work' },
          attributes: {},
        }),
      },
    },
  ),
)

let folder: string
let file: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'proprio-form-'))
  file = join(folder, 'every.json')
})
afterAll(() => rmSync(folder, { recursive: true }))

type Place = readonly (string | number)[]

/** Every place inside, in words of the message: `it.eventTypes[0].type`. */
const places = (inside: unknown, way: Place = []): Place[] =>
  typeof inside !== 'object' || inside === null
    ? []
    : Object.entries(inside).flatMap(([key, child]) => {
        const place = [...way, Array.isArray(inside) ? Number(key) : key]
        return [place, ...places(child, place)]
      })
const named = (place: Place): string =>
  `it${place.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')}`

/** A copy of the description in which the place is another value, or is no more. */
function damaged(place: Place, ...by: readonly unknown[]): { readonly was: unknown; readonly json: string } {
  const copy: unknown = JSON.parse(JSON.stringify(every))
  let inside = copy as object
  for (const key of place.slice(0, -1)) inside = Reflect.get(inside, key) as object
  const last = place.at(-1) ?? ''
  const was: unknown = Reflect.get(inside, last)
  if (by.length > 0) Reflect.set(inside, last, by[0])
  else if (Array.isArray(inside)) inside.splice(Number(last), 1)
  else Reflect.deleteProperty(inside, last)
  return { was, json: JSON.stringify(copy) }
}

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)

function read(json: string): string {
  writeFileSync(file, json)
  try {
    return keepContract(every, file, { update: 'none' }).message()
  } catch (error) {
    return String(error)
  }
}

test('an undamaged one is read', () => expect(read(JSON.stringify(every))).toContain('nothing has changed'))

test.each(places(every).map((place) => [named(place), place] as const))('%s', (name, place) => {
  for (const junk of [null, 7, 'x', true, [], {}]) {
    const { was, json } = damaged(place, junk)
    if (typeOf(junk) === typeOf(was)) continue
    const told = read(json)
    if (name === 'it.description' && junk === 7) expect(told).toContain('a description of form 7')
    else expect(told).toContain(`is no description of a catalogue: ${name} is `)
  }
  expect(read(damaged(place).json)).toMatch(
    /^Error: .* (record it anew: .*)|^the contract of every |^expected the contract /s,
  )
})
