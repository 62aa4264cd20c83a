// Where a histogram's buckets end is decided where its measurements are summed up, so only a reader of the SDK tells it.
import { expect, test } from 'vitest'
import { flow } from '../call-site/flow.ts'
import { httpServerRequest } from '../conventions/http.ts'
import { record } from '../fixtures/recording.ts'
import { catalogue, choice, extend, histogram } from '../index.ts'

const recording = record()
const seconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
const sizes = histogram({ summary: 'Size.', unit: 'By', buckets: [1, 10], metric: 'shop.size' })
const { api, item } = catalogue(
  'web',
  { version: '1' },
  {
    api: { request: extend(httpServerRequest, { attributes: {} }) },
    item: {
      size: extend(sizes, { attributes: { kind: choice(['a', 'b'], 'k') } }),
      own: histogram({ summary: 'Size.', unit: 'By', buckets: [10, 100] }),
    },
  },
)

test('as defined, as a built-in convention says, and for other operations up to five minutes', async () => {
  api.request({ method: 'GET' }, () => 1)
  flow.workflow.run({}, () => 1)
  item.size.record(5)
  item.own.record(50)
  const points = await recording.points()
  expect(points.map(({ metric, boundaries }) => [metric, boundaries])).toEqual([
    ['http.server.request.duration', seconds],
    ['shop.size', [1, 10]],
    ['web.item.own', [10, 100]],
    ['flow.workflow.run.duration', [...seconds, 30, 60, 120, 300]],
  ])
})
