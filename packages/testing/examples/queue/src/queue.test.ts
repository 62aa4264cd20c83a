// What the queue is to tell, and to whom. Each test sees what it has caused itself, though all of them use the same kinds of jobs.
import { withContext } from '@proprio/api'
import { expect, test, virtualClock } from '@proprio/testing/vitest'
import { TimeoutError } from 'p-queue'
import { describe } from 'vitest'
import { work } from './catalogue.ts'
import { workQueue } from './queue.ts'

describe('a job', () => {
  test('is added, waits, and runs', async ({ telemetry }) => {
    using queue = workQueue('mail')
    expect(await queue.add({ name: 'letter', priority: 5 }, () => 'sent')).toBe('sent')

    // One line says what there is, by the catalogue's own words: a wrong attribute would not compile.
    expect(telemetry).toHaveSpan(work.task.job, { job: 'letter', priority: 5 })
    // And the whole of it, as it is read: without times and ids, so it is the same in every run.
    expect(telemetry).toMatchInlineSnapshot(`
      job letter work.queue="mail" work.task.job="letter" work.task.priority=5
        wait work.queue="mail" work.task.job="letter"
        run letter work.queue="mail" work.task.job="letter"
    `)
  })

  test('that fails says why, on each level, and its error is the caller’s', async ({ telemetry }) => {
    using queue = workQueue('mail')
    const refuse = (): never => {
      throw new RangeError('no such street')
    }
    await expect(queue.add({ name: 'letter' }, refuse)).rejects.toThrow('no such street')

    expect(telemetry).toHaveTrace({
      span: work.task.job,
      error: 'RangeError',
      children: [
        { span: work.task.wait, error: false },
        { span: work.task.run, error: 'no such street' },
      ],
    })
    expect(telemetry).toHaveException(RangeError)
    expect(telemetry.span(work.task.job)).toHaveStatus('error', 'no such street')
  })

  test('is tried again, and each attempt is a span with a link to the one before', async ({ telemetry }) => {
    using queue = workQueue('mail')
    let attempts = 0
    const atLast = (): string => {
      attempts++
      if (attempts < 3) throw new Error('busy')
      return 'sent'
    }
    await queue.add({ name: 'letter', times: 3 }, atLast)

    expect(telemetry).toHaveTrace({ span: work.task.job, children: [{ span: work.task.run, times: 3 }] })
    const [first, second, third] = telemetry.spans(work.task.run)
    expect(first).toHaveStatus('error', 'busy')
    expect(second).toBeLinkedTo(first!)
    expect(third).toHaveStatus('unset')
    // The job itself is none the worse for it.
    expect(telemetry).toHaveMetric(work.task.job, { count: 1, dimensions: { job: 'letter' } })
    expect(telemetry).toHaveMetric(work.task.run, { count: 3 })
  })

  test('that takes too long is told to stop, and that is an event', async ({ telemetry }) => {
    using queue = workQueue('mail')
    const stopped = (signal: AbortSignal | undefined): Promise<never> =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)))
    await expect(queue.add({ name: 'parcel', limit: 5 }, stopped)).rejects.toThrow(TimeoutError)
    await telemetry.settled()

    expect(telemetry).toHaveEvent(work.task.timedOut, { job: 'parcel', limit: 5 }, { level: 'warn' })
    expect(telemetry).toHaveException('TimeoutError')
    expect(telemetry).toHaveNoOpenSpans()
  })

  test('that is cancelled while it waits never runs', async ({ telemetry }) => {
    using queue = workQueue('mail')
    queue.pause()
    const { signal, ...controller } = cancelling()
    const job = queue.add({ name: 'letter', signal }, () => 'sent')
    controller.cancel()
    await expect(job).rejects.toThrow('not needed any more')

    expect(telemetry).toHaveEvent(work.task.cancelled, { job: 'letter' })
    expect(telemetry).not.toHaveSpan(work.task.run)
  })

  test('that waits long is slow: on a clock that the test moves', async ({ telemetry }) => {
    const clock = virtualClock()
    telemetry.use(clock)
    using queue = workQueue('mail')
    queue.pause()
    const job = queue.add({ name: 'letter' }, () => 'sent')
    clock.advance(1500)
    queue.resume()
    await job

    expect(telemetry.span(work.task.wait)).toBeSlow()
    expect(telemetry.span(work.task.run)).not.toBeSlow()
    // In seconds, and exactly so: no tolerance, and nothing to wait for.
    expect(telemetry).toHaveMetric(work.task.wait, { sum: 1.5 })
  })
})

