// Metric dimensions are chosen in the catalogue and bounded; past the bound values fold into _OTHER, and health names the attribute.
import { expect, test, type TestTelemetry } from '@proprio/testing/vitest'
import { counted } from '../fixtures/counted.ts'
import { catalogue, choice, counter, flag, id, integer, operation, text } from '../index.ts'

const route = text('r', { dimension: { atMost: 3 } })
const shop = catalogue(
  'shop',
  { version: '1', context: { city: text('c', { dimension: { atMost: 2 } }) } },
  {
    api: {
      get: operation({
        summary: 's',
        span: 'get',
        attributes: {
          route,
          status: integer('s', { dimension: { atMost: 2 } }),
          verb: choice(['get', 'put'], 'v', { dimension: true }),
          cached: flag('c', { dimension: true }),
          plain: text('not a dimension'),
          request: id('not a dimension'),
        },
      }),
      hits: counter({ summary: 's', unit: '{hit}', attributes: { route } }),
    },
  },
)
const seen = (telemetry: TestTelemetry, key: string) => [
  ...new Set(telemetry.metrics(shop.api.get).map(({ attributes }) => attributes[key])),
]

test('none by default; choice and flag are bounded by themselves', ({ telemetry }) => {
  shop.api.get({ verb: 'get', cached: true, plain: 'p', request: 'r' }, () => 1)
  shop.api.get({ verb: 'steal' as 'get' }, () => 1)
  expect(telemetry.metrics(shop.api.get).map(({ attributes }) => attributes)).toEqual([
    { 'shop.api.verb': 'get', 'shop.api.cached': true },
    { 'shop.api.verb': '_OTHER' },
  ])
})

test('text, integer and context fold into _OTHER past their bound, and the span keeps the value', async ({
  telemetry,
}) => {
  const many = () => {
    for (let n = 0; n < 10; n++) {
      shop.within({ city: `c${n}` }, () => shop.api.get({ route: `/r${n}`, status: 200 + n }, () => 1))
    }
  }
  expect(await counted('dimension_overflow:shop.api.route', many)).toBe(7)
  const last = telemetry.spans().at(-1)
  expect(last).toHaveAttributes(shop.api.get, { route: '/r9', status: 209 })
  expect(last).toHaveContext(shop, { city: 'c9' })
  expect(seen(telemetry, 'shop.api.route')).toEqual(['/r0', '/r1', '/r2', '_OTHER'])
  expect(seen(telemetry, 'shop.api.status')).toEqual([200, 201, '_OTHER'])
  expect(seen(telemetry, 'shop.city')).toEqual(['c0', 'c1', '_OTHER'])
  expect(telemetry).toHaveMetric(shop.api.get, { count: 10 })
})

test('100,000 values are four series, and every measurement is counted', ({ telemetry }) => {
  for (let n = 0; n < 100_000; n++) shop.api.hits.add(1, { route: `/r${n}` })
  expect(
    telemetry.metrics(shop.api.hits).map(({ attributes, count }) => [attributes['shop.api.route'], count]),
  ).toEqual([
    ['/r0', 1],
    ['/r1', 1],
    ['/r2', 1],
    ['_OTHER', 99_997],
  ])
})
