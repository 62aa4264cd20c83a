// Expectations stage: facts of one span, event or log record.
import type { EventTypeDescription } from '@proprio/api'
import { BOOKKEEPING, millisecondsBetween, type SpanRecord } from '@proprio/store'
import { knownCatalogues } from '../target/catalogues.ts'
import { didYouMean } from '../target/did-you-mean.ts'
import { Mistake } from '../target/mistake.ts'
import { shown } from '../target/shown.ts'
import { articled, describedEmitter, sensitiveOf, wireNameOf } from '../target/target.ts'
import { recordingBehind } from '../telemetry/index.ts'
import { asked, differences, meets, metAsTheyAre, wantedAttributes } from './attributes.ts'
import { blocks, shownTraces } from './failure.ts'
import { sensitiveHint } from './hints.ts'
import type { Outcome } from './outcome.ts'
import { type Carrier, carrierSubject, isSpan, spanSubject } from './subject.ts'

const codes = ['unset', 'ok', 'error'] as const satisfies readonly SpanRecord['status']['code'][]
const kinds = ['internal', 'server', 'client', 'producer', 'consumer'] as const satisfies readonly SpanRecord['kind'][]

export function haveStatus(subject: unknown, code: unknown, message?: unknown): Outcome {
  const span = spanSubject(subject)
  oneOf(codes, code, 'a status')
  if (message !== undefined && typeof message !== 'string' && !(message instanceof RegExp))
    throw new Mistake(`the message is a text or a pattern, and not ${shown(message)}`)
  const { status } = span
  const said = status.message ?? ''
  const isMeant =
    message === undefined || (typeof message === 'string' ? said === message : said.search(message) !== -1)
  const pass = status.code === code && isMeant
  const hint = code === 'ok' && status.code === 'unset' ? unsetHint : undefined
  return fact(span, pass, `status ${statusText(code, message)}`, statusText(status.code, said || undefined), hint, {
    actual: { code: status.code, ...(message !== undefined && { message: said }) },
    expected: { code, ...(message !== undefined && { message: isMeant ? said : message }) },
  })
}

const unsetHint = "hint: what succeeds is 'unset'; 'ok' is said by hand alone"

const statusText = (code: unknown, message: unknown): string =>
  message === undefined ? String(code) : `${String(code)} with the message ${shown(message)}`

export function haveKind(subject: unknown, kind: unknown): Outcome {
  const span = spanSubject(subject)
  oneOf(kinds, kind, 'a kind of span')
  return fact(span, span.kind === kind, `kind ${String(kind)}`, span.kind, undefined, {
    actual: span.kind,
    expected: kind,
  })
}

/** `attributes` alone go by their names on the wire; after an emitter, by its keys. */
export function haveAttributes(subject: unknown, ...given: readonly unknown[]): Outcome {
  const carrier = carrierSubject(subject)
  const attributesGiven = given.at(-1)
  if (attributesGiven === undefined || given.length > 2)
    throw new Mistake(
      'give the attributes that are expected by their names on the wire, or an emitter and then its attributes',
    )
  const emitter = given.length > 1 ? emitterFor(carrier, given[0]) : undefined
  const target = {
    wireName: (key: string) => (emitter ? wireNameOf(emitter, key) : key),
    sensitive: (name: string) => emitter && sensitiveOf(emitter, name),
  }
  const wanted = wantedAttributes(attributesGiven, target)
  const { attributes } = carrier
  const pass = meets(attributes, wanted)
  return {
    pass,
    message: () =>
      blocks(
        pass
          ? `expected ${named(carrier)} not to have these attributes, and it has: ${Object.keys(wanted).join(', ')}`
          : `expected ${named(carrier)} to have these attributes:\n${differences(attributes, wanted)
              .map((line) => `  ${line}`)
              .join('\n')}`,
        pass ? undefined : sensitiveHint(target, attributes, wanted),
        shownBehind(carrier),
      ),
    ...(!pass && { actual: asked(attributes, wanted), expected: metAsTheyAre(attributes, wanted) }),
  }
}

