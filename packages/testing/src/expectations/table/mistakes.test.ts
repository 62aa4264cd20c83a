// What is asked in a way that has no answer: an error that names the mistake and what there is, in every form, and no failed expectation, which would hold with
// `.not`.
import { SpanStatusCode, trace } from '@opentelemetry/api'
import { describe, expect, test } from 'vitest'
import { recordTelemetry, type TestTelemetry } from '../../index.ts'
import type { Expectation } from '../../signatures.ts'
import { formsOf, thrownBy } from './fixtures/forms.ts'
import { diffOf } from './fixtures/run.ts'
import { shop } from './fixtures/shop.ts'

/** What is said of it, which every form says. */
function mistake(name: Expectation, subject: unknown, ...args: readonly unknown[]): string {
  const [positive, negative] = formsOf(name, subject, args)
  const errors = [...positive, ...negative].map(thrownBy)
  for (const error of errors) expect(error).toBeInstanceOf(TypeError)
  const [message, ...others] = new Set(errors.map((error) => error.message))
  expect(others).toEqual([])
  return message ?? ''
}

/** Of a subject: inside of another expectation one of another sort is not what is meant, and no mistake. */
function wrongSubject(name: Expectation, subject: unknown, ...args: readonly unknown[]): string {
  const [[matcher, assertion, inside], [notMatcher, notAssertion, notInside]] = formsOf(name, subject, args)
  const errors = [matcher, assertion, notMatcher, notAssertion].map((form) => thrownBy(form!))
  for (const error of errors) expect(error).toBeInstanceOf(TypeError)
  expect(new Set(errors.map((error) => error.message)).size).toBe(1)
  expect(thrownBy(inside!).name).toBe('AssertionError')
  // vitest asks no matcher of what is undefined in a list.
  if (subject !== undefined) notInside!()
  return errors[0]?.message ?? ''
}

function asked(ask: (telemetry: TestTelemetry) => readonly string[]): string {
  return recordTelemetry((telemetry) => {
    shop.order.sell({ channel: 'web' }, () => shop.payment.refused({ reason: 'expired' }))
    return ask(telemetry).join('\n')
  })
}

const unknown = undefined

