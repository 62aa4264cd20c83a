// What is an exception, and which one is meant: of our emitters, of other libraries, and where only the kind of an error is told.
import { SpanStatusCode, trace } from '@opentelemetry/api'
import { captureException } from '@proprio/api'
import { describe, expect, test } from 'vitest'
import { assertException, recordTelemetry, type TestTelemetry } from '../index.ts'
import { CardExpired, shop } from './table/fixtures/shop.ts'

type Which = Parameters<typeof assertException>[1]

/** Of these, those that are met. */
function met(emit: () => void, ...which: readonly Which[]): readonly Which[] {
  return recordTelemetry((telemetry) => {
    emit()
    return which.filter((one) => isMet(telemetry, one))
  })
}

function isMet(telemetry: TestTelemetry, which: Which): boolean {
  try {
    assertException(telemetry, which)
    return true
  } catch {
    assertException.not(telemetry, which)
    return false
  }
}

const charge = (error: unknown) => () => shop.payment.charge({ amount: 1 }, (op) => op.fail(error))
const span = (change: (of: ReturnType<ReturnType<typeof trace.getTracer>['startSpan']>) => unknown) => () => {
  const made = trace.getTracer('bank').startSpan('pay')
  change(made)
  made.end()
}

class Renamed extends Error {
  override name = 'CARD_EXPIRED'
}

describe('an exception is met', () => {
  test('by its class: its own name, or that of all errors', () => {
    expect(met(charge(new CardExpired('in May')), CardExpired, Error, RangeError, TypeError)).toEqual([
      CardExpired,
      Error,
    ])
    expect(met(charge(new RangeError('x')), RangeError, Error, CardExpired)).toEqual([RangeError, Error])
    expect(met(charge(new AggregateError([new RangeError('x')], 'y')), AggregateError, RangeError)).toEqual([
      AggregateError,
    ])
  })

  test('by its type or a part of its message', () => {
    const which = ['CardExpired', 'Card', 'in May', 'May', 'in June', 'shop.payment']
    expect(met(charge(new CardExpired('expired in May')), ...which)).toEqual(['CardExpired', 'in May', 'May'])
    expect(met(charge(new Renamed('x')), 'CARD_EXPIRED', 'Renamed')).toEqual(['CARD_EXPIRED'])
  })

  test('by a pattern of either, more than once', () => {
    const pattern = /may/gi
    expect(met(charge(new CardExpired('in May')), pattern, pattern, /^Card/, /^in May$/, /June/)).toEqual([
      pattern,
      pattern,
      /^Card/,
      /^in May$/,
    ])
  })

  test('where what was thrown is no error', () => {
    expect(met(charge('gone'), 'gone', 'string', Error, CardExpired)).toEqual(['gone', 'string', Error])
  })

  test('where it was captured without an operation', () => {
    expect(met(() => captureException(new CardExpired('in May')), CardExpired, 'in May')).toHaveLength(2)
  })

  test('where another library has recorded it', () => {
    expect(
      met(
        span((it) => it.recordException(new CardExpired('in May'))),
        CardExpired,
        /May/,
        'Error',
      ),
    ).toHaveLength(2)
    expect(
      met(
        span((it) => it.recordException('gone')),
        'gone',
        '_OTHER',
      ),
    ).toEqual(['gone', '_OTHER'])
    expect(
      met(
        span((it) => it.addEvent('exception', { 'exception.type': 'Gone' })),
        'Gone',
        'x',
      ),
    ).toEqual(['Gone'])
  })

  test('where only the kind of an error is told', () => {
    const failed = span((it) =>
      it.setAttribute('error.type', '503').setStatus({ code: SpanStatusCode.ERROR, message: 'busy' }),
    )
    expect(met(failed, '503', 'busy', Error, CardExpired)).toEqual(['503', 'busy', Error])
  })

  test('not where a span has failed without one', () => {
    expect(
      met(
        span((it) => it.setStatus({ code: SpanStatusCode.ERROR, message: 'busy' })),
        'busy',
        Error,
      ),
    ).toEqual([])
  })
})

test('of one span those that are its own', () => {
  recordTelemetry((telemetry) => {
    shop.order.sell({ channel: 'web' }, () => {
      charge(new CardExpired('in May'))()
      trace.getActiveSpan()?.recordException(new RangeError('x'))
    })
    assertException(telemetry.span('charge'), CardExpired)
    assertException.not(telemetry.span('charge'), RangeError)
    assertException(telemetry.span('sell web'), RangeError)
    assertException.not(telemetry.span('sell web'), CardExpired)
  })
})

test('of several each is told, and none compared', () => {
  recordTelemetry((telemetry) => {
    charge(new CardExpired('in May'))()
    charge(new RangeError(''))()
    const open = shop.order.pack.start({})
    expect(() => assertException(telemetry, TypeError)).toThrowErrorMatchingInlineSnapshot(`
      [AssertionError: expected an exception TypeError, and there is only:
        CardExpired: in May
        RangeError

      hint: still open: "pack". Is something not awaited? Await the code under test, or telemetry.settled(), first

      the test has recorded:
      > charge [client] ! CardExpired: in May shop.payment.amount=1
      > charge [client] ! RangeError shop.payment.amount=1
        pack … still open]
    `)
    expect(() => assertException(telemetry, TypeError)).toThrow(expect.objectContaining({ actual: undefined }))
    open.end()
  })
})
