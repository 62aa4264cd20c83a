// How many values a metric's dimension may take: past its bound they fold into one.
import type { AttributeValue } from '@opentelemetry/api'
import { count } from '../bind/slot.ts'
import type { AttributeModel } from '../catalogue/model.ts'

/** Values past a dimension's bound fold into this one. */
export const overflow = '_OTHER'

/** The value as a dimension, or as a hole of a span's name. */
export function boundOf({ name, kind, values, dimension }: AttributeModel): (value: AttributeValue) => AttributeValue {
  if (values) {
    const known: ReadonlySet<unknown> = new Set(values)
    return (value) => (known.has(value) ? value : folded(name))
  }
  if (kind === 'flag') return (value) => value
  const atMost = dimension?.atMost ?? 0
  const seen = new Set<AttributeValue>()
  return (value) => {
    if (seen.has(value)) return value
    if (seen.size >= atMost) return folded(name)
    seen.add(value)
    return value
  }
}

function folded(name: string): string {
  count(`dimension_overflow:${name}`)
  return overflow
}

/** Kinds of error on one metric; further ones fold into `_OTHER`. */
const errorTypesAtMost = 100

export function errorTypeBound(name: string): { fold(errorType: string): string } {
  const seen = new Set<string>()
  return {
    fold(errorType) {
      if (seen.has(errorType)) return errorType
      if (seen.size >= errorTypesAtMost) {
        count(`dimension_overflow:${name} error.type`)
        return overflow
      }
      seen.add(errorType)
      return errorType
    },
  }
}
