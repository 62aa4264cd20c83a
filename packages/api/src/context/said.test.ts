// What blocks say is brought along by the emitters, whichever SDK stands behind them: register() would add it by itself.
import { beforeEach, expect, test } from 'vitest'
import { flow } from '../call-site/flow.ts'
import { record } from '../fixtures/recording.ts'
import { catalogue, counter, text, withContext } from '../index.ts'

const recording = record()
beforeEach(() => recording.clear())

test('on spans, their exceptions and occurrences; ids, and each catalogue’s own, from inside out', () => {
  withContext({ userId: 'u1', runId: 'r1' }, () =>
    flow.within({ workflow: 'outer', runId: 'f1' }, () =>
      flow.within({ workflow: 'inner' }, () =>
        withContext({ userId: 'u2' }, () => {
          flow.workflow.run({}, (op) => op.fail(new Error('x')))
          flow.workflow.retryScheduled({ attempt: 1 })
        }),
      ),
    ),
  )
  const said = { 'user.id': 'u2', 'proprio.run.id': 'r1', 'flow.run_id': 'f1', 'flow.workflow.name': 'inner' }
  expect(recording.spans).toMatchObject([{ attributes: said }])
  expect(recording.records).toMatchObject([{ attributes: said }, { attributes: said }])
})

test('the event type’s own attributes win, its defaults too', () => {
  withContext({ 'gen_ai.operation.name': 'forged', 'gen_ai.provider.name': 'forged' }, () =>
    flow.llm.request({ provider: 'openai' }, () => 1),
  )
  const own = { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai' }
  expect(recording.spans).toMatchObject([{ attributes: own }])
})

test('of two catalogues each keeps its own dimensions', async () => {
  const shop = catalogue(
    'shop',
    { version: '1', context: { city: text('c', { dimension: { atMost: 2 } }) } },
    { item: { sold: counter({ summary: 's', unit: '{item}' }) } },
  )
  flow.within({ workflow: 'scan' }, () =>
    shop.within({ city: 'Rome' }, () => {
      shop.item.sold.add(1)
      flow.workflow.run({}, () => 1)
    }),
  )
  expect(await recording.points()).toMatchObject([
    { metric: 'flow.workflow.run.duration', dimensions: { 'flow.workflow.name': 'scan' } },
    { metric: 'shop.item.sold', dimensions: { 'shop.city': 'Rome' } },
  ])
})
