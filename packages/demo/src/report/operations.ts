// Every operation type: how often, how often in vain, and how long.
import type { Query } from '@proprio/store'
import { count, duration } from './format.ts'
import { type Column, table } from './table.ts'
import { type Terminal, wrap } from './terminal.ts'

export async function operationLines(query: Query, { width, paint }: Terminal): Promise<string[]> {
  const { rows } = await query.aggregate({ by: 'type' })
  const failed = (cell: string, text: string): string => (text === '0' ? paint('dim', cell) : paint('red', cell))
  const columns: Column[] = [
    { title: 'operation', flexible: true },
    { title: 'count', align: 'right' },
    { title: 'errors', align: 'right', paint: failed },
    { title: 'p50', align: 'right', optional: true },
    { title: 'p95', align: 'right', optional: true },
    { title: 'p99', align: 'right' },
  ]
  const cells = rows.flatMap(({ group, count: times, failed: errors, durationMs }) =>
    durationMs
      ? [
          [
            String(group['type']),
            count(times),
            count(errors),
            duration(durationMs.p50),
            duration(durationMs.p95),
            duration(durationMs.p99),
          ],
        ]
      : [],
  )
  return table(columns, cells, width)
}

/** One line each: how many events of each layer, and of each level. */
export async function overviewLines(query: Query, { width }: Terminal): Promise<string[]> {
  const { byLayer, byLevel, total, evicted } = await query.stats()
  const lines = [
    `layers: ${listed(byLayer)}`,
    `levels: ${listed(byLevel)}`,
    `events: ${count(total)} kept, ${count(evicted.total)} evicted`,
  ]
  return lines.flatMap((line) => wrap(line, width))
}

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .filter(([, events]) => events > 0)
    .map(([name, events]) => `${name} ${count(events)}`)
    .join(', ')
