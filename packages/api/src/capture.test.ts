// Without a catalogue: a block, a past operation, an occurrence, an exception; and ids said once.
import { virtualClock } from '@proprio/testing'
import { expect, test, type TestTelemetry } from '@proprio/testing/vitest'
import { describe } from 'vitest'
import { flow } from './call-site/flow.ts'
import { counted } from './fixtures/counted.ts'
import { capture, captureException, withContext } from './index.ts'

describe('capture', () => {
  test('a block is an operation of an ad-hoc type: value, errors, span and duration', async ({ telemetry }) => {
    const value = {}
    expect(capture({ type: 'shop.checkout', attributes: { cart: 'c1', items: 3 } }, () => value)).toBe(value)
    const error = new Error('declined')
    await expect(capture({ type: 'shop.checkout' }, () => Promise.reject(error))).rejects.toBe(error)
    expect(telemetry.tree()).toBe('shop.checkout cart="c1" items=3\nshop.checkout ! Error: declined')
    const [span] = telemetry.spans()
    expect(span?.scope.name).toBe('@proprio/api')
    expect(span?.attributes).toEqual({ 'proprio.type': 'shop.checkout', 'proprio.layer': 'shop', cart: 'c1', items: 3 })
    expect(telemetry.events()).toMatchObject([{ name: 'shop.checkout.exception', message: 'declined' }])
    expect(telemetry.metrics().map(({ name, count, attributes }) => [name, count, attributes])).toEqual([
      ['proprio.capture.duration', 1, { 'proprio.type': 'shop.checkout' }],
      ['proprio.capture.duration', 1, { 'proprio.type': 'shop.checkout', 'error.type': 'Error' }],
    ])
  })

  test('with durationMs it is a span that ended now and started then', ({ telemetry }) => {
    const clock = virtualClock()
    telemetry.use(clock)
    capture({ type: 'shop.import', durationMs: 2000, level: 'warn' })
    const { start, end, attributes } = telemetry.span('shop.import')
    expect([start, end]).toEqual([
      [clock.now() / 1000 - 2, 0],
      [clock.now() / 1000, 0],
    ])
    expect(attributes['proprio.level']).toBe('warn')
  })

  test('else it is an occurrence, counted', ({ telemetry }) => {
    capture({ type: 'shop.opened', layer: 'api', level: 'warn', message: 'open now', attributes: { door: 'north' } })
    capture({ type: 'opened' })
    expect(telemetry.logs()).toMatchObject([
      {
        eventName: 'shop.opened',
        severityNumber: 13,
        body: 'open now',
        attributes: { 'proprio.type': 'shop.opened', 'proprio.layer': 'api', door: 'north' },
      },
      { eventName: 'opened', severityNumber: 9, body: 'opened', attributes: { 'proprio.layer': 'opened' } },
    ])
    expect(telemetry.metrics()).toMatchObject([
      { name: 'proprio.capture.count', value: 1, attributes: { 'proprio.type': 'shop.opened' } },
      { name: 'proprio.capture.count', value: 1, attributes: { 'proprio.type': 'opened' } },
    ])
  })

  test('what emitters write themselves is theirs alone', async ({ telemetry }) => {
    const attributes = { 'proprio.type': 'forged', 'proprio.part': 'slow', '': 1, __proto__: null, ok: 1 }
    expect(await counted('attribute_invalid', () => capture({ type: 'shop.x', attributes }))).toBe(3)
    expect(telemetry.logs()[0]?.attributes).toEqual({ 'proprio.type': 'shop.x', 'proprio.layer': 'shop', ok: 1 })
  })
})

