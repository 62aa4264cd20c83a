// Expectations stage: attributes that are there against those that are expected: which differ, and how to say so.
import type { Attributes } from '@proprio/store'
import { Mistake } from '../target/mistake.ts'
import { shown } from '../target/shown.ts'
import type { Target } from '../target/target.ts'
import { isEqual } from './equal.ts'

/** Expected values, by their names on the wire. */
export type Wanted = Readonly<Record<string, unknown>>

/** @throws Mistake for what is no object of attributes, or an attribute that the event type lacks */
export function wantedAttributes(attributes: unknown, target: Pick<Target<never>, 'wireName'>): Wanted {
  if (attributes === undefined) return {}
  if (typeof attributes !== 'object' || attributes === null || Array.isArray(attributes))
    throw new Mistake(`attributes are an object of names and values, and not ${shown(attributes)}`)
  return Object.fromEntries(Object.entries(attributes).map(([key, value]) => [target.wireName(key), value]))
}

export const differing = (attributes: Attributes, wanted: Wanted): readonly string[] =>
  Object.keys(wanted).filter((name) => !isEqual(attributes[name], wanted[name]))

export const meets = (attributes: Attributes, wanted: Wanted): boolean => {
  for (const name in wanted) if (!isEqual(attributes[name], wanted[name])) return false
  return true
}

/** Of what is there only what was asked for, so that a diff shows only what differs. */
export const asked = (attributes: Attributes, wanted: Wanted): Wanted =>
  Object.fromEntries(Object.keys(wanted).flatMap((name) => (name in attributes ? [[name, attributes[name]]] : [])))

/** What is expected, with what meets it in the place of a matcher, which a diff would show as a difference. */
export function metAsTheyAre(attributes: Attributes, wanted: Wanted): Wanted {
  const differ = new Set(differing(attributes, wanted))
  return Object.fromEntries(
    Object.entries(wanted).map(([name, value]) => [name, differ.has(name) ? value : attributes[name]]),
  )
}

/** A line for each that differs. */
export const differences = (attributes: Attributes, wanted: Wanted): readonly string[] =>
  differing(attributes, wanted).map((name) => `${name}: ${comparedText(wanted[name], attributes[name])}`)

export function comparedText(expected: unknown, actual: unknown): string {
  if (expected === undefined) return `expected not to be there, was ${shown(actual)}`
  return `expected ${shown(expected)}, ${actual === undefined ? 'and it is not there' : `was ${shown(actual)}`}`
}
