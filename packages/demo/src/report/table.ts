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
const narrowest = 14

/** The lines of a table, its titles first. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string[] {
  const widths = columns.map(({ title }, at) => Math.max(title.length, ...rows.map((row) => (row[at] ?? '').length)))
  const shown = shrink(columns, widths, width)
  const lineOf = (row: readonly string[], titles: boolean): string =>
    shown
      .map((at) => {
        const column = columns[at] as Column
        const text = row[at] ?? ''
        const cell = pad(fit(text, widths[at] ?? 0), widths[at] ?? 0, column.align)
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

/** Narrows `widths` in place, and gives the columns that stay. */
function shrink(columns: readonly Column[], widths: number[], width: number): number[] {
  let shown = columns.map((_, at) => at)
  const excess = (): number =>
    shown.reduce((sum, at) => sum + (widths[at] ?? 0), 0) + gap.length * (shown.length - 1) - width
  const narrow = (least: number): void => {
    const flexible = columns.findIndex((column) => column.flexible)
    if (flexible >= 0)
      widths[flexible] = Math.max(
        Math.min(least, widths[flexible] ?? 0),
        (widths[flexible] ?? 0) - Math.max(0, excess()),
      )
  }
  narrow(narrowest)
  while (excess() > 0) {
    const leaving = shown.findLast((at) => columns[at]?.optional)
    if (leaving === undefined) break
    shown = shown.filter((at) => at !== leaving)
  }
  narrow(1)
  return shown
}

const pad = (text: string, width: number, align: 'right' | undefined): string =>
  align === 'right' ? text.padStart(width) : text.padEnd(width)
