// What failures say besides what MATCHERS.md shows: what came nearest of several, where it was lost, and what is left out of what is too long to read.
import { context, logs, metrics, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { captureException, catalogue, operation } from '@proprio/api'
import { describe, expect, test } from 'vitest'
import {
  assertAttributes,
  assertContext,
  assertDescendantOf,
  assertEvent,
  assertException,
  assertLeaksNothing,
  assertLinkedTo,
  assertLog,
  assertMetric,
  assertSlow,
  assertSpan,
  assertSpans,
  assertTrace,
  type ExpectedTrace,
  recordTelemetry,
  type TestTelemetry,
} from '../index.ts'
import { shop } from './table/fixtures/shop.ts'

const tracer = trace.getTracer('by.hand')

/** What it says when it fails. */
function said(ask: (telemetry: TestTelemetry) => void): string {
  return recordTelemetry((telemetry) => {
    telemetry.unclaimed().clear()
    try {
      ask(telemetry)
    } catch (error) {
      expect((error as Error).name).toBe('AssertionError')
      return (error as Error).message
    }
    throw new Error('it does not fail')
  })
}

const outside = (emit: () => void): void => context.with(ROOT_CONTEXT, emit)
const nest = (names: readonly string[], attributes = {}): void => {
  const [name, ...others] = names
  if (name !== undefined) tracer.startActiveSpan(name, { attributes }, (span) => (nest(others), span.end()))
}

describe('what came nearest', () => {
  test('is the one that differs least', () => {
    expect(
      said((telemetry) => {
        for (const attributes of [{ b: 2 }, { a: 1, b: 2 }, { a: 1 }]) tracer.startSpan('x', { attributes }).end()
        assertSpan(telemetry, 'x', { a: 1, b: 3, c: undefined })
      }),
    ).toMatchInlineSnapshot(`
      "expected a span "x" with these attributes

      the nearest differs:
        b: expected 3, was 2

      the test has recorded:
        x b=2
      > x a=1 b=2
        x a=1"
    `)
  })

  test('is none where there are too many', () => {
    expect(
      said((telemetry) => {
        for (const a of [1, 1, 2]) tracer.startSpan('x', { attributes: { a } }).end()
        assertSpans(telemetry, 1, 'x', { a: 1 })
      }),
    ).toMatchInlineSnapshot(`
      "expected exactly one span "x" with these attributes, and there are 2

      the test has recorded:
      > x a=1
      > x a=1
        x a=2"
    `)
  })

  test('is compared with what is expected, matchers that are met left out', () => {
    recordTelemetry((telemetry) => {
      tracer.startSpan('x', { attributes: { a: 1, b: 2, c: 3 } }).end()
      let compared: object | undefined
      try {
        assertSpan(telemetry, 'x', { a: expect.any(Number), b: 3 })
      } catch (error) {
        const { actual, expected } = error as { readonly actual: unknown; readonly expected: unknown }
        compared = { actual, expected }
      }
      expect(JSON.stringify(compared)).toBe('{"actual":{"a":1,"b":2},"expected":{"a":1,"b":3}}')
    })
  })

  test('is hinted at one time only', () => {
    expect(
      said((telemetry) => {
        nest(['sell web'])
        assertTrace(telemetry, { span: 'sell wbe', children: [{ span: 'sell wb' }] })
      }),
    ).toMatchInlineSnapshot(`
      "expected a trace like this at span "sell wbe"

      hint: there is "sell web"; was that meant?

      the test has recorded:
      sell web"
    `)
  })

  test('is no other event at another level', () => {
    expect(
      said((telemetry) => {
        shop.payment.refused({ reason: 'stolen' })
        assertEvent(telemetry, 'shop.sold', {}, { level: 'info' })
      }),
    ).not.toContain('hint')
  })

  test('has what was not to be there, and a text that is too long', () => {
    expect(
      said((telemetry) => {
        tracer.startSpan('x', { attributes: { a: 1, b: ['x'.repeat(300)] } }).end()
        assertSpan(telemetry, 'x', { a: undefined, b: { asymmetricMatch: () => false } })
      }),
    ).toMatchInlineSnapshot(`
      "expected a span "x" with these attributes

      the nearest differs:
        a: expected not to be there, was 1
        b: expected what the matcher takes, was [ 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…

      the test has recorded:
      > x a=1 b=["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"]"
    `)
  })

  test('is the nearest name, and the nearest series', () => {
    expect(
      said((telemetry) => {
        for (const name of ['shop.sold', 'shop.sale', 'shop.other']) tracer.startSpan(name).end()
        assertSpan(telemetry, 'shop.sales')
      }),
    ).toMatchInlineSnapshot(`
      "expected a span "shop.sales"

      hint: there is "shop.sale"; was that meant?

      the test has recorded:
      shop.sold
      shop.sale
      shop.other"
    `)
    expect(
      said((telemetry) => {
        const sold = metrics.getMeter('by.hand').createCounter('sold')
        sold.add(1, { a: 1, b: 1 })
        sold.add(2, { a: 1, b: 2 })
        assertMetric(telemetry, 'sold', { dimensions: { a: 1, b: 3 } })
      }),
    ).toMatchInlineSnapshot(`
      "expected a metric "sold" with a=1 b=3

      the nearest differs:
        b: expected 3, was 1

      the test has measured:
        sold (counter, no unit) count 1, value 1 a=1 b=1
        sold (counter, no unit) count 1, value 2 a=1 b=2"
    `)
  })
})

describe('what nobody can be told to have caused', () => {
  test.each<readonly [string, () => void, (telemetry: TestTelemetry) => void]>([
    ['a trace', () => nest(['x', 'y']), (telemetry) => assertTrace(telemetry, { span: 'x' })],
    ['an event', () => shop.payment.refused({}), (telemetry) => assertEvent(telemetry, shop.payment.refused)],
    ['a log record', () => shop.payment.refused({}), (telemetry) => assertLog(telemetry, /refused/)],
    ['a metric', () => shop.stock.taken.add(1), (telemetry) => assertMetric(telemetry, shop.stock.taken)],
    [
      'a parent',
      () => nest(['x']),
      (telemetry) => {
        nest(['y'])
        assertDescendantOf(telemetry.span('y'), 'x')
      },
    ],
  ])('%s', (_, emit, ask) => {
    const message = said((telemetry) => {
      outside(emit)
      ask(telemetry)
    })
    expect(message).toContain(
      'hint: there is one that no test can be told to have caused, in telemetry.unclaimed(): neither its context nor its trace is of a test',
    )
  })
})

describe('what is still open', () => {
  test('is told of though a function asks for what only a finished span has', () => {
    const open = tracer.startSpan('x')
    expect(
      said((telemetry) => {
        const inside = tracer.startSpan('y')
        try {
          assertSpan(telemetry, ({ status }) => status.code === 'ok')
        } finally {
          inside.end()
        }
      }),
    ).toMatchInlineSnapshot(`
      "expected a span for which the function answers true

      hint: still open: "y". Is something not awaited? Await the code under test, or telemetry.settled(), first

      the test has recorded:
      y … still open"
    `)
    open.end()
  })

  test('has no context to look at yet', () => {
    expect(
      said((telemetry) => {
        const open = tracer.startSpan('x')
        try {
          assertContext(telemetry, { runId: 'r' })
        } finally {
          open.end()
        }
      }),
    ).toMatchInlineSnapshot(`
      "expected this context on every span and log record, and there is none

      hint: still open: "x". Is something not awaited? Await the code under test, or telemetry.settled(), first

      the test has recorded:
      x … still open"
    `)
  })
})

describe('a trace', () => {
  test('of which the kind, status, error, attributes and events differ', () => {
    expect(
      said((telemetry) => {
        tracer.startActiveSpan('top', (top) => {
          const span = tracer.startSpan('x', { kind: SpanKind.CLIENT, attributes: { 'error.type': 'Gone', a: 1 } })
          span.addEvent('begun')
          span.setStatus({ code: SpanStatusCode.ERROR, message: 'no such thing' }).end()
          tracer.startSpan('y').end()
          top.end()
        })
        assertTrace(telemetry, {
          span: 'top',
          status: 'ok',
          children: [
            { span: 'x', kind: 'server', status: 'unset', error: false, events: ['begun', 'ended', /^done/] },
            { span: 'y', error: /gone/, attributes: { a: 1 } },
          ],
        })
      }),
    ).toMatchInlineSnapshot(`
      "expected a trace like this at span "top"

      the nearest differs:
        top: status: expected ok, was unset
        top > x: kind: expected server, was client
        top > x: status: expected unset, was error
        top > x: error: expected none, was Gone: no such thing
        top > x: no event "ended" on it
        top > x: no event /^done/ on it
        top > y: error: expected /gone/, was none
        top > y: a: expected 1, and it is not there

      the test has recorded:
      > top
          x [client] ! Gone: no such thing a=1
            · begun
          y"
    `)
  })

  test('with events on it: of a catalogue, by name and by pattern', () => {
    recordTelemetry((telemetry) => {
      shop.order.sell({ channel: 'web' }, () => {
        shop.payment.refused({ reason: 'stolen' })
        trace.getActiveSpan()?.addEvent('done')
      })
      assertTrace(telemetry, { span: shop.order.sell, events: [shop.payment.refused, 'done', /^shop/] })
      assertTrace.not(telemetry, { span: shop.order.sell, events: [shop.payment.refused, 'begun'] })
    })
  })

  test('of which the error is another', () => {
    recordTelemetry((telemetry) => {
      const span = tracer.startSpan('x', { attributes: { 'error.type': 'Gone' } })
      span.setStatus({ code: SpanStatusCode.ERROR, message: 'no such thing' }).end()
      for (const error of ['Gone', 'such', /^no/, /^Gone$/]) assertTrace(telemetry, { span: 'x', error })
      for (const error of ['gone', /^such/, false] as const) assertTrace.not(telemetry, { span: 'x', error })
      expect(() => assertTrace(telemetry, { span: 'x', error: 'gone' })).toThrow(
        'error: expected "gone", was Gone: no such thing',
      )
    })
  })

  test('of which the nearest is the most alike itself, of many and of siblings', () => {
    expect(
      said((telemetry) => {
        for (let n = 0; n < 50; n++) tracer.startSpan('x', { attributes: { n } }).end()
        assertTrace(telemetry, { span: 'x', attributes: { n: 40 }, children: [{ span: 'y' }] })
      }).split('\n\n')[1],
    ).toMatchInlineSnapshot(`
      "the nearest differs:
        x: no child span "y""
    `)
    expect(
      said((telemetry) => {
        tracer.startActiveSpan('top', (top) => {
          for (const n of [1, 2, 3]) tracer.startSpan('x', { attributes: { n, even: n % 2 === 0 } }).end()
          top.end()
        })
        assertTrace(telemetry, { span: 'top', children: [{ span: 'x', attributes: { n: 4, even: true } }] })
      }).split('\n\n')[1],
    ).toMatchInlineSnapshot(`
      "the nearest differs:
        top > x: n: expected 4, was 2"
    `)
  })

  test('of which each child answers for one only', () => {
    expect(
      said((telemetry) => {
        tracer.startActiveSpan('top', (top) => (nest(['x']), top.end()))
        assertTrace(telemetry, { span: 'top', children: [{ span: 'x' }, { span: 'x' }, { span: 'y', times: 2 }] })
      }),
    ).toMatchInlineSnapshot(`
      "expected a trace like this at span "top"

      the nearest differs:
        top: no further child span "x": it is there once, and each answers for one expected child only
        top: no child span "y", and it was expected twice

      the test has recorded:
      > top
          x"
    `)
  })

  test('of which one was not to be there', () => {
    expect(
      said((telemetry) => {
        tracer.startActiveSpan('top', (top) => (nest(['x']), top.end()))
        assertTrace(telemetry, { span: 'top', children: [{ span: 'x', times: 0 }] })
      }),
    ).toMatchInlineSnapshot(`
      "expected a trace like this at span "top"

      the nearest differs:
        top: child span "x" is there, and was not to be

      the test has recorded:
      > top
          x"
    `)
  })

  test('that differs in too many ways', () => {
    expect(
      said((telemetry) => {
        tracer.startActiveSpan('top', (top) => (nest(['x']), top.end()))
        const children = Array.from({ length: 20 }, (_, n) => ({ span: `y${n}`, children: [{ span: 'z' }] }))
        assertTrace(telemetry, { span: 'top', children })
      }),
    ).toMatchInlineSnapshot(`
      "expected a trace like this at span "top"

      the nearest differs:
        top: no child span "y0"
        top: no child span "y1"
        top: no child span "y2"
        top: no child span "y3"
        top: no child span "y4"
        top: no child span "y5"
        top: no child span "y6"
        top: no child span "y7"
        top: no child span "y8"
        top: no child span "y9"
        top: no child span "y10"
        top: no child span "y11"
        … 8 more

      the test has recorded:
      > top
          x"
    `)
  })

  test('that is compared for a diff to a depth that can be read', () => {
    recordTelemetry((telemetry) => {
      const names = Array.from({ length: 15 }, (_, n) => `level ${n}`)
      nest(names)
      const downTo = (level: number, last: Omit<ExpectedTrace, 'span'>): ExpectedTrace =>
        names.slice(0, level).reduceRight((below: ExpectedTrace, span) => ({ span, children: [below] }), {
          span: `level ${level}`,
          ...last,
        })
      const compared = (tree: ExpectedTrace): unknown => {
        try {
          return assertTrace(telemetry, tree)
        } catch (error) {
          return (error as { readonly actual?: unknown }).actual
        }
      }
      expect(JSON.stringify(compared(downTo(11, { kind: 'client' })))).toMatch(/"level 11","kind":"internal"/)
      expect(compared(downTo(14, { kind: 'client' }))).toBeUndefined()
      const missing = JSON.stringify(compared(downTo(11, { children: [{ span: 'other', children: [{ span: 'x' }] }] })))
      expect(missing).toMatch(/"level 11","children":\[\]/)
    })
  })
})

describe('what is long', () => {
  test('is shown around what is spoken of', () => {
    expect(
      said((telemetry) => {
        for (let n = 0; n < 200; n++) tracer.startSpan('x', { attributes: { n } }).end()
        assertSpan(telemetry, ({ attributes }) => attributes['n'] === 100, { n: 101 })
      }),
    ).toMatchInlineSnapshot(`
      "expected a span for which the function answers true with these attributes

      the nearest differs:
        n: expected 101, was 100

      the test has recorded:
        x n=0
        x n=1
        x n=2
        x n=3
        x n=4
        x n=5
        … 88 more
        x n=94
        x n=95
        x n=96
        x n=97
        x n=98
        x n=99
      > x n=100
        x n=101
        x n=102
        x n=103
        x n=104
        x n=105
        x n=106
        … 93 more"
    `)
  })

  test('is shown from its beginning', () => {
    const message = said((telemetry) => {
      for (let n = 0; n < 200; n++) tracer.startSpan('x').end()
      assertSpan(telemetry, 'nothing of all this')
    })
    expect(message.split('\n').slice(-2)).toEqual(['x', '  … 120 more'])
  })

  test('is not shown as far in as it is', () => {
    const message = said((telemetry) => {
      nest(Array.from({ length: 30 }, (_, n) => `level ${n}`))
      assertSpans(telemetry, 2, 'level 29')
    })
    expect(message.split('\n').slice(-12)).toMatchInlineSnapshot(`
      [
        "                                      level 18",
        "                                        level 19",
        "  (level 21) level 20",
        "  (level 22) level 21",
        "  (level 23) level 22",
        "  (level 24) level 23",
        "  (level 25) level 24",
        "  (level 26) level 25",
        "  (level 27) level 26",
        "  (level 28) level 27",
        "  (level 29) level 28",
        "> (level 30) level 29",
      ]
    `)
  })

  test('is told of in part: what is above, and what lacks a context', () => {
    expect(
      said((telemetry) => {
        nest(Array.from({ length: 9 }, (_, n) => `level ${n}`))
        assertDescendantOf(telemetry.span('level 8'), 'level 8')
      }).split('\n')[0],
    ).toMatchInlineSnapshot(
      `"expected "level 8" to be below span "level 8", and it is below "level 7", which is below "level 6", which is below "level 5", which is below "level 4", which is below "level 3", which is below "level 2", and 2 more"`,
    )
    expect(
      said((telemetry) => {
        nest(Array.from({ length: 9 }, (_, n) => `level ${n}`))
        assertContext(telemetry, { runId: 'r' })
      })
        .split('\n')
        .slice(0, 8),
    ).toMatchInlineSnapshot(`
      [
        "expected all 9 spans and log records to carry this context, and 9 records do not:",
        "  "level 0": proprio.run.id: expected "r", and it is not there",
        "  "level 1": proprio.run.id: expected "r", and it is not there",
        "  "level 2": proprio.run.id: expected "r", and it is not there",
        "  "level 3": proprio.run.id: expected "r", and it is not there",
        "  "level 4": proprio.run.id: expected "r", and it is not there",
        "  … and 4 more",
        "",
      ]
    `)
  })
})

describe('of what has no telemetry, no span or no name', () => {
  test('a copy of a span', () => {
    expect(
      said((telemetry) => {
        nest(['x'])
        const { events, links, start, end, ...copy } = telemetry.span('x')
        assertEvent({ ...copy, events, links, start, end, status: { code: 'unset' }, resource: {} } as never, 'done')
      }),
    ).toMatchInlineSnapshot(`
      "expected an event "done"

      the span has no event"
    `)
  })

  test('an exception and a log record outside of every span', () => {
    expect(
      said((telemetry) => {
        captureException(new RangeError('too many'))
        assertException(telemetry, 'too few')
      }),
    ).toMatchInlineSnapshot(`
      "expected an exception "too few", and there is only:
        RangeError: too many

      the test has recorded:
      · exception (error) exception.message="too many" exception.type="RangeError""
    `)
    expect(
      said((telemetry) => {
        logs.getLogger('by.hand').emit({ body: 'done', attributes: { n: 1 } })
        assertAttributes(telemetry.logs()[0]!, { n: 2 })
      }),
    ).toMatchInlineSnapshot(`
      "expected the log record "done" to have these attributes:
        n: expected 2, was 1"
    `)
    expect(
      said((telemetry) => {
        shop.payment.refused({ reason: 'stolen' })
        assertAttributes(telemetry.logs()[0]!, shop.payment.refused, { reason: 'expired' })
      }),
    ).toMatchInlineSnapshot(`
      "expected "shop.payment.refused" to have these attributes:
        shop.payment.reason: expected "expired", was "stolen""
    `)
  })

  test('a log record without a level or a text', () => {
    expect(
      said((telemetry) => {
        logs.getLogger('by.hand').emit({ body: { n: 1 } })
        assertLog(telemetry, 'done')
      }),
    ).toMatchInlineSnapshot(`
      "expected a log record "done"

      the test has recorded:
      · { n: 1 }"
    `)
    expect(said((telemetry) => assertLog(telemetry, 'done'))).toMatchInlineSnapshot(`
      "expected a log record "done"

      the test has recorded no log record"
    `)
  })

  test('records outside of every span, beside one', () => {
    recordTelemetry((telemetry) => {
      nest(['x'])
      logs.getLogger('by.hand').emit({ eventName: 'begun' })
      logs.getLogger('by.hand').emit({})
      captureException('gone')
      const [begun] = telemetry.logs()
      expect(() => assertAttributes(begun!, { n: 1 })).toThrowErrorMatchingInlineSnapshot(`
        [AssertionError: expected "begun" to have these attributes:
          n: expected 1, and it is not there

        the test has recorded:
        x
        · begun
        · exception (error) exception.message="gone" exception.type="string"]
      `)
      expect(() => assertContext(telemetry, { runId: 'r' })).toThrowErrorMatchingInlineSnapshot(`
        [AssertionError: expected all 4 spans and log records to carry this context, and 4 records do not:
          "x": proprio.run.id: expected "r", and it is not there
          "begun": proprio.run.id: expected "r", and it is not there
          a log record without a text: proprio.run.id: expected "r", and it is not there
          "exception": proprio.run.id: expected "r", and it is not there

        hint: what withContext() and within() say is on what begins inside of their function, and on nothing else

        the test has recorded:
        > x
          · begun
          · exception (error) exception.message="gone" exception.type="string"]
      `)
      expect(() => assertLog(telemetry, 'done')).toThrowErrorMatchingInlineSnapshot(`
        [AssertionError: expected a log record "done"

        hint: there is "gone"; was that meant?

        the test has recorded:
        · begun
        · no text
        · "gone" (error) exception.message="gone" exception.type="string"]
      `)
      expect(() => assertException.not(telemetry)).toThrowErrorMatchingInlineSnapshot(`
        [AssertionError: expected no exception, and there is:
          string: gone

        the test has recorded:
        x
        · begun
        · exception (error) exception.message="gone" exception.type="string"]
      `)
    })
  })

  test('a link to a span that is elsewhere', () => {
    expect(
      said((telemetry) => {
        nest(['x'])
        const elsewhere = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 }
        tracer.startSpan('y', { links: [{ context: elsewhere }] }).end()
        assertLeaksNothing(telemetry, ['a canary'])
        assertLinkedTo(telemetry.span('y'), 'x')
      }),
    ).toMatchInlineSnapshot(`
      "expected "y" to be linked to span "x", and it is linked to a span that is not of this test

      the test has recorded:
        x
      > y → elsewhere"
    `)
  })

  test('an operation that is slow without a limit of its own', () => {
    const plain = catalogue(
      'plain',
      { version: '1.0.0' },
      { task: { run: operation({ summary: 'x', span: 'run', attributes: {} }) } },
    )
    expect(
      said((telemetry) => {
        plain.task.run({}, () => undefined)
        assertSlow(telemetry.span('run'))
      }),
    ).toContain("hint: its catalogue states no limit for it, such as slow: { warn: '1s' }")
    recordTelemetry((telemetry) => {
      expect(() => assertContext(telemetry, plain, { cart: 'c' } as never)).toThrow(
        'toHaveContext: the context of plain has no "cart". It has: none',
      )
      plain.task.run({}, (op) => op.fail(new RangeError('x')))
      assertSpan(telemetry, plain.task.run, { 'error.type': 'RangeError' })
    })
  })
})

