// An operation around a function: one span, one duration, and the host's value, `this` and errors as they were.
import { context, trace } from '@opentelemetry/api'
import { expect, test } from '@proprio/testing/vitest'
import { describe } from 'vitest'
import { flow } from '../call-site/flow.ts'
import { counted } from '../fixtures/counted.ts'
import { catalogue, type Execution, operation } from '../index.ts'
import { emitterHealth } from '../runtime.ts'

const { run, node } = flow.workflow

describe('the host’s result', () => {
  test('a value comes back at once and the span has ended', ({ telemetry }) => {
    const value = { a: 1 }
    expect(run({}, () => value)).toBe(value)
    expect(telemetry).toHaveSpan('workflow')
  })

  test.for([[new Error('boom')], ['text'], [undefined], [null], [Object.freeze({ frozen: true })]])(
    'what is thrown keeps its identity: %s',
    ([thrown], { telemetry }) => {
      let caught: unknown = 'nothing'
      try {
        run({}, () => {
          throw thrown
        })
      } catch (error) {
        caught = error
      }
      expect(caught).toBe(thrown)
      expect(telemetry.span(run)).toHaveStatus('error')
    },
  )

  test('a native promise comes back derived: a promise, same value, same error, one microtask later', async ({
    telemetry,
  }) => {
    const value = {}
    const promise = run({}, async () => value)
    expect(promise).toBeInstanceOf(Promise)
    expect(telemetry).toHaveSpans(0)
    expect(await promise).toBe(value)
    expect(telemetry).toHaveSpans(1)
    telemetry.clear()
    const error = new Error('later')
    await expect(run({}, () => Promise.reject(error))).rejects.toBe(error)
    expect(telemetry.span(run)).toHaveStatus('error', 'later')
  })

  test('what hangs on a promise hangs on the derived one; a subclass stays one', async () => {
    class Cancellable extends Promise<number> {}
    const promise = run({}, () => Object.assign(Promise.resolve(1), { pid: 7 }))
    expect(promise.pid).toBe(7)
    expect(run({}, () => Cancellable.resolve(1))).toBeInstanceOf(Cancellable)
    await promise
  })

  test('a promise whose constructor is hostile comes back itself', ({ telemetry }) => {
    const promise = Promise.resolve(1)
    Object.defineProperty(promise, 'constructor', { value: 5 })
    expect(run({}, () => promise)).toBe(promise)
    expect(telemetry).toHaveSpans(1)
  })

  test('another thenable comes back itself, and is run once, by the host', async ({ telemetry }) => {
    let runs = 0
    const query = {
      // oxlint-disable-next-line unicorn/no-thenable -- a lazy query, as query builders make them
      then(fulfilled: (rows: string[]) => unknown) {
        runs++
        flow.workflow.node({ node: 'inside' }, () => 1)
        return fulfilled(['row'])
      },
    }
    const result = run({}, () => query)
    expect(result).toBe(query)
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect([runs, emitterHealth().open]).toEqual([0, 1])
    expect(telemetry.tree()).toBe('workflow … still open')
    expect(await result).toEqual(['row'])
    expect([runs, emitterHealth().open]).toEqual([1, 0])
    expect(telemetry.tree()).toBe('workflow\n  node inside flow.workflow.node="inside"')
  })

  test('a thenable that rejects, and callbacks in the context they were given in', ({ telemetry }) => {
    const error = new Error('no rows')
    const key = Symbol('mine')
    let seen: unknown
    const query = {
      // oxlint-disable-next-line unicorn/no-thenable -- as above
      then(_fulfilled: unknown, rejected: (error: unknown) => unknown) {
        return rejected(error)
      },
    }
    const failing = run({}, () => query)
    context.with(context.active().setValue(key, 'outside'), () =>
      failing.then(undefined, (given) => {
        seen = [given, context.active().getValue(key), trace.getActiveSpan()]
      }),
    )
    expect(seen).toEqual([error, 'outside', undefined])
    expect(telemetry.span(run)).toHaveStatus('error', 'no rows')
  })

  test('a frozen thenable is left alone, and counted', async ({ telemetry }) => {
    let runs = 0
    const frozen = Object.freeze({
      // oxlint-disable-next-line unicorn/no-thenable -- as above
      then(fulfilled: (value: number) => unknown) {
        runs++
        return fulfilled(1)
      },
    })
    expect(await counted('thenable_unobservable', () => expect(run({}, () => frozen)).toBe(frozen))).toBe(1)
    expect(runs).toBe(0)
    expect(telemetry).toHaveSpans(1)
    expect(await frozen).toBe(1)
  })

  test('a function is told of its execution, and nothing else is changed', () => {
    const seen: unknown[] = []
    run({ trigger: 'user' }, function (this: unknown, ...args: unknown[]) {
      seen.push(this ?? null, args.length, typeof (args[0] as Execution<object>).set)
    })
    expect(seen).toEqual([null, 1, 'function'])
  })
})

test('operations may end out of order', async ({ telemetry }) => {
  const release: (() => void)[] = []
  const inner: Promise<void>[] = []
  run({}, () => {
    inner.push(node({ node: 'a' }, () => new Promise<void>((resolve) => release.push(resolve))))
  })
  expect(telemetry.tree()).toBe('workflow\n  node a … still open flow.workflow.node="a"')
  release[0]?.()
  await Promise.all(inner)
  expect(telemetry.tree()).toBe('workflow\n  node a flow.workflow.node="a"')
})

test('concurrent operations keep their own children', async ({ telemetry }) => {
  const pause = () => new Promise((resolve) => setTimeout(resolve, 1))
  const one = (name: string) =>
    run({}, async (op) => {
      await pause()
      await node({ node: name }, pause)
      return { name, op }
    })
  for (const { name, op } of await Promise.all(['a', 'b', 'c'].map(one)))
    expect(telemetry.span(`node ${name}`)).toBeChildOf(op)
})

const kinds = ['internal', 'server', 'client', 'producer', 'consumer'] as const

test('span kinds', ({ telemetry }) => {
  const { task } = catalogue(
    'kinds',
    { version: '1' },
    {
      task: Object.fromEntries(
        kinds.map((kind) => [kind, operation({ summary: kind, kind, span: kind, attributes: {} })]),
      ),
    },
  )
  for (const emit of Object.values(task)) emit({}, () => {})
  for (const kind of kinds) expect(telemetry.span(kind)).toHaveKind(kind)
})

test('a failure that is expected leaves a server’s span without error status, and no other’s', ({ telemetry }) => {
  const attributes = {}
  const { request } = catalogue(
    'expected',
    { version: '1' },
    {
      request: {
        answer: operation({ summary: 'Answered.', kind: 'server', span: 'answer', attributes }),
        ask: operation({ summary: 'Asked.', kind: 'client', span: 'ask', attributes }),
      },
    },
  )
  const missing = new RangeError('no such order')
  request.answer({}, (op) => op.fail(missing, { level: 'warn' }))
  request.answer({}, (op) => op.fail(missing))
  request.ask({}, (op) => op.fail(missing, { level: 'warn' }))
  expect(telemetry.spans().map(({ status }) => status.code)).toEqual(['unset', 'error', 'error'])
  for (const span of telemetry.spans()) expect(span).toHaveException(RangeError)
})

test('attributes that were forgotten do not keep the host’s function from running', ({ telemetry }) => {
  const forgotten = run as unknown as (fn: () => string) => string
  expect(forgotten(() => 'ran')).toBe('ran')
  expect(telemetry).toHaveSpan('workflow')
})
