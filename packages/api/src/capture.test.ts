// Without a catalogue: a block, a past operation, an occurrence, an exception; and ids said once.
import { beforeEach, describe, expect, test } from 'vitest'
import { flow } from './call-site/flow.ts'
import { counted, record } from './fixtures/recording.ts'
import { capture, captureException, withContext } from './index.ts'

const recording = record()
beforeEach(() => recording.clear())

describe('capture', () => {
  test('a block is an operation of an ad-hoc type: value, errors, span and duration', async () => {
    const value = {}
    expect(capture({ type: 'shop.checkout', attributes: { cart: 'c1', items: 3 } }, () => value)).toBe(value)
    const error = new Error('declined')
    await expect(capture({ type: 'shop.checkout' }, () => Promise.reject(error))).rejects.toBe(error)
    const [span, failed] = recording.spans
    expect(span?.name).toBe('shop.checkout')
    expect(span?.instrumentationScope.name).toBe('@proprio/api')
    expect(span?.attributes).toEqual({ 'proprio.type': 'shop.checkout', 'proprio.layer': 'shop', cart: 'c1', items: 3 })
    expect(failed?.status.message).toBe('declined')
    expect(recording.records).toMatchObject([{ eventName: 'shop.checkout.exception', body: 'declined' }])
    const points = await recording.points()
    expect(points.map(({ metric, count, dimensions }) => [metric, count, dimensions])).toEqual([
      ['proprio.capture.duration', 1, { 'proprio.type': 'shop.checkout' }],
      ['proprio.capture.duration', 1, { 'proprio.type': 'shop.checkout', 'error.type': 'Error' }],
    ])
  })

  test('with durationMs it is a span that ended now and started then', () => {
    capture({ type: 'shop.import', durationMs: 2000, level: 'warn' })
    const [span] = recording.spans
    expect(span?.duration[0]).toBe(2)
    expect(Math.abs((span?.endTime[0] ?? 0) * 1000 - Date.now())).toBeLessThan(2000)
    expect(span?.attributes['proprio.level']).toBe('warn')
  })

  test('else it is an occurrence, counted', async () => {
    capture({ type: 'shop.opened', layer: 'api', level: 'warn', message: 'open now', attributes: { door: 'north' } })
    capture({ type: 'opened' })
    expect(recording.records).toMatchObject([
      {
        eventName: 'shop.opened',
        severityNumber: 13,
        body: 'open now',
        attributes: { 'proprio.type': 'shop.opened', 'proprio.layer': 'api', door: 'north' },
      },
      { eventName: 'opened', severityNumber: 9, body: 'opened', attributes: { 'proprio.layer': 'opened' } },
    ])
    expect(await recording.points()).toMatchObject([
      { metric: 'proprio.capture.count', dimensions: { 'proprio.type': 'shop.opened' } },
      { metric: 'proprio.capture.count', dimensions: { 'proprio.type': 'opened' } },
    ])
  })

  test('what emitters write themselves is theirs alone', async () => {
    const attributes = { 'proprio.type': 'forged', 'proprio.part': 'slow', '': 1, __proto__: null, ok: 1 }
    expect(await counted('attribute_invalid', () => capture({ type: 'shop.x', attributes }))).toBe(3)
    expect(recording.records[0]?.attributes).toEqual({ 'proprio.type': 'shop.x', 'proprio.layer': 'shop', ok: 1 })
  })
})

describe('captureException', () => {
  const told = (error: unknown, ...more: [] | [object]) => {
    recording.records.length = 0
    captureException(error, ...more)
    return recording.records[0]
  }

  test('an error with everything that is known of it', () => {
    const error = new RangeError('no such page')
    const one = told(error, { layer: 'import', message: 'could not read the file', attributes: { file: 'a.csv' } })
    expect(one).toMatchObject({ eventName: 'import.exception', severityNumber: 17, body: 'could not read the file' })
    expect(one?.attributes).toEqual({
      'proprio.type': 'import.exception',
      'proprio.layer': 'import',
      file: 'a.csv',
      'exception.type': 'RangeError',
      'exception.message': 'no such page',
      'exception.stacktrace': error.stack,
    })
    expect(told(error, { type: 'my.failure', level: 'critical' })).toMatchObject({
      eventName: 'my.failure',
      severityNumber: 21,
      body: 'no such page',
    })
  })

  test.each([
    ['text', 'string', 'text'],
    [42, 'number', '42'],
    [undefined, 'undefined', 'undefined'],
    [null, 'null', 'null'],
    [5n, 'bigint', '5'],
    [Symbol('s'), 'symbol', 'Symbol(s)'],
    [{ code: 7 }, 'Object', '{"code":7}'],
    [{ message: 'odd' }, 'Object', 'odd'],
    [Object.create(null), 'object', '{}'],
    [new (class HttpError extends Error {})('404'), 'HttpError', '404'],
    [new DOMException('gone', 'AbortError'), 'AbortError', 'gone'],
  ])('any thrown value: %s', (thrown, type, message) => {
    const one = told(thrown)
    expect(one?.attributes).toMatchObject({ 'exception.type': type, 'exception.message': message })
    expect(one?.body).toBe(message)
  })

  test('cause chains and aggregated errors, depth first, bounded, cycles cut', () => {
    const root = new TypeError('root')
    const middle = new Error('middle', { cause: root })
    const all = new AggregateError([new Error('one', { cause: 'text' }), middle], 'all', { cause: new Error('why') })
    root.cause = all
    const causes = JSON.parse(String(told(all)?.attributes['proprio.exception.causes'])) as Record<string, unknown>[]
    expect(causes.map(({ type, message, via, depth }) => [type, message, via, depth])).toEqual([
      ['Error', 'why', 'cause', 1],
      ['Error', 'one', 'errors', 1],
      ['string', 'text', 'cause', 2],
      ['Error', 'middle', 'errors', 1],
      ['TypeError', 'root', 'cause', 2],
    ])
    expect(causes[0]?.['stack']).toContain('capture.test')
    let deep = new Error('x'.repeat(5000))
    for (let n = 0; n < 50; n++) deep = new Error('x'.repeat(5000), { cause: deep })
    const text = String(told(deep)?.attributes['proprio.exception.causes'])
    expect(text.length).toBeLessThan(33_000)
    expect(JSON.parse(text)).toHaveLength(8)
    const wide = JSON.parse(
      String(
        told(
          new AggregateError(
            Array(1000)
              .fill(0)
              .map((_, n) => n),
          ),
        )?.attributes['proprio.exception.causes'],
      ),
    )
    expect(wide).toHaveLength(16)
  })

  test('errors that throw when they are read', () => {
    const throwing = (key: string) => Object.defineProperty(new Error('x'), key, { get: () => expect.fail('read') })
    for (const key of ['message', 'stack', 'cause', 'name', 'code', 'constructor', 'errors'])
      expect(told(throwing(key))).toBeDefined()
    const { proxy, revoke } = Proxy.revocable(new Error('x'), {})
    revoke()
    expect(told(proxy)?.attributes['exception.message']).toBe('[unreadable]')
  })
})

