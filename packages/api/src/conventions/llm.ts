// Calls to language models, by the GenAI semantic conventions v1.41 (Development), copied as constants.
import { choice, integer, number, text } from '../define/attribute.ts'
import { operation } from '../define/event-type.ts'

/** The conventions' boundaries for GenAI durations. Seconds. */
const buckets = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92]

/** One call of a model. Convention: span `gen_ai.inference.client`. There is none for cost. */
export const llmRequest = operation({
  summary: 'One call of a language model.',
  kind: 'client',
  span: ['{operation} {model}', '{operation}', 'chat'],
  metric: 'gen_ai.client.operation.duration',
  buckets,
  attributes: {
    operation: choice(['chat', 'text_completion', 'embeddings', 'generate_content'], 'Kind of call.', {
      name: 'gen_ai.operation.name',
      dimension: true,
      default: 'chat',
    }),
    provider: text('Provider: openai, anthropic, aws.bedrock.', {
      name: 'gen_ai.provider.name',
      dimension: { atMost: 20 },
      required: true,
    }),
    model: text('Model that was asked for.', { name: 'gen_ai.request.model', dimension: { atMost: 40 } }),
    responseModel: text('Model that answered.', { name: 'gen_ai.response.model', dimension: { atMost: 40 } }),
    inputTokens: integer('Tokens read, cached ones included.', {
      name: 'gen_ai.usage.input_tokens',
      unit: '{token}',
      measure: 'counter',
    }),
    outputTokens: integer('Tokens written, reasoning included.', {
      name: 'gen_ai.usage.output_tokens',
      unit: '{token}',
      measure: 'counter',
    }),
    cost: number('Cost in US dollars.', { unit: 'USD', measure: 'counter' }),
  },
})