describe('a subject', () => {
  test('that is no telemetry', () => {
    expect(
      asked((telemetry) => [
        wrongSubject('toHaveSpan', telemetry.span('sell web'), 'sell web'),
        wrongSubject('toHaveSpans', telemetry.spans(), 1),
        wrongSubject('toHaveTrace', Promise.resolve(telemetry), { span: 'sell web' }),
        wrongSubject('toHaveLog', telemetry.logs()[0], /refused/),
        wrongSubject('toHaveMetric', undefined, shop.order.sell),
        wrongSubject('toHaveNoErrors', { telemetry }),
        wrongSubject('toHaveNoOpenSpans', []),
        wrongSubject('toHaveNoUnknownEvents', shop),
        wrongSubject('toConformTo', 'shop', shop),
        wrongSubject('toLeakNothing', () => telemetry, ['a canary']),
      ]),
    ).toMatchInlineSnapshot(`
      "toHaveSpan: it is expected of a telemetry: the \`telemetry\` of the test, or what a receiver or launch() answers with. It was given the span "sell web"
      toHaveSpans: it is expected of a telemetry: the \`telemetry\` of the test, or what a receiver or launch() answers with. It was given a list of 1
      toHaveTrace: it is expected of a telemetry: the \`telemetry\` of the test, or what a receiver or launch() answers with. It was given a promise, which is to be awaited
      toHaveLog: it is expected of a telemetry: the \`telemetry\` of the test, or what a receiver or launch() answers with. It was given a log record
      toHaveMetric: it is expected of a telemetry: the \`telemetry\` of the test, or what a receiver or launch() answers with. It was given undefined
      toHaveNoErrors: it is expected of a telemetry: the \`telemetry\` of the test, or what a receiver or launch() answers with. It was given an object with telemetry
      toHaveNoOpenSpans: it is expected of a telemetry: the \`telemetry\` of the test, or what a receiver or launch() answers with. It was given an empty list
      toHaveNoUnknownEvents: it is expected of a telemetry: the \`telemetry\` of the test, or what a receiver or launch() answers with. It was given an object with order, payment, stock, within
      toConformTo: it is expected of a telemetry: the \`telemetry\` of the test, or what a receiver or launch() answers with. It was given "shop"
      toLeakNothing: it is expected of a telemetry: the \`telemetry\` of the test, or what a receiver or launch() answers with. It was given a function"
    `)
  })

  test('that is no span', () => {
    const open = trace.getTracer('x').startSpan('x')
    expect(
      asked((telemetry) => [
        wrongSubject('toBeChildOf', telemetry, 'sell web'),
        wrongSubject('toBeDescendantOf', telemetry.spans(), 'sell web'),
        wrongSubject('toBeLinkedTo', telemetry.spans('charge')[0], 'sell web'),
        wrongSubject('toHaveStatus', open, 'ok'),
        wrongSubject('toHaveKind', telemetry.logs()[0], 'client'),
        wrongSubject('toBeSlow', null),
      ]),
    ).toMatchInlineSnapshot(`
      "toBeChildOf: it is expected of a span that has ended: telemetry.span('…'), or one of telemetry.spans(). It was given a telemetry
      toBeDescendantOf: it is expected of a span that has ended: telemetry.span('…'), or one of telemetry.spans(). It was given a list of 1
      toBeLinkedTo: it is expected of a span that has ended: telemetry.span('…'), or one of telemetry.spans(). It was given undefined
      toHaveStatus: it is expected of a span that has ended: telemetry.span('…'), or one of telemetry.spans(). It was given a span of OpenTelemetry's API, and not what was recorded of it
      toHaveKind: it is expected of a span that has ended: telemetry.span('…'), or one of telemetry.spans(). It was given a log record
      toBeSlow: it is expected of a span that has ended: telemetry.span('…'), or one of telemetry.spans(). It was given null"
    `)
  })

  test('that is still open', () => {
    recordTelemetry((telemetry) => {
      const span = trace.getTracer('x').startSpan('x')
      expect(wrongSubject('toHaveStatus', telemetry.open()[0], 'ok')).toMatchInlineSnapshot(
        `"toHaveStatus: it is expected of a span that has ended: telemetry.span('…'), or one of telemetry.spans(). It was given a span that is still open"`,
      )
      span.end()
    })
  })

  test('that has no attributes or events', () => {
    expect(
      asked((telemetry) => [
        wrongSubject('toHaveAttributes', telemetry, {}),
        wrongSubject('toHaveEvent', telemetry.logs()[0], 'x'),
        wrongSubject('toHaveException', new Error('x')),
        wrongSubject('toHaveContext', telemetry.spans(), { runId: 'r' }),
      ]),
    ).toMatchInlineSnapshot(`
      "toHaveAttributes: it is expected of a span, an event or a log record: telemetry.span('…'), or one of telemetry.spans(), events() or logs(). It was given a telemetry
      toHaveEvent: it is expected of a telemetry or a span: the \`telemetry\` of the test, or telemetry.span('…'). It was given a log record
      toHaveException: it is expected of a telemetry or a span: the \`telemetry\` of the test, or telemetry.span('…'). It was given Error: x
      toHaveContext: it is expected of a span, an event or a log record: telemetry.span('…'), or one of telemetry.spans(), events() or logs(). It was given a list of 1"
    `)
  })

  test('that is no catalogue', () => {
    expect(() => expect({}).toKeepContract('x.json')).toThrow(TypeError)
    expect(() => expect({}).not.toKeepContract('x.json')).toThrow(TypeError)
  })

  test('that is of no telemetry, where that is needed', () => {
    expect(
      asked((telemetry) => [wrongSubject('toBeChildOf', { ...telemetry.span('sell web'), start: 0, end: 0 }, 'pack')]),
    ).toMatchInlineSnapshot(
      `"toBeChildOf: the span is of no telemetry, in which to look for span "pack". Give the span itself"`,
    )
  })
})

test('inside of another expectation vitest shows what was there, and no mistake: its diff asks of copies', () => {
  asked((telemetry) => {
    for (const expected of [expect.toBeChildOf('no such span'), expect.toHaveSpan('no such span')])
      expect(diffOf([telemetry.span('sell web'), telemetry], [expected])).toMatch(/^- Expected\n\+ Received/)
    return []
  })
})