describe('withContext', () => {
  test('well-known ids by their conventions or ours, and own keys, on every span and record inside, never on metrics', async () => {
    const ids = {
      workflowId: 'w',
      runId: 'r',
      projectId: 'p',
      pluginName: 'n',
      nodeId: 'd',
      userId: 'u',
      sessionId: 's',
      'shop.tenant': 't',
    }
    await withContext(ids, () =>
      withContext({ userId: 'u2', runId: undefined }, async () => {
        await Promise.resolve()
        flow.workflow.run({}, (op) => op.fail(new Error('x')))
        capture({ type: 'a.b' })
        flow.workflow.queued.set(1)
      }),
    )
    const expected = {
      'proprio.workflow.id': 'w',
      'proprio.run.id': 'r',
      'proprio.project.id': 'p',
      'proprio.plugin.name': 'n',
      'proprio.node.id': 'd',
      'user.id': 'u2',
      'session.id': 's',
      'shop.tenant': 't',
    }
    expect(recording.spans[0]?.attributes).toMatchObject(expected)
    expect(recording.records).toHaveLength(2)
    for (const { attributes } of recording.records) expect(attributes).toMatchObject(expected)
    for (const { dimensions } of await recording.points()) {
      expect(Object.keys(dimensions).filter((key) => key in expected)).toEqual([])
    }
  })

  test('within says a catalogue’s own context: dimensions where bounded, on its own metrics only, nested', async () => {
    flow.within({ workflow: 'outer', user: 'ann' }, () => {
      flow.within({ workflow: 'inner', runId: 'r1' }, () => flow.workflow.run({}, () => capture({ type: 'a.c' })))
      flow.workflow.run({}, () => 1)
    })
    flow.workflow.run({}, () => 1)
    expect(
      recording.spans.map(({ attributes }) => [attributes['flow.workflow.name'], attributes['flow.run_id']]),
    ).toEqual([
      ['inner', 'r1'],
      ['outer', undefined],
      [undefined, undefined],
    ])
    expect(recording.records[0]?.attributes).toMatchObject({ 'flow.workflow.name': 'inner' })
    expect(recording.spans[0]?.attributes['flow.user']).toMatch(/^[\da-f]{32}$/)
    const points = await recording.points()
    expect(points.map(({ metric, dimensions }) => [metric, dimensions])).toEqual([
      ['proprio.capture.count', { 'proprio.type': expect.any(String) }],
      ['flow.workflow.run.duration', { 'flow.workflow.name': 'inner' }],
      ['flow.workflow.run.duration', { 'flow.workflow.name': 'outer' }],
      ['flow.workflow.run.duration', {}],
    ])
  })

  test('they give back what the function gives, and its error', () => {
    const error = new Error('mine')
    expect(withContext({}, () => 5)).toBe(5)
    expect(flow.within({}, () => 5)).toBe(5)
    const fail = () => {
      throw error
    }
    expect(() => withContext({}, fail)).toThrow(error)
    expect(() => flow.within({}, fail)).toThrow(error)
  })

  test('an event’s own attributes win over ids of the same name', () => {
    withContext({ 'proprio.type': 'forged', 'flow.workflow.node': 'forged' }, () =>
      flow.workflow.node({ node: 'true' }, () => 1),
    )
    expect(recording.spans[0]?.attributes).toMatchObject({
      'proprio.type': 'workflow.node',
      'flow.workflow.node': 'true',
    })
  })
})

test('ad-hoc types and layers are bounded in number', async () => {
  const many = () => {
    for (let n = 0; n < 1100; n++) capture({ type: `many.t${n}`, layer: `l${n}` })
  }
  expect(await counted('type_overflow', many)).toBeGreaterThan(150)
  expect(recording.records.at(-1)).toMatchObject({ eventName: '_OTHER', attributes: { 'proprio.layer': '_OTHER' } })
})
