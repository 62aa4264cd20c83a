// Attributes whose names are the host's own: ad-hoc events, links, context ids.
import type { Attributes } from '@opentelemetry/api'
import { invalid } from '../value/invalid.ts'
import { bookkeeping } from '../catalogue/naming.ts'
import { cleanValue } from '../value/sanitise.ts'
import { cleanName } from '../value/text.ts'
import { eachProperty } from '../value/properties.ts'

/** Attributes of one object; further ones are dropped. */
const atMost = 256

/** Any object as attributes: every key is a name on the wire. */
export function openAttributes(
  values: unknown,
  into: Attributes = {},
  nameOf = (key: string): string => key,
): Attributes {
  let left = atMost
  eachProperty(values, (key, value) => {
    if (left-- > 0) set(into, nameOf(key), value)
    else invalid()
  })
  return into
}

// What emitters write themselves is theirs alone.
function set(attributes: Attributes, name: string, value: unknown): void {
  const clean = cleanValue(value)
  if (clean === undefined) return
  if (name === '' || bookkeeping.has(name)) {
    invalid()
  } else if (name === '__proto__') {
    invalid()
    attributes[renamedProto] = clean
  } else {
    attributes[cleanName(name)] = clean
  }
}

// An SDK copies attributes by assignment, and would lose `__proto__` in silence.
const renamedProto = '_proto_'
