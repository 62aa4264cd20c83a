// Target stage: which span, event, log record or metric is meant. By an emitter of a catalogue, which knows its type and the names of its attributes; by
// name, pattern or function where there is no catalogue.
import { type DescribedEmitter, emitterDescription } from '@proprio/api/runtime'
import { knownCatalogues } from './catalogues.ts'
import { didYouMean } from './did-you-mean.ts'
import type { Kind } from './kinds.ts'
import { Mistake } from './mistake.ts'
import { shown } from './shown.ts'

/** One that is meant. */
export interface Target<Entry> {
  /** For messages: `span "x"`. */
  readonly text: string
  /** For messages of several: `spans "x"`. */
  readonly many: string
  /** Where one name is meant. */
  readonly name?: string
  /** Whether that is one, whatever its attributes. */
  is(entry: Entry): boolean
  /** The name on the wire of an attribute. Throws for one that the event type lacks. */
  wireName(key: string): string
  /** How a sensitive attribute of that name on the wire is recorded. */
  sensitive(wireName: string): 'drop' | 'hash' | 'mask' | undefined
}

/** Whichever there is of that kind. */
export const anyOf = <Entry>(kind: Kind<Entry>): Target<Entry> => ({
  text: kind.noun,
  many: `${kind.noun}s`,
  is: () => true,
  ...asWritten,
})

/** @throws Mistake for what names none of that kind */
export function targetOf<Entry>(which: unknown, kind: Kind<Entry>): Target<Entry> {
  const emitter = describedEmitter(which)
  if (emitter) return ofEmitter(emitter, kind)
  if (typeof which === 'string' && which !== '')
    return {
      ...worded(kind, JSON.stringify(which)),
      name: which,
      is: (entry) => kind.nameOf(entry) === which,
      ...asWritten,
    }
  if (which instanceof RegExp)
    return {
      ...worded(kind, String(which)),
      // Not test(): that of a pattern with the flag g answers otherwise the second time.
      is: (entry) => kind.nameOf(entry).search(which) !== -1,
      ...asWritten,
    }
  if (typeof which === 'function') {
    const choose = which as (entry: Entry) => unknown
    return {
      ...worded(kind, 'for which the function answers true'),
      is: (entry) => choose(entry) === true,
      ...asWritten,
    }
  }
  throw namesNone(which, kind)
}

const worded = ({ noun }: Pick<Kind<never>, 'noun'>, which: string): Pick<Target<never>, 'text' | 'many'> => ({
  text: `${noun} ${which}`,
  many: `${noun}s ${which}`,
})

const asWritten: Pick<Target<never>, 'wireName' | 'sensitive'> = { wireName: (key) => key, sensitive: () => undefined }

/** Event types that are listed. */
const listedAtMost = 20

function namesNone<Entry>(which: unknown, { noun, emitters }: Kind<Entry>): Mistake {
  const [only, ...others] = emitters
  const emitter = only === undefined || others.length > 0 ? 'an emitter' : articled(only)
  const known = knownCatalogues().flatMap(({ name, eventTypes }) =>
    eventTypes.flatMap(({ type, kind }) => (emitters.includes(kind) ? [`${type} of ${name}`] : [])),
  )
  const left = known.length - listedAtMost
  const list = [...known.slice(0, listedAtMost), ...(left > 0 ? [`${left} more`] : [])].join(', ')
  return new Mistake(
    [
      `${which === '' ? 'an empty name' : shown(which)} names no ${noun}. Give a name, a pattern, a function, or ${emitter} of a catalogue`,
      ...(known.length === 0 ? [] : [`This process knows ${list}`]),
      ...(which === undefined ? ['What a catalogue lacks is undefined'] : []),
    ].join('. '),
  )
}

const described = new WeakMap<object, DescribedEmitter>()

/** What an emitter emits; undefined for what is none. */
export function describedEmitter(value: unknown): DescribedEmitter | undefined {
  if (typeof value !== 'function' && (typeof value !== 'object' || value === null)) return undefined
  const known = described.get(value) ?? emitterDescription(value)
  if (known) described.set(value, known)
  return known
}

function ofEmitter<Entry>(emitter: DescribedEmitter, kind: Kind<Entry>): Target<Entry> {
  const { catalogue, eventType } = emitter
  const { type } = eventType
  if (!kind.emitters.includes(eventType.kind))
    throw new Mistake(
      `${type} of ${catalogue} is ${articled(eventType.kind)}, and makes no ${kind.noun}. ${kind.emitters.map(plural).join(' and ')} do`,
    )
  return {
    ...worded(kind, `${type} of ${catalogue}`),
    is: (entry) => kind.isOf(entry, emitter),
    wireName: (key) => wireNameOf(emitter, key),
    sensitive: (wireName) => sensitiveOf(emitter, wireName),
  }
}

/** `an operation`, `a gauge`. */
export const articled = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`

const plural = (noun: string): string => `${noun[0]?.toUpperCase() ?? ''}${noun.slice(1)}s`

/** How a sensitive attribute of an event type is recorded. */
export const sensitiveOf = (
  { eventType: { attributes } }: DescribedEmitter,
  wireName: string,
): ReturnType<Target<never>['sensitive']> => attributes.find(({ name }) => name === wireName)?.sensitive

/** The name on the wire of an attribute of an event type; why it failed, `error.type`, any operation may say. @throws Mistake for one that it lacks */
export function wireNameOf({ catalogue, eventType }: DescribedEmitter, key: string): string {
  const { type, attributes, kind } = eventType
  const known = attributes.find((attribute) => attribute.key === key)
  if (known) return known.name
  if (kind === 'operation' && key === 'error.type') return key
  const keys = attributes.map((attribute) => attribute.key)
  throw new Mistake(
    `${type} of ${catalogue} has no attribute ${JSON.stringify(key)}.${didYouMean(key, keys)} It has: ${keys.join(', ') || 'none'}${
      key === 'level' && kind === 'occurrence' ? '. { level } is the argument after the attributes' : ''
    }`,
  )
}
