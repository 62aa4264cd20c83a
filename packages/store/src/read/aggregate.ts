// Read stage: aggregates. Events fall into groups and time buckets; each answers with counts, rates and percentiles.
import type { StoredEvent } from '../event/framework-event.ts'
import { valueToJson } from '../event/json-value.ts'
import { compileFilter } from '../filter/compile.ts'
import type { Aggregate, AggregateOptions, AggregateRow } from '../reader.ts'
import type { AttributeValue } from '../record/attributes.ts'
import { checkAggregate } from './aggregate-options.ts'
import type { Grouping } from './aggregate-options.ts'
import { durationsOf } from './durations.ts'
import type { Source } from './source.ts'
import { visitEach } from './visit.ts'

/** More groups than this in one answer are left out, and the answer is `truncated`. */
export const MOST_GROUPS = 10_000

interface Group {
  readonly values: readonly AttributeValue[]
  readonly bucket: number
  readonly durations: number[]
  count: number
  failed: number
}

/** Answers `options`; `now` closes a window that its filter leaves open. */
export async function aggregate(
  source: Source,
  options: AggregateOptions | undefined,
  now: () => number,
): Promise<Aggregate> {
  const { groupings, every, from, to, over } = checkAggregate(options)
  const { matches } = compileFilter(over)
  await source.settled?.()

  const groups = new Map<string, Group>()
  let truncated = false
  let earliest = Infinity
  let latest = -Infinity
  await visitEach(source.scan({ rows: 'events', order: 'oldest' }), ({ event }) => {
    if (!matches(event)) return true
    const group = groupOf(groups, event, groupings, every)
    if (group === undefined) truncated = true
    else add(group, event)
    earliest = Math.min(earliest, event.time)
    latest = Math.max(latest, event.time)
    return true
  })

  const window = { from: from ?? earliest, to: to ?? Math.max(now(), latest) }
  const rows = Array.from(groups.values(), (group) => rowOf(group, groupings, every, window))
  const evicted = source.evicted?.()
  return {
    rows: rows.toSorted((a, b) => a.from - b.from || b.count - a.count),
    truncated,
    ...(evicted !== undefined && { evictedBefore: evicted.time }),
  }
}

function groupOf(
  groups: Map<string, Group>,
  event: StoredEvent,
  groupings: readonly Grouping[],
  every: number | undefined,
): Group | undefined {
  const values = groupings.map(({ read }) => read(event) ?? null)
  const bucket = every === undefined ? 0 : Math.floor(event.time / every) * every
  const key = JSON.stringify([bucket, values.map(valueToJson)])
  const known = groups.get(key)
  if (known !== undefined || groups.size >= MOST_GROUPS) return known
  const group = { values, bucket, durations: [], count: 0, failed: 0 }
  groups.set(key, group)
  return group
}

function add(group: Group, { durationMs, error }: StoredEvent): void {
  group.count++
  if (error !== undefined) group.failed++
  if (durationMs !== undefined) group.durations.push(durationMs)
}

function rowOf(
  { values, bucket, durations, count, failed }: Group,
  groupings: readonly Grouping[],
  every: number | undefined,
  window: { from: number; to: number },
): AggregateRow {
  const { from, to } = every === undefined ? window : { from: bucket, to: bucket + every }
  const durationMs = durationsOf(durations)
  return {
    group: Object.fromEntries(groupings.map(({ name }, index) => [name, values[index] ?? null])),
    from,
    to,
    count,
    failed,
    errorRatio: failed / count,
    ratePerMinute: count / (Math.max(to - from, SHORTEST_WINDOW_MS) / 60_000),
    ...(durationMs !== undefined && { durationMs }),
  }
}

/** One event a moment ago is not thousands a minute. */
const SHORTEST_WINDOW_MS = 1_000
