// The results as one table, for people.
import { type Bound, holds, type Result } from './case.ts'

const columns = ['#', 'work', 'against', 'ours', 'theirs', 'ratio (min)', 'ratio (median)', 'must', 'aim', ''] as const

export function table(results: readonly Result[]): string {
  const rows = [columns, ...results.map(row)]
  const widths = columns.map((_, index) => Math.max(...rows.map((cells) => [...(cells[index] ?? '')].length)))
  return rows
    .map((cells) =>
      cells
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function row({ number, work, against, ours, theirs, ratio, must, aim }: Result): readonly string[] {
  const figure = (value: number): string =>
    must?.text === undefined ? value.toFixed(2) : `${value >= 0 ? '+' : ''}${value.toFixed(1)} ns`
  return [
    String(number),
    work,
    against,
    ours,
    theirs,
    figure(ratio.minimum),
    figure(ratio.median),
    bound(must),
    bound(aim),
    verdict(ratio, must, aim),
  ]
}

function verdict(ratio: Result['ratio'], must: Bound | undefined, aim: Bound | undefined): string {
  if (!must || !aim) return ''
  if (holds(ratio, aim)) return 'aim met'
  return holds(ratio, must) ? 'must met' : 'MISSED'
}

const bound = (limit: Bound | undefined): string =>
  limit ? `${limit.above ? '≥' : '≤'} ${limit.text ?? limit.value}` : ''