describe('a queue', () => {
  test('says how many wait and run', async ({ telemetry }) => {
    using queue = workQueue('mail', { concurrency: 2 })
    const { promise: morning, resolve: goOn } = Promise.withResolvers<void>()
    const jobs = Array.from({ length: 5 }, () => queue.add({ name: 'letter' }, () => morning))
    // A gauge is asked and does not happen. This test has made it, and so is told, also beside others. The dimension is of the catalogue's context and not of
    // the gauge, so both are meant by their names on the wire.
    const dimensions = { 'work.queue': 'mail' }
    expect(telemetry).toHaveMetric('work.task.running', { dimensions, value: 2 })
    expect(telemetry).toHaveMetric('work.task.waiting', { dimensions, value: 3 })
    goOn()
    await Promise.all(jobs)

    expect(telemetry).toHaveMetric('work.task.waiting', { dimensions, value: 0 })
    expect(telemetry).toHaveSpans(5, work.task.run)
  })

  test('lets those with a higher priority begin first', async ({ telemetry }) => {
    using queue = workQueue('mail', { concurrency: 1 })
    queue.pause()
    const jobs = [1, 3, 2].map((priority) => queue.add({ name: `letter of ${priority}`, priority }, () => 'sent'))
    queue.resume()
    await Promise.all(jobs)

    const order = telemetry.spans(work.task.run).map(({ name }) => name)
    expect(order).toEqual(['run letter of 3', 'run letter of 2', 'run letter of 1'])
  })
})

// One queue of the process, as an application has it. Its gauges speak for all tests, and so are told to one that runs alone.
const post = workQueue('post', { concurrency: 3 })

test('a queue of the whole process is asked by a test that runs alone', async ({ telemetry }) => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const job = post.add({ name: 'letter' }, () => promise)
  expect(telemetry).toHaveMetric('work.task.running', { dimensions: { 'work.queue': 'post' }, value: 1 })
  resolve()
  await job
})

describe.concurrent('callers at once', () => {
  test.for(['ann', 'bob', 'cem', 'dag'])('%s has a trace of their own', async (userId, { telemetry }) => {
    await withContext({ userId }, () =>
      Promise.all([
        post.add({ name: 'letter', customer: `${userId}@example.org` }, () => 'sent'),
        post.add({ name: 'parcel', customer: `${userId}@example.org` }, () => 'sent'),
      ]),
    )

    // Whichever job made room for it, what a job does stays below the job, and of its caller.
    expect(telemetry).toHaveTrace({
      span: 'job parcel',
      exact: true,
      children: [{ span: work.task.wait }, { span: 'run parcel' }],
    })
    expect(telemetry).toHaveSpans(6)
    expect(telemetry).toHaveContext({ userId })
    expect(telemetry).toHaveContext(work, { queue: 'post' })
    // Who the customer is leaves hashed, and in no other form: neither as it is nor encoded.
    expect(telemetry).toHaveSpan(work.task.job, { customer: expect.stringMatching(/^[\da-f]+$/) })
    expect(telemetry).toLeakNothing([`${userId}@example.org`])
    expect(telemetry).toHaveNoErrors()
    expect(telemetry).toConformTo(work)
  })
})

test('the catalogue breaks no promise to those who read dashboards', () => {
  expect(work).toKeepContract(new URL('work.contract.json', import.meta.url))
})

function cancelling(): { signal: AbortSignal; cancel(): void } {
  const controller = new AbortController()
  return { signal: controller.signal, cancel: () => controller.abort(new Error('not needed any more')) }
}
