// Target stage: which span, event, log record or metric is meant. By an emitter of a catalogue, which knows its type and the names of its attributes; by
// name, pattern or function where there is no catalogue.
import { type DescribedEmitter, emitterDescription } from '@proprio/api/runtime'
import { didYouMean } from './did-you-mean.ts'
import type { Kind } from './kinds.ts'

/** One that is meant. */
export interface Target<Entry> {
  /** For messages: `span "x"`. */
  readonly text: string
  /** Where one name is meant. */
  readonly name?: string
  /** Whether that is one, whatever its attributes. */
  is(entry: Entry): boolean
  /** The name on the wire of an attribute. Throws for one that the event type lacks. */
  wireName(key: string): string
}

/** @throws TypeError for what names none of that kind */
export function targetOf<Entry>(which: unknown, kind: Kind<Entry>): Target<Entry> {
  const emitter = describedEmitter(which)
  if (emitter) return ofEmitter(emitter, kind)
  if (typeof which === 'string')
    return {
      text: `${kind.noun} ${JSON.stringify(which)}`,
      name: which,
      is: (entry) => kind.nameOf(entry) === which,
      wireName: asWritten,
    }
  if (which instanceof RegExp)
    return {
      text: `${kind.noun} ${which}`,
      // Not test(): that of a pattern with the flag g answers otherwise the second time.
      is: (entry) => kind.nameOf(entry).search(which) !== -1,
      wireName: asWritten,
    }
  if (typeof which === 'function') {
    const choose = which as (entry: Entry) => unknown
    return {
      text: `${kind.noun} for which the function answers true`,
      is: (entry) => choose(entry) === true,
      wireName: asWritten,
    }
  }
  throw new TypeError(
    `${shown(which)} names no ${kind.noun}. Give an emitter of a catalogue, a name, a pattern or a function`,
  )
}

const asWritten = (key: string): string => key

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
    throw new TypeError(
      `${catalogue} ${type} is no ${kind.emitters.join(' or ')} but of kind ${eventType.kind}, so it makes no ${kind.noun}`,
    )
  return {
    text: `${kind.noun} ${type} of ${catalogue}`,
    is: (entry) => kind.isOf(entry, emitter),
    wireName: (key) => wireNameOf(emitter, key),
  }
}

/** The name on the wire of an attribute of an event type; why it failed, `error.type`, any operation may say. @throws TypeError for one that it lacks */
export function wireNameOf({ catalogue, eventType }: DescribedEmitter, key: string): string {
  const { type, attributes, kind } = eventType
  const known = attributes.find((attribute) => attribute.key === key)
  if (known) return known.name
  if (kind === 'operation' && key === 'error.type') return key
  const keys = attributes.map((attribute) => attribute.key)
  throw new TypeError(
    `${catalogue} ${type} has no attribute ${JSON.stringify(key)}.${didYouMean(key, keys)} It has: ${keys.join(', ') || 'none'}`,
  )
}

function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return 'an object that is no emitter'
  return value === '' ? 'an empty name' : String(value)
}
