// Expectations stage: which span or event is meant. By an emitter of a catalogue, which knows its type and the names of its attributes; by name, pattern or
// function where there is no catalogue.
import type { Attributes } from '@proprio/store'
import { type DescribedEmitter, emitterDescription } from '@proprio/api/runtime'

/** What spans and log records have in common here. */
export interface Named {
  readonly attributes: Attributes
  readonly scope: { readonly name: string }
}

/** One that is looked for. */
export interface Wanted<Entry> {
  /** For messages: `span "x"`. */
  readonly text: string
  /** Where one name is meant. */
  readonly name?: string
  /** Of the type or name that is meant, whatever its attributes. */
  is(entry: Entry): boolean
  /** The name on the wire of an attribute. Throws for one that the event type lacks. */
  wireName(key: string): string
}

export interface Kind<Entry> {
  readonly noun: 'span' | 'event'
  readonly article: 'a' | 'an'
  readonly emitter: 'operation' | 'occurrence'
  nameOf(entry: Entry): string
}

export function wantedOf<Entry extends Named>(which: unknown, kind: Kind<Entry>): Wanted<Entry> {
  const described = isEmitter(which) ? emitterDescription(which) : undefined
  if (described) return ofCatalogue(described, kind)
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

const isEmitter = (value: unknown): value is object =>
  typeof value === 'function' || (typeof value === 'object' && value !== null)

function ofCatalogue<Entry extends Named>(
  { catalogue, eventType: { type, name, kind: emits, attributes } }: DescribedEmitter,
  kind: Kind<Entry>,
): Wanted<Entry> {
  if (emits !== kind.emitter)
    throw new TypeError(`${catalogue} ${type} is no ${kind.emitter} but of kind ${emits}, so it makes no ${kind.noun}`)
  const names = new Map(attributes.map((attribute) => [attribute.key, attribute.name]))
  return {
    text: `${kind.noun} ${type} of ${catalogue}`,
    is: (entry) =>
      entry.scope.name === catalogue &&
      (kind.noun === 'span' ? entry.attributes['proprio.type'] === type : kind.nameOf(entry) === name),
    wireName(key) {
      const known = names.get(key)
      if (known !== undefined) return known
      const all = [...names.keys()].join(', ') || 'none'
      throw new TypeError(`${catalogue} ${type} has no attribute ${JSON.stringify(key)}. It has: ${all}`)
    },
  }
}

function shown(value: unknown): string {
  return typeof value === 'object' && value !== null ? 'an object that is no emitter' : String(value)
}
