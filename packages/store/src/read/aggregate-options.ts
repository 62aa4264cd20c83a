// Read stage: what may be asked of an aggregate.
import type { StoredEvent } from '../event/framework-event.ts'
import { attributeOf } from '../filter/attributes.ts'
import { badValue, checkKeys, checkObject, checkText, checkTime, many } from '../filter/check.ts'
import type { Filter } from '../filter/filter.ts'
import type { AggregateOptions } from '../reader.ts'
import type { AttributeValue } from '../record/attributes.ts'

export interface Grouping {
  readonly name: string
  readonly read: (event: StoredEvent) => AttributeValue | undefined
}

const BY_FIELD: Readonly<Record<string, Grouping['read']>> = {
  type: (event) => event.type,
  layer: (event) => event.layer,
  level: (event) => event.level,
}

const ATTRIBUTE = 'attributes.'

const UNITS_IN_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** Throws `PROPRIO_STORE_UNKNOWN_FIELD` or `PROPRIO_STORE_BAD_VALUE`. */
export function checkAggregate(options: AggregateOptions = {}): {
  groupings: readonly Grouping[]
  every: number | undefined
  from: number | undefined
  to: number | undefined
  over: Filter
} {
  checkObject(options, 'aggregate')
  checkKeys(options, ['by', 'every', 'over'], 'aggregate')
  const { by = 'type', every, over = {} } = options
  const { from, to } = (typeof over === 'function' ? undefined : over.time) ?? {}
  return {
    groupings: many(by, 'aggregate.by', checkGrouping),
    every: every === undefined ? undefined : checkWidth(every),
    from: from === undefined ? undefined : checkTime(from, 'aggregate.over.time.from'),
    to: to === undefined ? undefined : checkTime(to, 'aggregate.over.time.to'),
    over,
  }
}

function checkGrouping(value: unknown, path: string): Grouping {
  const name = checkText(value, path)
  const field = Object.hasOwn(BY_FIELD, name) ? BY_FIELD[name] : undefined
  if (field !== undefined) return { name, read: field }
  if (!name.startsWith(ATTRIBUTE)) {
    throw badValue(path, `is '${name}'`, "Give 'type', 'layer', 'level' or 'attributes.<name>'.")
  }
  const attribute = name.slice(ATTRIBUTE.length)
  return { name, read: (event) => attributeOf(event, attribute) }
}

function checkWidth(every: unknown): number {
  const [, amount, unit] = typeof every === 'string' ? (/^(\d{1,9})(ms|s|m|h|d)$/.exec(every) ?? []) : []
  const width = unit === undefined ? every : Number(amount) * UNITS_IN_MS[unit as keyof typeof UNITS_IN_MS]
  if (typeof width === 'number' && width >= 1 && Number.isFinite(width)) return width
  throw badValue('aggregate.every', 'is no width of time', "Give milliseconds, or '30s', '5m', '1h', '1d'.")
}
