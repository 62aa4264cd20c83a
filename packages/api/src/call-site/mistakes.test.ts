// What must not compile. The types are the test; running it says only that this file is there.
import { expect, test } from 'vitest'
import { llmRequest } from '../conventions/llm.ts'
import { catalogue, choice, counter, extend, flag, id, integer, list, occurrence, operation, text } from '../index.ts'
import { flow } from './flow.ts'

const named = { node: text('n', { dimension: { atMost: 9 } }) }

export const mistakes = () => {
  // @ts-expect-error an id is no dimension
  id('Run id.', { dimension: { atMost: 50 } })
  // @ts-expect-error a sensitive text is no dimension
  text('x', { sensitive: 'hash', dimension: { atMost: 5 } })
  // @ts-expect-error an unbounded text is no dimension
  text('x', { dimension: true })
  // @ts-expect-error a list is no dimension
  list(text('x'), 'xs', { dimension: { atMost: 5 } })
  // @ts-expect-error required attribute missing
  flow.workflow.node({}, () => 1)
  // @ts-expect-error required attribute missing, in start()
  flow.workflow.node.start({})
  // @ts-expect-error the last span name needs a required attribute
  operation({ summary: 's', span: ['node {node}'], attributes: named })
  // @ts-expect-error and so does the only one
  operation({ summary: 's', span: 'node {node}', attributes: named })
  // @ts-expect-error unbounded in a span name
  operation({ summary: 's', span: ['{a}', 'x'], attributes: { a: text('n') } })
  // @ts-expect-error sensitive in a span name
  operation({ summary: 's', span: ['{a}', 'x'], attributes: { a: text('n', { sensitive: 'mask' }) } })
  // @ts-expect-error an id in a span name
  operation({ summary: 's', span: '{a}', attributes: { a: id('n', { required: true }) } })
  // @ts-expect-error no such attribute for the message
  occurrence({ summary: 's', level: 'info', message: 'retry {nope}', attributes: { attempt: integer('n') } })
  // @ts-expect-error an unbounded attribute on a measure
  counter({ summary: 's', unit: '{x}', attributes: { a: text('n') } })
  // @ts-expect-error a duration is a number and a unit
  operation({ summary: 's', span: 'x', slow: { warn: 'soon' }, attributes: {} })
  const ok = operation({
    summary: 's',
    span: ['{method} {route}', '{method}'],
    attributes: {
      method: choice(['GET'], 'm', { required: true }),
      route: text('r', { dimension: { atMost: 500 } }),
      cached: flag('c'),
    },
  })
  // @ts-expect-error a definition does not emit
  ok({ method: 'GET' }, () => 1)
  // @ts-expect-error not an event type
  catalogue('e', { version: '1' }, { x: { typo: { sumary: 'not an event type' } } })
  // @ts-expect-error an extension adds, it does not redefine
  extend(llmRequest, { attributes: { model: text('Mine.') } })
  // @ts-expect-error wrong choice
  flow.workflow.run({ trigger: 'x' }, () => 1)
  // @ts-expect-error unknown attribute
  flow.workflow.run({ nope: 1 }, () => 1)
  // @ts-expect-error wrong type
  flow.workflow.node({ node: 1 }, () => 1)
  // @ts-expect-error wrong type, later
  flow.workflow.run({}, (op) => op.set({ findings: 'three' }))
  const bare = catalogue(
    'bare',
    { version: '1' },
    {
      job: {
        run: operation({ summary: 's', span: 'run', attributes: {} }),
        done: occurrence({ summary: 's', level: 'info', attributes: {} }),
        count: counter({ summary: 's', unit: '1' }),
      },
    },
  )
  // @ts-expect-error unknown attribute, of an operation without any
  bare.job.run({ what: 1 }, () => 1)
  // @ts-expect-error unknown attribute, of an occurrence without any
  bare.job.done({ what: 1 })
  // @ts-expect-error unknown dimension, of a measure without any
  bare.job.count.add(1, { what: true })
  bare.job.run({}, (op) => op.set({}))
  bare.job.count.add(1)
  // @ts-expect-error unknown attribute, from a function
  flow.workflow.node.wrap(() => ({ node: 'a', zz: 1 }))
  // @ts-expect-error unknown attribute, from a function with arguments, in one of its ways
  flow.workflow.node.wrap((node: string) => (node ? { node } : { node, zz: 1 }))
  // @ts-expect-error unknown attribute, from a function, of an operation without any
  bare.job.run.wrap(() => ({ zz: 1 }))
  // @ts-expect-error required attribute missing, from a function
  flow.workflow.node.wrap(() => ({ nodeId: 'a' }))
  // @ts-expect-error wrong choice, from a function
  flow.workflow.run.wrap(() => ({ trigger: 'x' }))
  flow.workflow.run.wrap((cron: boolean) => ({ trigger: cron ? 'cron' : 'user', findings: 1 }))(async (cron) => !cron)
  flow.workflow.run.wrap((by?: 'cron') => ({ trigger: by }), { level: 'debug' })
  flow.workflow.node.wrap((node: string, ...nodeIds: string[]) => (node ? { node } : { node, nodeId: nodeIds[0] }))
  bare.job.run.wrap(() => ({}))(() => 1)
  // @ts-expect-error a measure in the context
  catalogue('e', { version: '1', context: { x: integer('x', { measure: 'counter' }) } }, {})
  // @ts-expect-error a default in the context
  catalogue('e', { version: '1', context: { x: choice(['a'], 'x', { default: 'a' }) } }, {})
  // @ts-expect-error required in the context
  catalogue('e', { version: '1', context: { x: text('x', { required: true }) } }, {})
  // @ts-expect-error unknown context
  flow.within({ nope: 'x' }, () => 1)
  // @ts-expect-error a default that is none of the values
  choice(['a', 'b'], 'x', { default: 'c' })
  occurrence({ summary: 's', level: 'info', attributes: { error: text('may be called error now') } })
  return ok
}

test('wrong uses do not compile, right ones do', () => {
  expect(typeof mistakes).toBe('function')
})
