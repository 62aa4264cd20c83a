// A framework author's catalogue: a workflow engine.
import { llmRequest } from '../conventions/llm.ts'
import { catalogue, choice, extend, flag, gauge, id, integer, list, occurrence, operation, text } from '../index.ts'
const plugin = text('Plugin.', { dimension: { atMost: 100 }, required: true })
const attempt = integer('Attempt, from 1.')
export const flow = catalogue(
  'flow',
  {
    version: '3.0.0',
    schemaUrl: 'https://flow.dev/schemas/3.0.0',
    context: {
      // one wire name each, on every span, log AND, where bounded, metric inside
      workflow: text('Workflow name.', { dimension: { atMost: 50 } }),
      runId: id('Run id.'),
      user: id('Who asked.', { sensitive: 'hash' }),
    },
  },
  {
    workflow: {
      run: operation({
        summary: 'One workflow run.',
        span: ['workflow'],
        attributes: {
          trigger: choice(['cron', 'user'], 'What began it.', { dimension: true }),
          findings: integer('Findings.', { unit: '{finding}', measure: 'counter' }),
        },
        slow: { warn: '30s', error: '120s' },
      }),
      node: operation({
        summary: 'One node.',
        span: ['node {node}'],
        attributes: {
          node: text('Node name.', { dimension: { atMost: 200 }, required: true }),
          nodeId: id('Node id.'),
          attempt,
          cached: flag('From cache.', { dimension: true }),
        },
      }),
      retryScheduled: occurrence({
        summary: 'A retry was planned.',
        level: 'warn',
        message: 'retry {attempt} in {delay} s',
        attributes: { attempt, delay: integer('Wait.', { unit: 's' }) },
      }),
      queued: gauge({ summary: 'Runs waiting.', unit: '{run}' }),
    },
    plugin: {
      execution: operation({
        summary: 'One plugin execution.',
        span: ['plugin {plugin}'],
        attributes: { plugin, tags: list(text('Tag.'), 'Tags.'), exitCode: integer('Exit code.') },
        slow: { warn: '10s', error: '60s' },
      }),
      output: occurrence({
        summary: 'A line of output.',
        level: 'info',
        keep: 'hot',
        onSpan: false,
        attributes: { plugin, line: text('The line.', { sensitive: 'mask' }) },
      }),
    },
    llm: { request: extend(llmRequest, { attributes: { prompt: id('Prompt template.') } }) }, // GenAI names kept, ours added
  },
)