test('what another scope emits by the same names is not of the catalogue', () => {
  recordTelemetry((telemetry) => {
    trace
      .getTracer('other')
      .startSpan('pack', { attributes: { 'proprio.type': 'order.pack' } })
      .end()
    logs.getLogger('other').emit({ eventName: 'shop.payment.refused' })
    metrics.getMeter('other').createCounter('shop.stock.taken').add(1)
    assertSpan.not(telemetry, shop.order.pack)
    assertEvent.not(telemetry, shop.payment.refused)
    assertLog.not(telemetry, shop.payment.refused)
    assertMetric.not(telemetry, shop.stock.taken)
  })
})

test('a pattern that remembers where it was answers the same every time', () => {
  recordTelemetry((telemetry) => {
    nest(['x'])
    const pattern = /x/g
    for (let n = 0; n < 3; n++) assertSpan(telemetry, pattern)
  })
})

test('a number that is to be as a matcher says', () => {
  recordTelemetry((telemetry) => {
    shop.stock.taken.add(3)
    assertMetric(telemetry, shop.stock.taken, { value: expect.closeTo(3.001, 1) })
    expect(() =>
      assertMetric(telemetry, shop.stock.taken, { value: expect.closeTo(4, 1), count: { atLeast: 2, atMost: 3 } }),
    ).toThrow('value: expected NumberCloseTo 4 (1 digit), was 3\n  count: expected from 2 to 3, was 1')
    expect(() => assertMetric.not(telemetry, shop.stock.taken)).toThrow(
      'expected no metric stock.taken of shop, and it was measured',
    )
  })
})

test('of many catalogues some emitters are named', () => {
  const task = Object.fromEntries(
    Array.from({ length: 30 }, (_, n) => [`run${n}`, operation({ summary: 'x', span: `run ${n}`, attributes: {} })]),
  )
  catalogue('many', { version: '1.0.0' }, { task })
  recordTelemetry((telemetry) => {
    expect(() => assertSpan(telemetry, undefined as never)).toThrow(/, \d+ more\. What a catalogue lacks is undefined$/)
  })
})