describe('captureException', () => {
  const told = (telemetry: TestTelemetry, error: unknown, ...more: [] | [object]) => {
    telemetry.clear()
    captureException(error, ...more)
    return telemetry.logs()[0]
  }

  test('an error with everything that is known of it', ({ telemetry }) => {
    const error = new RangeError('no such page')
    const more = { layer: 'import', message: 'could not read the file', attributes: { file: 'a.csv' } }
    const one = told(telemetry, error, more)
    expect(one).toMatchObject({ eventName: 'import.exception', severityNumber: 17, body: 'could not read the file' })
    expect(one?.attributes).toEqual({
      'proprio.type': 'import.exception',
      'proprio.layer': 'import',
      file: 'a.csv',
      'exception.type': 'RangeError',
      'exception.message': 'no such page',
      'exception.stacktrace': error.stack,
    })
    expect(told(telemetry, error, { type: 'my.failure', level: 'critical' })).toMatchObject({
      eventName: 'my.failure',
      severityNumber: 21,
      body: 'no such page',
    })
  })

  test.for<[thrown: unknown, type: string, message: string]>([
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
  ])('any thrown value: %s', ([thrown, type, message], { telemetry }) => {
    captureException(thrown)
    expect(telemetry).toHaveLog(message, { 'exception.type': type, 'exception.message': message })
  })

  test('cause chains and aggregated errors, depth first, bounded, cycles cut', ({ telemetry }) => {
    const root = new TypeError('root')
    const middle = new Error('middle', { cause: root })
    const all = new AggregateError([new Error('one', { cause: 'text' }), middle], 'all', { cause: new Error('why') })
    root.cause = all
    const causes = JSON.parse(String(told(telemetry, all)?.attributes['proprio.exception.causes'])) as Record<
      string,
      unknown
    >[]
    expect(causes.map(({ type, message, via, depth }) => [type, message, via, depth])).toEqual([
      ['Error', 'why', 'cause', 1],
      ['Error', 'one', 'errors', 1],
      ['string', 'text', 'cause', 2],
      ['Error', 'middle', 'errors', 1],
      ['TypeError', 'root', 'cause', 2],
    ])
    expect(causes[0]?.['stack']).toContain('capture.test')
  })

  test('causes fit into one value, which no SDK cuts: stacks go first, those of the last causes before others', ({
    telemetry,
  }) => {
    const causesOf = (error: unknown) => {
      const text = String(told(telemetry, error)?.attributes['proprio.exception.causes'])
      expect(text.length).toBeLessThanOrEqual(8192)
      expect(telemetry.errors()[0]?.error?.causes).toEqual(JSON.parse(text))
      return telemetry.errors()[0]?.error?.causes ?? []
    }
    let deep = new Error('x'.repeat(5000))
    for (let n = 0; n < 50; n++) deep = new Error('x'.repeat(5000), { cause: deep })
    expect(causesOf(deep)).toHaveLength(8)
    const long = (cause?: Error) => Object.assign(new Error('m', { cause }), { stack: 's'.repeat(5000) })
    expect(causesOf(long(long(long(long())))).map(({ stack }) => stack?.length)).toEqual([4096, undefined, undefined])
    const numbers = Array.from({ length: 1000 }, (_, n) => n)
    expect(causesOf(new AggregateError(numbers))).toHaveLength(16)
    const controls = numbers.map((n) => new Error('\0'.repeat(5000), { cause: n }))
    expect(causesOf(new AggregateError(controls))).toHaveLength(4)
  })

  test('errors that throw when they are read', ({ telemetry }) => {
    const throwing = (key: string) => Object.defineProperty(new Error('x'), key, { get: () => expect.fail('read') })
    for (const key of ['message', 'stack', 'cause', 'name', 'code', 'constructor', 'errors'])
      expect(told(telemetry, throwing(key))).toBeDefined()
    const { proxy, revoke } = Proxy.revocable(new Error('x'), {})
    revoke()
    expect(told(telemetry, proxy)).toHaveAttributes({ 'exception.message': '[unreadable]' })
  })
})

describe('withContext', () => {
  test('well-known ids by their conventions or ours, and own keys, on every span and record inside, never on metrics', async ({
    telemetry,
  }) => {
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
    expect(telemetry).toHaveSpans(1)
    expect(telemetry.logs()).toHaveLength(2)
    for (const one of [...telemetry.spans(), ...telemetry.logs()]) expect(one).toHaveAttributes(expected)
    expect(telemetry).toHaveContext({ ...ids, userId: 'u2' })
    expect(telemetry.metrics()).toHaveLength(3)
    for (const { attributes } of telemetry.metrics())
      expect(Object.keys(attributes).filter((key) => key in expected)).toEqual([])
  })

  test('within says a catalogue’s own context: dimensions where bounded, on its own metrics only, nested', ({
    telemetry,
  }) => {
    flow.within({ workflow: 'outer', user: 'ann' }, () => {
      flow.within({ workflow: 'inner', runId: 'r1' }, () => flow.workflow.run({}, () => capture({ type: 'a.c' })))
      flow.workflow.run({}, () => 1)
    })
    flow.workflow.run({}, () => 1)
    expect(
      telemetry.spans().map(({ attributes }) => [attributes['flow.workflow.name'], attributes['flow.run_id']]),
    ).toEqual([
      ['inner', 'r1'],
      ['outer', undefined],
      [undefined, undefined],
    ])
    expect(telemetry.logs()[0]).toHaveContext(flow, { workflow: 'inner' })
    expect(telemetry.spans()[0]).toHaveContext(flow, { user: expect.stringMatching(/^[\da-f]{32}$/) })
    expect(telemetry.metrics().map(({ name, attributes }) => [name, attributes])).toEqual([
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

  test('an event’s own attributes win over ids of the same name', ({ telemetry }) => {
    withContext({ 'proprio.type': 'forged', 'flow.workflow.node': 'forged' }, () =>
      flow.workflow.node({ node: 'true' }, () => 1),
    )
    expect(telemetry.spans()[0]).toHaveAttributes({ 'proprio.type': 'workflow.node', 'flow.workflow.node': 'true' })
  })
})

test('ad-hoc types and layers are bounded in number', async ({ telemetry }) => {
  const many = () => {
    for (let n = 0; n < 1100; n++) capture({ type: `many.t${n}`, layer: `l${n}` })
  }
  expect(await counted('type_overflow', many)).toBeGreaterThan(150)
  expect(telemetry.logs().at(-1)).toMatchObject({ eventName: '_OTHER', attributes: { 'proprio.layer': '_OTHER' } })
})
