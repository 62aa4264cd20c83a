// What went wrong, the same faults together, the most frequent first.
import type { Query, StoredEvent } from '@proprio/store'
import { count } from './format.ts'
import { table } from './table.ts'
import type { Terminal } from './terminal.ts'

const shown = 14

interface Fault {
  readonly first: StoredEvent
  times: number
}

export async function errorLines(query: Query, { width, paint }: Terminal): Promise<string[]> {
  const { rows } = await query.errors({ limit: 10_000, order: 'oldest' })
  const warnings = await query.warnings({ limit: 10_000 })
  const faults = together(rows)
  const cells = faults.slice(0, shown).map(({ first, times }) => [count(times), first.level, first.type, first.message])
  return [
    ...table(
      [
        { title: 'times', align: 'right' },
        { title: 'level', paint: (cell, text) => paint(text === 'critical' ? 'magenta' : 'red', cell) },
        { title: 'type', optional: true },
        { title: 'the first of them', flexible: true },
      ],
      cells,
      width,
    ),
    ...(faults.length > shown ? [`… and ${faults.length - shown} kinds more`] : []),
    `${count(rows.length)} errors, ${count(warnings.rows.length)} warnings`,
  ]
}

function together(events: readonly StoredEvent[]): Fault[] {
  const faults = new Map<string, Fault>()
  for (const event of events) {
    const key = `${event.type} ${kindOf(event)}`
    const known = faults.get(key)
    if (known) known.times++
    else faults.set(key, { first: event, times: 1 })
  }
  return [...faults.values()].toSorted((a, b) => b.times - a.times)
}

// `no such table: issue` and `no such table: user` are one kind of fault.
const kindOf = ({ error }: StoredEvent): string => error?.message.split(':', 1)[0] ?? ''
