// What a benchmark answers with: a ratio against its peer, and the two numbers that it is held to.
export interface Result {
  readonly number: number
  readonly work: string
  readonly against: string
  /** Of the minima, and of the medians. Where there is no peer, the figure over its limit. */
  readonly ratio: { readonly minimum: number; readonly median: number }
  readonly ours: string
  readonly theirs: string
  /** Holds for the median of the ratio; `above` where more is better. Absent where the figure is only told. */
  readonly must?: Bound
  readonly aim?: Bound
}

export interface Bound {
  readonly value: number
  readonly above?: true
  /** How it reads in the table, where the ratio is not what is bounded. */
  readonly text?: string
}

export interface Case {
  readonly number: number
  run(): Promise<readonly Result[]>
}

export const holds = ({ median }: Result['ratio'], { value, above }: Bound): boolean =>
  above ? median >= value : median <= value