describe('what is meant', () => {
  test('is an event type that the catalogue lacks', () => {
    expect(
      asked((telemetry) => [
        mistake('toHaveSpan', telemetry, unknown),
        mistake('toHaveSpans', telemetry, 1, unknown),
        mistake('toHaveTrace', telemetry, { span: unknown }),
        mistake('toHaveTrace', telemetry, { span: 'sell web', children: [{ span: unknown }] }),
        mistake('toBeChildOf', telemetry.span('sell web'), unknown),
        mistake('toHaveAttributes', telemetry.span('sell web'), unknown, {}),
        mistake('toHaveEvent', telemetry, unknown),
        mistake('toHaveLog', telemetry, unknown),
        mistake('toHaveException', telemetry, unknown),
        mistake('toHaveMetric', telemetry, unknown),
        mistake('toConformTo', telemetry, unknown),
        mistake('toHaveNoUnknownEvents', telemetry, unknown),
      ]),
    ).toMatchInlineSnapshot(`
      "toHaveSpan: undefined names no span. Give a name, a pattern, a function, or an operation of a catalogue. This process knows order.sell of shop, order.pack of shop, payment.charge of shop. What a catalogue lacks is undefined
      toHaveSpans: undefined names no span. Give a name, a pattern, a function, or an operation of a catalogue. This process knows order.sell of shop, order.pack of shop, payment.charge of shop. What a catalogue lacks is undefined
      toHaveTrace: tree: undefined names no span. Give a name, a pattern, a function, or an operation of a catalogue. This process knows order.sell of shop, order.pack of shop, payment.charge of shop. What a catalogue lacks is undefined
      toHaveTrace: tree.children[0]: undefined names no span. Give a name, a pattern, a function, or an operation of a catalogue. This process knows order.sell of shop, order.pack of shop, payment.charge of shop. What a catalogue lacks is undefined
      toBeChildOf: undefined names no span. Give a name, a pattern, a function, or an operation of a catalogue. This process knows order.sell of shop, order.pack of shop, payment.charge of shop. What a catalogue lacks is undefined
      toHaveAttributes: undefined is no emitter. Give the attributes by their names on the wire alone, or an operation of a catalogue and then its attributes
      toHaveEvent: undefined names no event. Give a name, a pattern, a function, or an occurrence of a catalogue. This process knows payment.refused of shop. What a catalogue lacks is undefined
      toHaveLog: undefined names no log record. Give a name, a pattern, a function, or an occurrence of a catalogue. This process knows payment.refused of shop. What a catalogue lacks is undefined
      toHaveException: undefined names no exception. Give its class, its type or a part of its message, or a pattern; or nothing, for any
      toHaveMetric: undefined names no metric. Give a name, a pattern, a function, or an emitter of a catalogue. This process knows order.sell of shop, order.pack of shop, payment.charge of shop, payment.refused of shop, stock.taken of shop, stock.left of shop, stock.weight of shop. What a catalogue lacks is undefined
      toConformTo: undefined is no catalogue. Give what catalogue() has returned. This process has made shop
      toHaveNoUnknownEvents: undefined is no catalogue. Give what catalogue() has returned. This process has made shop"
    `)
  })

  test('is an emitter of the wrong kind', () => {
    expect(
      asked((telemetry) => [
        mistake('toHaveSpan', telemetry, shop.payment.refused),
        mistake('toHaveSpans', telemetry, 1, shop.stock.left),
        mistake('toHaveTrace', telemetry, { span: shop.stock.taken }),
        mistake('toHaveTrace', telemetry, { span: 'sell web', events: [shop.order.pack] }),
        mistake('toBeLinkedTo', telemetry.span('sell web'), shop.payment.refused),
        mistake('toHaveAttributes', telemetry.span('sell web'), shop.payment.refused, { reason: 'expired' }),
        mistake('toHaveAttributes', telemetry.events()[0], shop.order.sell, { items: 1 }),
        mistake('toHaveEvent', telemetry, shop.order.sell),
        mistake('toHaveLog', telemetry, shop.stock.weight),
      ]),
    ).toMatchInlineSnapshot(`
      "toHaveSpan: payment.refused of shop is an occurrence, and makes no span. Operations do
      toHaveSpans: stock.left of shop is a gauge, and makes no span. Operations do
      toHaveTrace: tree: stock.taken of shop is a counter, and makes no span. Operations do
      toHaveTrace: tree.events: order.pack of shop is an operation, and makes no event. Occurrences do
      toBeLinkedTo: payment.refused of shop is an occurrence, and makes no span. Operations do
      toHaveAttributes: payment.refused of shop is an occurrence, and "sell web" is a span, of which an operation tells
      toHaveAttributes: order.sell of shop is an operation, and "shop.payment.refused" is an event, of which an occurrence tells
      toHaveEvent: order.sell of shop is an operation, and makes no event. Occurrences do
      toHaveLog: stock.weight of shop is a histogram, and makes no log record. Occurrences do"
    `)
  })

  test('is nothing that names one', () => {
    expect(
      asked((telemetry) => [
        mistake('toHaveSpan', telemetry, ''),
        mistake('toHaveSpan', telemetry, 3),
        mistake('toHaveEvent', telemetry, shop),
        mistake('toBeChildOf', telemetry.span('sell web'), null),
        mistake('toHaveException', telemetry, () => new Error('x')),
        mistake('toHaveException', telemetry, String),
        mistake('toHaveException', telemetry, ''),
        mistake('toConformTo', telemetry, shop.order),
        mistake('toHaveContext', telemetry, 'shop', { cart: 'c' }),
      ]),
    ).toMatchInlineSnapshot(`
      "toHaveSpan: an empty name names no span. Give a name, a pattern, a function, or an operation of a catalogue. This process knows order.sell of shop, order.pack of shop, payment.charge of shop
      toHaveSpan: 3 names no span. Give a name, a pattern, a function, or an operation of a catalogue. This process knows order.sell of shop, order.pack of shop, payment.charge of shop
      toHaveEvent: { order: [Object], payment: [Object], stock: [Object], within: [Function (anonymous)] } names no event. Give a name, a pattern, a function, or an occurrence of a catalogue. This process knows payment.refused of shop
      toBeChildOf: null names no span. Give a name, a pattern, a function, or an operation of a catalogue. This process knows order.sell of shop, order.pack of shop, payment.charge of shop
      toHaveException: a function names no exception. Give its class, its type or a part of its message, or a pattern; or nothing, for any
      toHaveException: the function String names no exception. Give its class, its type or a part of its message, or a pattern; or nothing, for any
      toHaveException: an empty text names no exception. Give its class, its type or a part of its message, or a pattern; or nothing, for any
      toConformTo: { sell: [Function], pack: [Function] } is no catalogue. Give what catalogue() has returned. This process has made shop
      toHaveContext: "shop" is no catalogue. Give what catalogue() has returned. This process has made shop"
    `)
  })

  test('is a span that is still open, or no traceparent', () => {
    expect(
      asked((telemetry) => {
        const open = trace.getTracer('x').startSpan('x')
        const said = [
          mistake('toBeChildOf', telemetry.span('sell web'), telemetry.open()[0]),
          mistake('toBeLinkedTo', telemetry.span('sell web'), { traceparent: '00-1-2' }),
        ]
        open.end()
        return said
      }),
    ).toMatchInlineSnapshot(`
      "toBeChildOf: the other span is still open. Give one that has ended, its operation, a name, or { traceparent }
      toBeLinkedTo: "00-1-2" is no traceparent, 00-<trace id>-<span id>-01"
    `)
  })
})

