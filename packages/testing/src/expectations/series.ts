// Expectations stage: several series of one instrument as one: sums and counts add up; values of gauges do not.
import { Mistake } from '../target/mistake.ts'
import type { Buckets, MetricSeries } from '../telemetry/index.ts'

/** @throws Mistake where they are of more than one instrument */
export function mergedOf(series: readonly MetricSeries[]): MetricSeries | undefined {
  const [first, ...others] = series
  if (first === undefined || others.length === 0) return first
  const instruments = new Set(series.map(({ name, scope }) => `${name} of ${scope.name}`))
  if (instruments.size > 1)
    throw new Mistake(`that means ${instruments.size} metrics: ${[...instruments].join(', ')}. Say which one`)
  const { buckets: _buckets, values: _values, ...rest } = first
  const buckets = mergedBuckets(series.map((one) => one.buckets))
  return {
    ...rest,
    count: total(series.map(({ count }) => count)),
    sum: total(series.map(({ sum }) => sum)) ?? 0,
    value: first.instrument === 'gauge' ? undefined : total(series.map(({ value }) => value)),
    increase: total(series.map(({ increase }) => increase)),
    ...(series.every(({ values }) => values !== undefined) && { values: series.flatMap(({ values = [] }) => values) }),
    ...(buckets && { buckets }),
  }
}

/** Undefined where one of them is not known. */
const total = (parts: readonly (number | undefined)[]): number | undefined =>
  allOf(parts)?.reduce((sum, part) => sum + part, 0)

function allOf<Part>(parts: readonly (Part | undefined)[]): readonly Part[] | undefined {
  const known = parts.filter((part) => part !== undefined)
  return known.length === parts.length ? known : undefined
}

function mergedBuckets(parts: readonly (Buckets | undefined)[]): Buckets | undefined {
  const all = allOf(parts)
  const [first] = all ?? []
  if (all === undefined || first === undefined) return undefined
  if (all.some(({ bounds }) => bounds.join() !== first.bounds.join())) return undefined
  const min = allOf(all.map((one) => one.min))
  const max = allOf(all.map((one) => one.max))
  return {
    bounds: first.bounds,
    counts: first.counts.map((_, index) => all.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0)),
    ...(min && { min: Math.min(...min) }),
    ...(max && { max: Math.max(...max) }),
  }
}