/** @throws Mistake for what is no emitter of such a carrier */
function emitterFor(carrier: Carrier, given: unknown): NonNullable<ReturnType<typeof describedEmitter>> {
  const emitter = describedEmitter(given)
  const kind = isSpan(carrier) ? 'operation' : 'occurrence'
  if (emitter?.eventType.kind === kind) return emitter
  const what = isSpan(carrier) ? 'a span' : 'an event'
  throw new Mistake(
    emitter
      ? `${emitter.eventType.type} of ${emitter.catalogue} is ${articled(emitter.eventType.kind)}, and ${named(carrier)} is ${what}, of which ${articled(kind)} tells`
      : `${shown(given)} is no emitter. Give the attributes by their names on the wire alone, or ${articled(kind)} of a catalogue and then its attributes`,
  )
}

export function beSlow(subject: unknown): Outcome {
  const span = spanSubject(subject)
  const threshold = span.attributes[BOOKKEEPING.slowThreshold]
  const pass = typeof threshold === 'number'
  return {
    pass,
    message: () =>
      blocks(
        pass
          ? `expected ${named(span)} not to be slow, and it took ${duration(span)}, with a limit of ${limitText(threshold)}`
          : `expected ${named(span)} to be slow, and it took ${duration(span)}${limitsText(span)}`,
        pass ? undefined : limitlessHint(span),
        shownBehind(span),
      ),
  }
}

const limitText = (seconds: number): string => `${rounded(seconds * 1000)} ms`

function limitsText(span: SpanRecord): string {
  const limits = Object.values(eventTypeOf(span)?.slow ?? {})
  return limits.length === 0 ? '' : `, with a limit of ${limitText(Math.min(...limits))}`
}

function limitlessHint(span: SpanRecord): string | undefined {
  const eventType = eventTypeOf(span)
  if (eventType === undefined) return 'hint: it is of no catalogue, and only a catalogue says when an operation is slow'
  return eventType.slow ? undefined : "hint: its catalogue states no limit for it, such as slow: { warn: '1s' }"
}

const eventTypeOf = ({ scope, attributes }: SpanRecord): EventTypeDescription | undefined =>
  knownCatalogues()
    .filter(({ name }) => name === scope.name)
    .flatMap(({ eventTypes }) => eventTypes)
    .find(({ type }) => type === attributes[BOOKKEEPING.type])

const rounded = (ms: number): number => Math.round(ms * 100) / 100

const duration = ({ start, end }: SpanRecord): string => `${rounded(millisecondsBetween(start, end))} ms`

function fact(
  span: SpanRecord,
  pass: boolean,
  wanted: string,
  actual: string,
  hint: string | undefined,
  compared: Pick<Outcome, 'actual' | 'expected'>,
): Outcome {
  return {
    pass,
    message: () =>
      blocks(
        pass
          ? `expected ${named(span)} not to have ${wanted}, and it has`
          : `expected ${named(span)} to have ${wanted}, and it is ${actual}`,
        pass ? undefined : hint,
        shownBehind(span),
      ),
    ...(!pass && compared),
  }
}

function oneOf(known: readonly string[], value: unknown, what: string): void {
  if (typeof value === 'string' && known.includes(value)) return
  const near = typeof value === 'string' ? didYouMean(value, known) : ''
  throw new Mistake(`${shown(value)} is not ${what}.${near} It is one of ${known.join(', ')}`)
}

export function named(carrier: Carrier): string {
  if ('name' in carrier) return JSON.stringify(carrier.name)
  if (carrier.eventName) return JSON.stringify(carrier.eventName)
  return carrier.body === undefined ? 'a log record without a text' : `the log record ${shown(carrier.body)}`
}

function shownBehind(carrier: Carrier): string {
  const recording = recordingBehind(carrier)
  // Of a log record outside of every span there is no more to show.
  return recording?.begun.length === 0
    ? ''
    : shownTraces(recording, carrier.spanId === undefined ? [] : [carrier.spanId])
}
