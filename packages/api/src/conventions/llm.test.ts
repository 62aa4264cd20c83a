// Calls to language models: attributes by the convention's names, metrics of ours outside its namespace.
import { expect, test } from '@proprio/testing/vitest'
import { flow } from '../call-site/flow.ts'

test('a measure of an attribute with a name of a convention is a metric of the event type, not of the convention', ({
  telemetry,
}) => {
  flow.llm.request({ provider: 'openai', inputTokens: 12 }, (op) => op.set({ outputTokens: 80, cost: 0.5 }))
  expect(telemetry.span(flow.llm.request)).toHaveAttributes({
    'gen_ai.usage.input_tokens': 12,
    'gen_ai.usage.output_tokens': 80,
  })
  expect(telemetry).toConformTo(flow)
  expect(telemetry.metrics().map(({ name, unit, value, count }) => [name, unit, value ?? count])).toEqual([
    ['flow.llm.request.input_tokens', '{token}', 12],
    ['flow.llm.request.output_tokens', '{token}', 80],
    ['flow.llm.request.cost', 'USD', 0.5],
    ['gen_ai.client.operation.duration', 's', 1],
  ])
})
