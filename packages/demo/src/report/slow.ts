// What took longest.
import type { Query, StoredEvent } from '@proprio/store'
import { aboutOf } from './about.ts'
import { duration } from './format.ts'
import { table } from './table.ts'
import type { Terminal } from './terminal.ts'

/** Milliseconds. */
export const slowFrom = 250
const shown = 15

/** The operations that took at least {@link slowFrom} milliseconds, the longest first. */
export async function slowOperations(query: Query): Promise<StoredEvent[]> {
  const { rows } = await query.slowOperations({ durationMs: { atLeast: slowFrom }, limit: 1000 })
  return rows.toSorted((a, b) => (b.durationMs ?? 0) - (a.durationMs ?? 0))
}

export function slowLines(events: readonly StoredEvent[], { width, paint }: Terminal): string[] {
  const rows = events
    .slice(0, shown)
    .map((event) => [duration(event.durationMs ?? 0), event.type, aboutOf(event.attributes, event.message)])
  const more = events.length - rows.length
  return [
    ...table(
      [
        { title: 'took', align: 'right', paint: (cell) => paint('yellow', cell) },
        { title: 'operation', optional: true },
        { title: 'about', flexible: true },
      ],
      rows,
      width,
    ),
    ...(more > 0 ? [`… and ${more} more`] : []),
  ]
}
