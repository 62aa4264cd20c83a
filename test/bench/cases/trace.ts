// 10,000 spans of one test and their attributes, all expected: by toHaveTrace, which begins with what was recorded, and by toMatchObject, which is handed the
// same tree ready-made. In the processes that tests run in.
import type { Case } from '../case.ts'
import { spread } from '../rounds.ts'
import { runSuite } from '../suites/run.ts'

const processes = 3

export const trace: Case = {
  number: 16,
  async run() {
    const taken = { ours: [] as number[], theirs: [] as number[] }
    for (let process = 0; process < processes; process++) {
      const told = await runSuite('trace', 1)
      taken.ours.push(...(told.taken?.ours ?? []))
      taken.theirs.push(...(told.taken?.theirs ?? []))
    }
    const [ours, theirs] = [spread(taken.ours), spread(taken.theirs)]
    return [
      {
        number: 16,
        work: 'toHaveTrace of 10,000 spans',
        against: 'toMatchObject of the tree built by hand',
        ours: `${ours.median.toFixed(0)} ms`,
        theirs: `${theirs.median.toFixed(0)} ms`,
        ratio: { minimum: ours.minimum / theirs.minimum, median: ours.median / theirs.median },
        must: { value: 2 },
        aim: { value: 1 },
      },
    ]
  },
}
