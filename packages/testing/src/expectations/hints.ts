// Expectations stage: what is usually wrong when something is not there.
import type { Attributes, SpanRecord, StartedSpan } from '@proprio/store'
import { unclaimedRecording, type Recording } from '../recorder/index.ts'
import { nearest } from '../target/did-you-mean.ts'
import type { Target } from '../target/target.ts'
import { differing, type Wanted } from './attributes.ts'

/** A line for each, once; empty ones are left out. */
export const hints = (lines: readonly string[], atMost = Infinity): string =>
  [...new Set(lines)].filter(Boolean).slice(0, atMost).join('\n')

/** Chooses among finished and open spans. */
type Is = (span: SpanRecord) => boolean

/** Something is still open: perhaps what is looked for. */
export function openHint({ open }: Recording, is?: Is): string {
  if (open.length === 0) return ''
  const meant = is ? open.filter((span) => isSafely(is, span)) : []
  if (meant.length > 0)
    return `hint: ${named(meant)} ${meant.length === 1 ? 'is' : 'are'} still open, so this was asserted too early. ${awaitFirst}`
  return `hint: still open: ${named(open)}. Is something not awaited? ${awaitFirst}`
}

const awaitFirst = 'Await the code under test, or telemetry.settled(), first'

/** A span without a parent that began inside an open one. */
export function adriftHint(recording: Recording, spans: readonly SpanRecord[]): string {
  const lines = spans.flatMap(({ spanId, name }) => {
    const open = recording.adrift(spanId)
    return open
      ? [
          `hint: ${JSON.stringify(name)} has no parent, and began while ${quoted(open)} was open: perhaps its context was lost on the way, in an event emitter, a pool or a callback. See context.bind()`,
        ]
      : []
  })
  return [...new Set(lines)].slice(0, 3).join('\n')
}

/** The name is there in another case, or one that is nearly it. */
export function nameHint(name: string | undefined, names: readonly string[]): string {
  if (name === undefined || names.includes(name)) return ''
  const byCase = names.find((other) => other.toLowerCase() === name.toLowerCase())
  if (byCase !== undefined) return `hint: there is ${JSON.stringify(byCase)}: the names differ by case`
  const near = nearest(name, [...new Set(names)])
  return near === undefined ? '' : `hint: there is ${JSON.stringify(near)}; was that meant?`
}

/** A value that was expected in clear, and never leaves so. */
export function sensitiveHint(target: Pick<Target<never>, 'sensitive'>, actual: Attributes, wanted: Wanted): string {
  const lines = differing(actual, wanted).flatMap((name) => {
    const how = target.sensitive(name)
    return how === undefined ? [] : [`hint: ${name} is declared sensitive, so ${recordedAs[how]}`]
  })
  return hints(lines)
}

const recordedAs = {
  drop: 'it is never recorded',
  hash: 'a hash of it is recorded and not the value. Expect expect.any(String)',
  mask: "'***' is recorded and not the value",
} as const satisfies Record<NonNullable<ReturnType<Target<never>['sensitive']>>, string>

/** It is there, and could not be told to be this test's. */
export function unclaimedHint(recording: Recording, is: (unclaimed: Recording) => boolean): string {
  const unclaimed = unclaimedRecording()
  if (unclaimed === undefined || unclaimed === recording || !is(unclaimed)) return ''
  return 'hint: there is one that no test can be told to have caused, in telemetry.unclaimed(): neither its context nor its trace is of a test'
}

// A function of the test's own may ask for what only a finished span has.
function isSafely(is: Is, span: StartedSpan): boolean {
  try {
    return is(span as SpanRecord)
  } catch {
    return false
  }
}

const quoted = (names: readonly string[]): string => [...new Set(names)].map((name) => JSON.stringify(name)).join(', ')
const named = (spans: readonly { readonly name: string }[]): string => quoted(spans.map(({ name }) => name))