describe('what is expected of it', () => {
  test('is an attribute that the event type lacks, or no attributes', () => {
    expect(
      asked((telemetry) => [
        mistake('toHaveSpan', telemetry, shop.order.sell, { item: 3 }),
        mistake('toHaveSpans', telemetry, 1, shop.order.sell, { 'shop.order.items': 3 }),
        mistake('toHaveTrace', telemetry, { span: shop.order.sell, attributes: { chanel: 'web' } }),
        mistake('toHaveAttributes', telemetry.span('sell web'), shop.order.sell, { colour: 'red' }),
        mistake('toHaveEvent', telemetry, shop.payment.refused, { raeson: 'stolen' }),
        mistake('toHaveLog', telemetry, shop.payment.refused, { level: 'warn' }),
        mistake('toHaveMetric', telemetry, shop.stock.left, { dimensions: { kind: 'tea' } }),
        mistake('toHaveSpan', telemetry, 'sell web', [3]),
        mistake('toHaveSpan', telemetry, 'sell web', null),
        mistake('toHaveAttributes', telemetry.span('sell web')),
        mistake('toHaveAttributes', telemetry.span('sell web'), 'items', { items: 3 }),
        mistake('toHaveAttributes', telemetry.span('sell web'), shop.order.sell, undefined),
      ]),
    ).toMatchInlineSnapshot(`
      "toHaveSpan: order.sell of shop has no attribute "item". Did you mean "items"? It has: channel, items, customer
      toHaveSpans: order.sell of shop has no attribute "shop.order.items". It has: channel, items, customer
      toHaveTrace: tree.attributes: order.sell of shop has no attribute "chanel". Did you mean "channel"? It has: channel, items, customer
      toHaveAttributes: order.sell of shop has no attribute "colour". It has: channel, items, customer
      toHaveEvent: payment.refused of shop has no attribute "raeson". Did you mean "reason"? It has: reason
      toHaveLog: payment.refused of shop has no attribute "level". It has: reason. { level } is the argument after the attributes
      toHaveMetric: dimensions: stock.left of shop has no attribute "kind". It has: none
      toHaveSpan: attributes are an object of names and values, and not [ 3 ]
      toHaveSpan: attributes are an object of names and values, and not null
      toHaveAttributes: give the attributes that are expected by their names on the wire, or an emitter and then its attributes
      toHaveAttributes: "items" is no emitter. Give the attributes by their names on the wire alone, or an operation of a catalogue and then its attributes
      toHaveAttributes: give the attributes that are expected by their names on the wire, or an emitter and then its attributes"
    `)
  })

  test('is no number of spans', () => {
    expect(
      asked((telemetry) => [
        mistake('toHaveSpans', telemetry, -1),
        mistake('toHaveSpans', telemetry, 1.5),
        mistake('toHaveSpans', telemetry, shop.order.sell),
      ]),
    ).toMatchInlineSnapshot(`
      "toHaveSpans: the first argument says how many, a whole number from 0, and not -1
      toHaveSpans: the first argument says how many, a whole number from 0, and not 1.5
      toHaveSpans: the first argument says how many, a whole number from 0, and not the function emit"
    `)
  })

  test('is no status, kind or level', () => {
    expect(
      asked((telemetry) => [
        mistake('toHaveStatus', telemetry.span('sell web'), SpanStatusCode.ERROR),
        mistake('toHaveStatus', telemetry.span('sell web'), 'errors'),
        mistake('toHaveStatus', telemetry.span('sell web'), 'error', new Error('x')),
        mistake('toHaveKind', telemetry.span('sell web'), 'CLIENT'),
        mistake('toHaveEvent', telemetry, 'x', {}, { level: 'warning' }),
        mistake('toHaveEvent', telemetry, 'x', {}, 'warn'),
        mistake('toHaveLog', telemetry, 'x', {}, { levels: 'warn' }),
      ]),
    ).toMatchInlineSnapshot(`
      "toHaveStatus: 2 is not a status. It is one of unset, ok, error
      toHaveStatus: "errors" is not a status. Did you mean "error"? It is one of unset, ok, error
      toHaveStatus: the message is a text or a pattern, and not Error: x
      toHaveKind: "CLIENT" is not a kind of span. Did you mean "client"? It is one of internal, server, client, producer, consumer
      toHaveEvent: "warning" is no level. It is one of debug, info, warn, error, critical
      toHaveEvent: options are { level }, and not "warn"
      toHaveLog: there is no option "levels". Did you mean "level"? There is level"
    `)
  })

  test('is no tree', () => {
    const circle: Record<string, unknown> = { span: 'sell web' }
    circle['children'] = [{ span: 'pack', children: [circle] }]
    const below = (tree: object): object => ({ span: 'sell web', children: [{ span: 'pack' }, tree] })
    expect(
      asked((telemetry) => [
        mistake('toHaveTrace', telemetry, 'sell web'),
        mistake('toHaveTrace', telemetry, [{ span: 'sell web' }]),
        mistake('toHaveTrace', telemetry, { name: 'sell web' }),
        mistake('toHaveTrace', telemetry, { children: [{ span: 'pack' }] }),
        mistake('toHaveTrace', telemetry, { span: 'sell web', child: [] }),
        mistake('toHaveTrace', telemetry, below({ span: 'pack', Ordered: true })),
        mistake('toHaveTrace', telemetry, below({ span: 'pack', kind: 'local' })),
        mistake('toHaveTrace', telemetry, below({ span: 'pack', status: 'failed' })),
        mistake('toHaveTrace', telemetry, below({ span: 'pack', error: true })),
        mistake('toHaveTrace', telemetry, below({ span: 'pack', times: -1 })),
        mistake('toHaveTrace', telemetry, below({ span: 'pack', exact: 'yes' })),
        mistake('toHaveTrace', telemetry, below({ span: 'pack', ordered: 1 })),
        mistake('toHaveTrace', telemetry, below({ span: 'pack', children: { span: 'charge' } })),
        mistake('toHaveTrace', telemetry, below({ span: 'pack', events: 'x' })),
        mistake('toHaveTrace', telemetry, below({ span: 'pack', attributes: 'x' })),
        mistake('toHaveTrace', telemetry, { span: 'sell web', times: 2 }),
        mistake('toHaveTrace', telemetry, circle),
      ]),
    ).toMatchInlineSnapshot(`
      "toHaveTrace: tree is an object, { span, children, … }, and not "sell web"
      toHaveTrace: tree is an object, { span, children, … }, and not [ [Object] ]
      toHaveTrace: tree has a key "name", which does not exist. There are span, kind, status, error, attributes, events, children, times, exact, ordered
      toHaveTrace: tree does not say which span: { span: 'a name' }
      toHaveTrace: tree has a key "child", which does not exist. There are span, kind, status, error, attributes, events, children, times, exact, ordered
      toHaveTrace: tree.children[1] has a key "Ordered", which does not exist. Did you mean "ordered"? There are span, kind, status, error, attributes, events, children, times, exact, ordered
      toHaveTrace: tree.children[1].kind is "local", and can be internal, server, client, producer, consumer
      toHaveTrace: tree.children[1].status is "failed", and can be unset, ok, error
      toHaveTrace: tree.children[1].error is true, and can be a text, a pattern or false
      toHaveTrace: tree.children[1].times is -1, and can be a whole number from 0
      toHaveTrace: tree.children[1].exact is "yes", and can be true or false
      toHaveTrace: tree.children[1].ordered is 1, and can be true or false
      toHaveTrace: tree.children[1].children is { span: 'charge' }, and can be a list
      toHaveTrace: tree.children[1].events is "x", and can be a list
      toHaveTrace: tree.children[1].attributes: attributes are an object of names and values, and not "x"
      toHaveTrace: tree.times says how often a parent has such a child, and the top has no parent. See toHaveSpans
      toHaveTrace: tree.children[0].children[0] is a tree that contains itself"
    `)
  })

  test('is no number, though nothing was measured', () => {
    const of = (telemetry: TestTelemetry, expected: unknown): string =>
      mistake('toHaveMetric', telemetry, 'x', expected)
    expect(
      asked((telemetry) => [
        of(telemetry, 3),
        of(telemetry, null),
        of(telemetry, { increasedby: 3 }),
        of(telemetry, { value: '3' }),
        of(telemetry, { count: {} }),
        of(telemetry, { count: { atleast: 1 } }),
        of(telemetry, { count: { atLeast: '1' } }),
        of(telemetry, { sum: { atLeast: 3, atMost: 2 } }),
        of(telemetry, { sum: { atLeast: Number.NaN } }),
        of(telemetry, { quantile: 0.5 }),
        of(telemetry, { quantile: {} }),
        of(telemetry, { quantile: { 95: 2 } }),
        of(telemetry, { quantile: { half: 2 } }),
        of(telemetry, { quantile: { 0.5: 'two' } }),
        of(telemetry, { dimensions: 'tea' }),
      ]),
    ).toMatchInlineSnapshot(`
      "toHaveMetric: what is expected is an object, { dimensions, value, count, sum, increasedBy, quantile }, and not 3
      toHaveMetric: what is expected is an object, { dimensions, value, count, sum, increasedBy, quantile }, and not null
      toHaveMetric: "increasedby" cannot be expected of a metric. Did you mean "increasedBy"? It is one of dimensions, value, count, sum, increasedBy, quantile
      toHaveMetric: value is a number, { atLeast, atMost } or a matcher, and not "3"
      toHaveMetric: count is a number, { atLeast, atMost } or a matcher, and not {}
      toHaveMetric: count is a number, { atLeast, atMost } or a matcher, and not { atleast: 1 }
      toHaveMetric: count is a number, { atLeast, atMost } or a matcher, and not "1"
      toHaveMetric: sum: { atLeast: 3, atMost: 2 } is a range that holds nothing
      toHaveMetric: sum is a number, { atLeast, atMost } or a matcher, and not NaN
      toHaveMetric: quantile is an object of shares and values, { 0.95: { atMost: 2 } }, and not 0.5
      toHaveMetric: quantile is an object of shares and values, { 0.95: { atMost: 2 } }, and not {}
      toHaveMetric: a quantile's share is from 0 to 1, and not 95
      toHaveMetric: a quantile's share is from 0 to 1, and not half
      toHaveMetric: quantile 0.5 is a number, { atLeast, atMost } or a matcher, and not "two"
      toHaveMetric: dimensions: attributes are an object of names and values, and not "tea""
    `)
  })

  test('is a number that such an instrument does not have', () => {
    expect(
      asked((telemetry) => {
        shop.stock.taken.add(1, { kind: 'tea' })
        shop.stock.weight.record(100)
        shop.stock.left.set(7)
        using _asked = shop.stock.left.observe(() => 3)
        return [
          mistake('toHaveMetric', telemetry, shop.stock.weight, { value: 100 }),
          mistake('toHaveMetric', telemetry, shop.stock.left, { increasedBy: 7 }),
          mistake('toHaveMetric', telemetry, /^shop\.stock/, { count: 1 }),
        ]
      }),
    ).toMatchInlineSnapshot(`
      "toHaveMetric: shop.stock.weight is a histogram, and has no value. Expect count or sum
      toHaveMetric: shop.stock.left is a gauge, and has no increasedBy. There are several series: say which, by its dimensions
      toHaveMetric: that means 3 metrics: shop.stock.taken of shop, shop.stock.weight of shop, shop.stock.left of shop. Say which one"
    `)
  })

  test('is no context', () => {
    expect(
      asked((telemetry) => [
        mistake('toHaveContext', telemetry, shop, { card: 'c' }),
        mistake('toHaveContext', telemetry, shop, undefined),
        mistake('toHaveContext', telemetry, shop, {}),
        mistake('toHaveContext', telemetry, shop),
        mistake('toHaveContext', telemetry, {}),
        mistake('toHaveContext', telemetry, { runId: 3 }),
        mistake('toHaveContext', telemetry, 'r-1'),
        mistake('toHaveContext', telemetry),
      ]),
    ).toMatchInlineSnapshot(`
      "toHaveContext: the context of shop has no "card". Did you mean "cart"? It has: cart
      toHaveContext: give the ids that are expected, { workflowId: 'w1' }, or a catalogue and its context, and not undefined
      toHaveContext: give the ids that are expected, { workflowId: 'w1' }, or a catalogue and its context, and not {}
      toHaveContext: give the ids that are expected, { workflowId: 'w1' }, or a catalogue and its context, and not { order: [Object], payment: [Object], stock: [Object], within: [Function (anonymous)] }
      toHaveContext: give the ids that are expected, { workflowId: 'w1' }, or a catalogue and its context, and not {}
      toHaveContext: give the ids that are expected, { workflowId: 'w1' }, or a catalogue and its context, and not { runId: 3 }
      toHaveContext: give the ids that are expected, { workflowId: 'w1' }, or a catalogue and its context, and not "r-1"
      toHaveContext: give the ids that are expected, { workflowId: 'w1' }, or a catalogue and its context, and not undefined"
    `)
  })

  test('is no canary', () => {
    expect(
      asked((telemetry) => [
        mistake('toLeakNothing', telemetry),
        mistake('toLeakNothing', telemetry, 'Ann Ambrose'),
        mistake('toLeakNothing', telemetry, []),
        mistake('toLeakNothing', telemetry, ['Ann Ambrose', 'Ann']),
        mistake('toLeakNothing', telemetry, [/Ann/]),
      ]),
    ).toMatchInlineSnapshot(`
      "toLeakNothing: give a list of the values that must not leave, and not undefined
      toLeakNothing: give a list of the values that must not leave, and not "Ann Ambrose"
      toLeakNothing: give a list of the values that must not leave, and not []
      toLeakNothing: "Ann" is no canary: a text of at least 4 characters, that is nowhere else
      toLeakNothing: /Ann/ is no canary: a text of at least 4 characters, that is nowhere else"
    `)
  })
})
