// Tables that fit: the flexible column gives way first, then optional columns go, and at last lines are cut.
import { fit } from './terminal.ts'

export interface Column {
  readonly title: string
  readonly align?: 'right'
  /** Gives way when the table is too wide. */
  readonly flexible?: true
  /** May go when the table is too wide, the last ones first. */
  readonly optional?: true
  /** Colours a finished cell. */
  paint?(cell: string, text: string): string
}

const gap = '  '
/** Below this a flexible column says too little, and an optional one goes instead. */
const narrowest = 20

/** The lines of a table, its titles first. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string[] {
  const natural = columns.map(({ title }, at) => Math.max(title.length, ...rows.map((row) => (row[at] ?? '').length)))
  const layout = layOut(columns, natural, width)
  const lineOf = (row: readonly string[], titles: boolean): string =>
    layout
      .map(({ column, at, width: room }) => {
        const text = row[at] ?? ''
        const cell = pad(fit(text, room), room, column.align)
        return column.paint && !titles ? column.paint(cell, text) : cell
      })
      .join(gap)
      .trimEnd()
  const titles = lineOf(
    columns.map(({ title }) => title),
    true,
  )
  return [titles, ...rows.map((row) => lineOf(row, false))]
}

interface Place {
  readonly column: Column
  /** Which of the row's cells. */
  readonly at: number
  readonly width: number
}

function layOut(columns: readonly Column[], natural: readonly number[], width: number): Place[] {
  let shown: Place[] = columns.map((column, at) => ({ column, at, width: natural[at] ?? 0 }))
  for (;;) {
    const flexible = shown.find(({ column }) => column.flexible)
    const rest = shown.reduce(
      (sum, place) => sum + (place === flexible ? 0 : place.width),
      gap.length * (shown.length - 1),
    )
    const room = width - rest
    const leaving = shown.findLast(({ column }) => column.optional)
    if (room >= Math.min(narrowest, flexible?.width ?? 0) || !leaving)
      return shown.map((place) =>
        place === flexible ? { ...place, width: Math.max(1, Math.min(place.width, room)) } : place,
      )
    shown = shown.filter((place) => place !== leaving)
  }
}

const pad = (text: string, width: number, align: 'right' | undefined): string =>
  align === 'right' ? text.padStart(width) : text.padEnd(width)
