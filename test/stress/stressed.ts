// The body of each file: 200 tests at once, each again and again, that do the same work and must each see all of their own and none of another's.
import { afterAll, describe, TestRunner } from 'vitest'
import { expect, test, type TestTelemetry } from '@proprio/testing/vitest'
import { stress } from './catalogue.ts'
import { answerFor, type Totals, totals } from './census.ts'
import { asks, close, run } from './work.ts'

declare module 'vitest' {
  interface TaskMeta {
    stress?: Totals
  }
}

const tests = Array.from({ length: 200 }, (_, number) => number)
const repeats = Number(process.env['STRESS_TIMES'] ?? 50) - 1

const part = { span: stress.task.part, events: [stress.task.done] }
const step = (number: number) => ({
  span: stress.task.step,
  attributes: { number },
  children: [
    { ...part, times: 2 },
    { span: stress.task.hear, times: 1 },
  ],
})
const always = [step(0), step(1), step(2), { span: stress.task.send, children: [{ span: stress.task.take }] }]
const asking = [
  {
    span: 'GET',
    kind: 'client',
    children: [{ span: 'GET', kind: 'server', children: [{ span: stress.task.answer }] }],
  },
  { span: 'answered' },
] as const

export function stressed(file: string): void {
  const { meta } = TestRunner.getCurrentSuite().file
  const times = new Map<number, number>()
  let unclaimed: TestTelemetry | undefined

  describe.concurrent(file, () => {
    test.for(tests)('%i', { repeats, timeout: 120_000 }, async (seed, { telemetry, task }) => {
      const time = times.get(seed) ?? 0
      times.set(seed, time + 1)
      unclaimed = telemetry.unclaimed()
      const of = `${file}-${seed}-${time}`
      using _backlog = stress.task.backlog.observe(() => seed)
      await run(of, seed)
      await telemetry.settled({ timeoutMs: 60_000 })

      expect(answerFor(of, telemetry), `foreign to ${task.name}`).toEqual([])
      const children = asks(seed) ? [...always, ...asking] : always
      expect(telemetry).toHaveTrace({ span: stress.task.run, exact: true, children })
      expect(telemetry).toHaveSpans(asks(seed) ? 19 : 15)
      expect(telemetry).toHaveNoOpenSpans()
      expect(telemetry.events()).toHaveLength(6)
      expect(telemetry).toHaveMetric(stress.task.units, { count: 4, increasedBy: 3 * seed + 1 })
      expect(telemetry).toHaveMetric(stress.task.weight, { count: 6, sum: 6 })
      expect(telemetry).toHaveMetric(stress.task.part, { count: 6 })
      expect(telemetry).toHaveMetric(stress.task.backlog, { value: seed })
    })
  })

  afterAll(() => {
    close()
    if (unclaimed) meta.stress = totals(unclaimed)
    expect(meta.stress).toMatchObject({ tests: 200 * (repeats + 1), foreign: 0, lost: 0, unclaimed: 0 })
  })
}
