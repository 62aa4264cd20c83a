// Recorder stage: emitters ask the clock of the test in whose context they run.
import { context } from '@opentelemetry/api'
import { currentClock, useClock } from '@proprio/api/runtime'
import { recordingOf } from './claims.ts'

/** Has emitters follow the clock of their test, and the process's where a test has none. */
export function followTestClocks(): void {
  const process = currentClock()
  useClock({
    now: () => recordingOf(context.active())?.clock?.now() ?? process.wall(process.now()),
    wall: (reading) => reading,
  })
}
