// Metric dimensions are chosen in the catalogue and bounded; past the bound values fold into _OTHER, and health names the attribute.
import { beforeEach, expect, test } from 'vitest'
import { counted, record } from '../fixtures/recording.ts'
import { catalogue, choice, flag, id, integer, operation, text } from '../index.ts'

const recording = record()
beforeEach(() => recording.clear())

const shop = catalogue(
  'shop',
  { version: '1', context: { city: text('c', { dimension: { atMost: 2 } }) } },
  {
    api: {
      get: operation({
        summary: 's',
        span: 'get',
        attributes: {
          route: text('r', { dimension: { atMost: 3 } }),
          status: integer('s', { dimension: { atMost: 2 } }),
          verb: choice(['get', 'put'], 'v', { dimension: true }),
          cached: flag('c', { dimension: true }),
          plain: text('not a dimension'),
          request: id('not a dimension'),
        },
      }),
    },
  },
)
const seen = async (key: string) => [...new Set((await recording.points()).map(({ dimensions }) => dimensions[key]))]

test('none by default; choice and flag are bounded by themselves', async () => {
  shop.api.get({ verb: 'get', cached: true, plain: 'p', request: 'r' }, () => 1)
  shop.api.get({ verb: 'steal' as 'get' }, () => 1)
  expect((await recording.points()).map(({ dimensions }) => dimensions)).toEqual([
    { 'shop.api.verb': 'get', 'shop.api.cached': true },
    { 'shop.api.verb': '_OTHER' },
  ])
})

test('text, integer and context fold into _OTHER past their bound, and the span keeps the value', async () => {
  const many = () => {
    for (let n = 0; n < 10; n++) {
      shop.within({ city: `c${n}` }, () => shop.api.get({ route: `/r${n}`, status: 200 + n }, () => 1))
    }
  }
  expect(await counted('dimension_overflow:shop.api.route', many)).toBe(7)
  expect(recording.spans.at(-1)?.attributes).toMatchObject({
    'shop.api.route': '/r9',
    'shop.api.status': 209,
    'shop.city': 'c9',
  })
  const points = await recording.points()
  const values = (key: string) => [...new Set(points.map(({ dimensions }) => dimensions[key]))]
  expect(values('shop.api.route')).toEqual(['/r0', '/r1', '/r2', '_OTHER'])
  expect(values('shop.api.status')).toEqual([200, 201, '_OTHER'])
  expect(values('shop.city')).toEqual(['c0', 'c1', '_OTHER'])
  expect(points.reduce((sum, { count }) => sum + (count ?? 0), 0)).toBe(10)
})

test('100,000 values are four series, and every measurement is counted', async () => {
  for (let n = 0; n < 100_000; n++) shop.api.get.record({ route: `/x${n}` }, { durationMs: 1 })
  expect(await seen('shop.api.route')).toEqual(['_OTHER'])
})
