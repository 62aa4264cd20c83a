// A suite of 1,000 tests with the harness and without it, as `vitest run` runs it. The code under test is the same, and emits the same: without the harness the
// file calls register() itself, with the options that the harness has. So what is compared is the harness alone: its import, its hook around each test,
// and what it records. The whole process is what somebody waits for; the second row leaves vitest's own start out.
import type { Case, Result } from '../case.ts'
import { spread } from '../rounds.ts'
import { type Ran, runSuite } from '../suites/run.ts'

const pairs = 30
const tests = 1000

interface Pair {
  readonly ours: Ran
  readonly theirs: Ran
}

export const harness: Case = {
  number: 15,
  async run() {
    await runPair(0)
    const ran: Pair[] = []
    for (let number = 0; number < pairs; number++) ran.push(await runPair(number))
    return [
      {
        ...compared(ran, 'whole'),
        work: 'a suite of 1,000 tests with a span each',
        must: { value: 1.1 },
        aim: { value: 1.03 },
      },
      { ...compared(ran, 'inWorker'), work: 'the same, in its worker: imports and tests' },
    ]
  },
}

async function runPair(number: number): Promise<Pair> {
  if (number % 2 === 0) return { ours: await runSuite('with', tests), theirs: await runSuite('without', tests) }
  const theirs = await runSuite('without', tests)
  return { ours: await runSuite('with', tests), theirs }
}

function compared(ran: readonly Pair[], what: 'whole' | 'inWorker'): Omit<Result, 'work'> {
  const ours = spread(ran.map((pair) => pair.ours[what]))
  const theirs = spread(ran.map((pair) => pair.theirs[what]))
  return {
    number: 15,
    against: 'the same without the harness',
    ours: `${ours.median.toFixed(0)} ms`,
    theirs: `${theirs.median.toFixed(0)} ms`,
    // Of the pairs, whose two sides met the same machine.
    ratio: {
      minimum: ours.minimum / theirs.minimum,
      median: spread(ran.map((pair) => pair.ours[what] / pair.theirs[what])).median,
    },
  }
}
