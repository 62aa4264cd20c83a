// Filter stage, its door: a filter is checked and compiled once, and then asked of every event.
import type { FrameworkEvent, StoredEvent } from '../event/framework-event.ts'
import { plainStoredEvent } from '../event/plain.ts'
import { checkKeys, checkObject } from './check.ts'
import { FIELDS } from './fields.ts'
import type { EventPredicate, Filter } from './filter.ts'
import type { CompiledFilter, StoredPredicate } from './predicate.ts'

/** The fields a filter may have. */
export const FILTER_FIELDS = Object.keys(FIELDS) as readonly (keyof typeof FIELDS)[]

/** Compiles a filter. Throws `PROPRIO_STORE_UNKNOWN_FIELD` or `PROPRIO_STORE_BAD_VALUE`. A field that is undefined is not there. */
export function compileFilter(filter: Filter = {}): CompiledFilter {
  if (typeof filter === 'function') return { matches: guarded(filter), afterId: -Infinity, key: 'function' }
  checkObject(filter, 'filter')
  checkKeys(filter, FILTER_FIELDS, 'filter')
  const given = FILTER_FIELDS.filter((field) => filter[field] !== undefined)
  const tests = given.map((field) => FIELDS[field](filter[field], `filter.${field}`))
  return {
    matches: allOf(tests),
    afterId: filter.afterId ?? -Infinity,
    key: JSON.stringify(given.map((field) => [field, filter[field]])),
  }
}

/** A test of a framework event that is in no store, as a tail or a sink sees it; `afterId` never matches. */
export function matcher(filter: Filter): (event: FrameworkEvent) => boolean {
  const { matches } = compileFilter(filter)
  return (event) => matches({ id: Number.NaN, ...event })
}

function allOf(tests: readonly StoredPredicate[]): StoredPredicate {
  const [only] = tests
  if (only === undefined) return () => true
  return tests.length === 1 ? only : (event: StoredEvent) => tests.every((test) => test(event))
}

/** A user's function sees plain events, and answers for itself alone when it throws. */
function guarded(predicate: EventPredicate): StoredPredicate {
  return (event) => {
    try {
      return predicate(plainStoredEvent(event)) === true
    } catch {
      return false
    }
  }
}
