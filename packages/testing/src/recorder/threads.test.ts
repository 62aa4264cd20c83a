// Threads that code under test starts: what they do on a test's behalf is that test's, by the trace that it has handed them.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { context, propagation } from '@opentelemetry/api'
import { capture } from '@proprio/api'
import { describe } from 'vitest'
import { expect, test } from '../vitest/index.ts'

const execArgv = ['--conditions=@proprio/source', '--import', new URL('../worker.ts', import.meta.url).href]

async function milled(): Promise<Worker> {
  const workerData: Record<string, string> = {}
  propagation.inject(context.active(), workerData)
  const worker = new Worker(new URL('fixtures/thread.mjs', import.meta.url), { workerData, execArgv })
  await once(worker, 'message')
  return worker
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- of windows, and this is a thread
const stop = (worker: Worker): void => worker.postMessage('stop')

describe.concurrent('a thread', () => {
  test.for([1, 2])(
    'of test %i is seen by it alone, also while it works',
    async (_number, { telemetry, expect: own }) => {
      const worker = await capture({ type: 'mill.order' }, milled)
      // Its word that it has begun and what it has begun come by two ways.
      await own.poll(() => telemetry.tree()).toMatch(/^mill\.order\n {2}grind … still open/)
      stop(worker)
      await telemetry.settled({ timeoutMs: 10_000 })
      await once(worker, 'exit')
      own(telemetry).toHaveSpans(2)
      own(telemetry.span('grind')).toBeChildOf('mill.order')
      own(telemetry).toHaveEvent('mill.grain.spilt', {}, { level: 'warn' })
      own(telemetry).toHaveMetric('mill.grain.ground', { value: 2 })
      own(telemetry).toHaveMetric('mill.grain.grind.duration', { count: 1 })
    },
  )
})

test('what it does in no test’s trace is nobody’s', async ({ telemetry }) => {
  const worker = await milled()
  stop(worker)
  await once(worker, 'exit')
  await expect.poll(() => telemetry.unclaimed().spans('grind').length).toBeGreaterThan(0)
  expect(telemetry).toHaveSpans(0)
})
