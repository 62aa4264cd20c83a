// Expectations stage: facts of one span, event or log record.
import { inspect } from 'node:util'
import { BOOKKEEPING, millisecondsBetween, type SpanRecord } from '@proprio/store'
import { describedEmitter, wireNameOf } from '../target/target.ts'
import { recordingBehind } from '../telemetry/index.ts'
import { asked, differences, meets, wantedAttributes } from './attributes.ts'
import { blocks, shownTraces } from './failure.ts'
import type { Outcome } from './outcome.ts'
import { type Carrier, carrierSubject, isSpan, spanSubject } from './subject.ts'

const codes = ['unset', 'ok', 'error'] as const satisfies readonly SpanRecord['status']['code'][]
const kinds = ['internal', 'server', 'client', 'producer', 'consumer'] as const satisfies readonly SpanRecord['kind'][]

export function haveStatus(subject: unknown, code: unknown, message?: unknown): Outcome {
  const span = spanSubject(subject, 'toHaveStatus')
  oneOf(codes, code, 'toHaveStatus', 'a status')
  if (message !== undefined && typeof message !== 'string' && !(message instanceof RegExp))
    throw new TypeError(`toHaveStatus: the message is a text or a pattern, and not ${inspect(message)}`)
  const { status } = span
  const said = status.message ?? ''
  const isMeant =
    message === undefined || (typeof message === 'string' ? said === message : said.search(message) !== -1)
  const wanted = message === undefined ? String(code) : `${String(code)}, ${inspect(message)}`
  const actual = said === '' ? status.code : `${status.code}, ${inspect(said)}`
  return fact(span, status.code === code && isMeant, `status ${wanted}`, actual, { actual, expected: wanted })
}

export function haveKind(subject: unknown, kind: unknown): Outcome {
  const span = spanSubject(subject, 'toHaveKind')
  oneOf(kinds, kind, 'toHaveKind', 'a kind of span')
  return fact(span, span.kind === kind, `kind ${String(kind)}`, span.kind, { actual: span.kind, expected: kind })
}

/** `attributes` alone go by their names on the wire; after an emitter, by its keys. */
export function haveAttributes(subject: unknown, ...given: readonly unknown[]): Outcome {
  const carrier = carrierSubject(subject, 'toHaveAttributes')
  const emitter = given.length > 1 ? describedEmitter(given[0]) : undefined
  if (given.length > 1 && !emitter)
    throw new TypeError(
      'toHaveAttributes: give attributes by their names on the wire, or an emitter of a catalogue and then its attributes',
    )
  const wireName = (key: string): string => (emitter ? wireNameOf(emitter, key) : key)
  if (given.at(-1) === undefined) throw new TypeError('toHaveAttributes: give the attributes that are expected')
  const wanted = wantedAttributes(given.at(-1), { wireName })
  const { attributes } = carrier
  const pass = meets(attributes, wanted)
  return {
    pass,
    message: () =>
      blocks(
        pass
          ? `expected ${named(carrier)} not to have these attributes, and it has: ${Object.keys(wanted).join(', ')}`
          : `expected ${named(carrier)} to have these attributes`,
        differences(attributes, wanted).join('\n'),
        shownBehind(carrier),
      ),
    ...(!pass && { actual: asked(attributes, wanted), expected: wanted }),
  }
}

export function beSlow(subject: unknown): Outcome {
  const span = spanSubject(subject, 'toBeSlow')
  const threshold = span.attributes[BOOKKEEPING.slowThreshold]
  const pass = typeof threshold === 'number'
  const took = `it took ${duration(span)}`
  return {
    pass,
    message: () =>
      blocks(
        pass
          ? `expected ${named(span)} not to be slow; ${took}, and its limit is ${threshold * 1000} ms`
          : `expected ${named(span)} to be slow; ${took}, and no limit was crossed`,
        pass || span.attributes[BOOKKEEPING.type] !== undefined
          ? undefined
          : 'hint: it is of no catalogue, and only a catalogue says when an operation is slow',
        shownBehind(span),
      ),
  }
}

const duration = ({ start, end }: SpanRecord): string => `${Math.round(millisecondsBetween(start, end) * 100) / 100} ms`

function fact(
  span: SpanRecord,
  pass: boolean,
  wanted: string,
  actual: string,
  compared: Pick<Outcome, 'actual' | 'expected'>,
): Outcome {
  return {
    pass,
    message: () =>
      blocks(
        pass
          ? `expected ${named(span)} not to have ${wanted}`
          : `expected ${named(span)} to have ${wanted}, and it is ${actual}`,
        shownBehind(span),
      ),
    ...(!pass && compared),
  }
}

function oneOf(known: readonly string[], value: unknown, expectation: string, what: string): void {
  if (typeof value === 'string' && known.includes(value)) return
  throw new TypeError(`${expectation}: ${inspect(value)} is not ${what}. It is one of ${known.join(', ')}`)
}

export function named(carrier: Carrier): string {
  if ('name' in carrier) return JSON.stringify(carrier.name)
  return carrier.eventName ? JSON.stringify(carrier.eventName) : `the log record ${inspect(carrier.body)}`
}

const shownBehind = (carrier: Carrier): string =>
  shownTraces(recordingBehind(carrier), isSpan(carrier) ? [carrier.spanId] : carrier.spanId ? [carrier.spanId] : [])
