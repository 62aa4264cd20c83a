export type { Amount, Distribution } from './amount.ts'
export { SeriesTable } from './series.ts'
export type { Point } from './series.ts'
