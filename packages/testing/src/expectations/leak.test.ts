// Where a value may leave, and in which forms: it is found in each, wherever it begins in what is encoded.
import {
  context,
  createTraceState,
  logs,
  metrics,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assertLeaksNothing, recordTelemetry, type TestTelemetry } from '../index.ts'

const canary = 'Ann "Ambrosé" & Sons'

/** Whether it is found. */
function leaks(emit: () => void, value = canary): boolean {
  return recordTelemetry((telemetry) => {
    emit()
    return holds(telemetry, value)
  })
}

function holds(telemetry: TestTelemetry, value: string): boolean {
  try {
    assertLeaksNothing.not(telemetry, [value])
    return true
  } catch (error) {
    assertLeaksNothing(telemetry, [value])
    expect(error).toMatchObject({ name: 'AssertionError' })
    return false
  }
}

const tracer = trace.getTracer('leaks')
const attributed = (value: string): void => tracer.startSpan('x', { attributes: { value } }).end()

const encodings: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'in JSON': (text) => JSON.stringify({ text }),
  'in JSON in JSON': (text) => JSON.stringify(JSON.stringify({ text })),
  'URL-encoded': encodeURIComponent,
  'URL-encoded as a form': (text) => new URLSearchParams({ text }).toString(),
  'URL-encoded in lower case': (text) => encodeURIComponent(text).replace(/%../g, (escape) => escape.toLowerCase()),
  'in hex': (text) => Buffer.from(text).toString('hex'),
  'in hex in upper case': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'in base64': (text) => Buffer.from(text).toString('base64'),
  'in base64url': (text) => Buffer.from(text).toString('base64url'),
}

describe('a canary is found', () => {
  test.each(Object.entries(encodings))('%s, as a part of a longer text', (_, encode) => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 })
    const value = fc.string({ unit: 'grapheme', minLength: 4, maxLength: 30 })
    fc.assert(
      fc.property(text, value, text, (before, secret, after) => {
        expect(leaks(() => attributed(`begin ${encode(before + secret + after)} end`), secret)).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  test('with what is not ASCII escaped', () => {
    expect(leaks(() => attributed('{"name":"Ann \\"Ambros\\u00e9\\" & Sons"}'))).toBe(true)
  })

  test('in JSON inside of a map, and as a number', () => {
    const body = { payload: JSON.stringify({ name: canary }), account: [{ number: 4711_0815 }] }
    expect(leaks(() => logs.getLogger('leaks').emit({ body }))).toBe(true)
    expect(leaks(() => logs.getLogger('leaks').emit({ body }), '47110815')).toBe(true)
  })

  test('with half of a surrogate pair in it', () => {
    expect(leaks(() => attributed('abc\ufffddef'), 'abc\ud800def')).toBe(true)
  })

  const span = (change: (of: ReturnType<typeof tracer.startSpan>) => unknown): void => {
    const made = tracer.startSpan('x')
    change(made)
    made.end()
  }
  const log = (record: Parameters<ReturnType<typeof logs.getLogger>['emit']>[0]): void =>
    logs.getLogger('leaks').emit(record)
  const linked = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: TraceFlags.SAMPLED }

  test.each(
    Object.entries<() => void>({
      'in the name of a span': () => tracer.startSpan(`GET ${canary}`, { kind: SpanKind.CLIENT }).end(),
      'in its status': () => span((it) => it.setStatus({ code: SpanStatusCode.ERROR, message: canary })),
      'in the trace state': () => {
        const remote = { ...linked, isRemote: true, traceState: createTraceState().set('shop', canary) }
        tracer.startSpan('x', {}, trace.setSpanContext(context.active(), remote)).end()
      },
      'in an attribute': () => span((it) => it.setAttribute('a', canary)),
      'in the name of an attribute': () => span((it) => it.setAttribute(canary, 1)),
      'in a list': () => span((it) => it.setAttribute('a', ['x', canary])),
      'in the name of an event': () => span((it) => it.addEvent(canary)),
      'in an attribute of an event': () => span((it) => it.addEvent('e', { a: canary })),
      'in an exception': () => span((it) => it.recordException(new Error(canary))),
      'in an attribute of a link': () =>
        tracer.startSpan('x', { links: [{ context: linked, attributes: { a: canary } }] }).end(),
      'in the name of a scope': () => trace.getTracer(canary).startSpan('x').end(),
      'in the version of a scope': () => trace.getTracer('leaks', canary).startSpan('x').end(),
      'in the text of a log record': () => log({ body: `no ${canary} here` }),
      'in the map of a log record': () => log({ body: { customer: { name: canary } } }),
      'in the bytes of a log record': () => log({ body: Buffer.from(canary) }),
      'in bytes inside of a log record': () => log({ body: { customer: [Buffer.from(canary)] } }),
      'in an attribute of a log record': () => log({ attributes: { a: canary } }),
      'in the name of an event that is a log record': () => log({ eventName: canary }),
      'in the severity of a log record': () => log({ severityText: canary }),
      'in a dimension': () => metrics.getMeter('leaks').createCounter('c').add(1, { a: canary }),
      'in the description of a metric': () =>
        metrics.getMeter('leaks').createHistogram('h', { description: canary }).record(1),
    }),
  )('%s', (_, emit) => {
    expect(leaks(emit)).toBe(true)
    expect(leaks(emit, 'Ann Ambrose')).toBe(false)
  })

  test('in a span that is still open', () => {
    recordTelemetry((telemetry) => {
      const open = tracer.startSpan('x')
      expect(holds(telemetry, canary)).toBe(false)
      open.setAttribute('a', canary)
      expect(holds(telemetry, canary)).toBe(true)
      open.end()
    })
  })
})

test('nothing is found where there is nothing', () => {
  const other = fc.string({ unit: 'grapheme', maxLength: 50 }).filter((text) => !text.includes(canary))
  fc.assert(
    fc.property(other, (text) => {
      const all = Object.values(encodings).map((encode) => encode(text))
      expect(leaks(() => attributed(all.join(' ')))).toBe(false)
    }),
    { numRuns: 50 },
  )
  expect(leaks(() => undefined)).toBe(false)
})

test('each canary is told of by itself, once for each place', () => {
  recordTelemetry((telemetry) => {
    for (const _ of [1, 2]) attributed('first and second')
    logs.getLogger('leaks').emit({ body: 'second', attributes: { n: 1 } })
    expect(() => assertLeaksNothing(telemetry, ['first', 'second', 'third'])).toThrowErrorMatchingInlineSnapshot(`
      [AssertionError: expected no canary in any signal, and 3 places have one:
        "first" in value of span "x"
        "second" in value of span "x"
        "second" in the text of a log record

      hint: declare the attribute sensitive in its catalogue, or leave the value out of the text

      the test has recorded:
      > x value="first and second"
      > x value="first and second"]
    `)
  })
})
