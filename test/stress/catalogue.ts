// What the code under stress emits. Everything says in whose behalf it happened, so that a stray record names where it belongs.
import { catalogue, counter, gauge, histogram, id, integer, occurrence, operation } from '@proprio/api'

export const stress = catalogue(
  'stress',
  { version: '1.0.0', context: { of: id('The test that caused it.') } },
  {
    task: {
      run: operation({ summary: 'All the work of one test.', span: 'run', attributes: {} }),
      step: operation({
        summary: 'One of its branches.',
        span: 'step',
        attributes: { number: integer('Which.', { required: true }) },
      }),
      part: operation({ summary: 'A part of a branch.', span: 'part', attributes: {} }),
      done: occurrence({ summary: 'A part was done.', level: 'info', message: 'done', attributes: {} }),
      hear: operation({ summary: 'A listener heard.', span: 'hear', attributes: {} }),
      send: operation({ summary: 'A message was put into the queue.', kind: 'producer', span: 'send', attributes: {} }),
      take: operation({ summary: 'A message was taken from it.', kind: 'consumer', span: 'take', attributes: {} }),
      answer: operation({ summary: 'The server answered.', span: 'answer', attributes: {} }),
      units: counter({ summary: 'Units of work.', unit: '{unit}' }),
      weight: histogram({ summary: 'What a part weighed.', unit: 'By' }),
      backlog: gauge({ summary: 'What is left.', unit: '{unit}' }),
    },
  },
)
