// vitest: a recording for each test. The context of a fixture does not reach the body of its test; that of this hook reaches the body, its fixtures and the
// hooks beside it, also in `test.concurrent`.
import { aroundAll, aroundEach, type TestContext, TestRunner } from 'vitest'
import { install, recordIn } from '../recorder/index.ts'
import { telemetryOf } from '../telemetry/index.ts'
import { tellOf } from './meta.ts'

type Task = TestContext['task']

const recorded = new WeakSet<Task>()
const hooked = new WeakSet<object>()

/**
 * Records every test of the file, or of the `describe` in which it is called. `test` of `@proprio/testing/vitest` does it where it is used, and
 * `@proprio/testing/vitest/setup` in `setupFiles` for all files; it is for a setup file of your own.
 */
export function recordEveryTest(): void {
  const { suite, file } = TestRunner.getCurrentSuite()
  const within = suite ?? file
  if (within === undefined || hooked.has(within)) return
  hooked.add(within)
  // Before each `beforeAll`, whatever the order in which they are written: what those cause is nobody's, and so there to be asked.
  aroundAll(async (run) => {
    const { claims } = install()
    if (suite === undefined) claims.unclaimed.clear()
    await run()
  })
  // Where a suite has fixtures, vitest reads which of them this function wants from its text, before every test: so it is short, and its parameter destructured.
  // It takes no time of its own, so vitest need set no timers.
  aroundEach((run, { task }) => record(run, task), Infinity)
}

async function record(run: () => Promise<void>, task: Task): Promise<void> {
  // Inside a `describe` with a hook of its own the test is being recorded already.
  if (recorded.has(task)) return run()
  const recording = install().begin()
  recorded.add(task)
  Object.assign(task.context, { telemetry: telemetryOf(recording) })
  try {
    await recordIn(recording, run)
  } finally {
    recorded.delete(task)
    tellOf(task, recording)
  }
}
