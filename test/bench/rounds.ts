// Interleaved rounds of two sides: A B, B A, A B …, so that whatever else the machine does falls on both.
import { type Side, startSide, type Timing } from './side.ts'

export interface Pair {
  readonly ours: string
  readonly theirs: string
  /** Runs in one round of one side. */
  readonly times: number
  readonly rounds: number
  readonly measure: keyof Timing
  readonly endpoint?: string
  /** Pairs of processes, since one process may be compiled luckier than another. */
  readonly processes: number
}

export interface Spread {
  readonly minimum: number
  readonly median: number
}

export interface PairResult {
  readonly ours: Spread
  readonly theirs: Spread
}

export const spread = (values: readonly number[]): Spread => {
  const sorted = values.toSorted((one, other) => one - other)
  return { minimum: sorted[0] ?? Number.NaN, median: sorted[sorted.length >> 1] ?? Number.NaN }
}

/** Runs both sides in turn. Times are nanoseconds a run. */
export async function runPair(pair: Pair): Promise<PairResult> {
  const ours: number[] = []
  const theirs: number[] = []
  for (let process = 0; process < pair.processes; process++) {
    const sides = await Promise.all([startSide(pair.ours, pair.endpoint), startSide(pair.theirs, pair.endpoint)])
    try {
      await warmUp(sides, pair.times)
      for (let round = 0; round < pair.rounds; round++) await oneRound(sides, pair, round, [ours, theirs])
    } finally {
      await Promise.all(sides.map((side) => side.stop()))
    }
  }
  return { ours: spread(ours), theirs: spread(theirs) }
}

async function warmUp(sides: readonly Side[], times: number): Promise<void> {
  for (const side of sides) for (let round = 0; round < 3; round++) await side.run(times)
}

async function oneRound(
  sides: readonly Side[],
  { times, measure }: Pair,
  round: number,
  into: readonly number[][],
): Promise<void> {
  for (const index of round % 2 === 0 ? [0, 1] : [1, 0]) {
    const timing = await sides[index]?.run(times)
    if (timing) into[index]?.push(timing[measure])
  }
}
