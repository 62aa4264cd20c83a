// Every way out of an application that has called register(), to a receiver in another process: what was queued arrives, and code and signal are those
// of the same application without us.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Receiver, startReceiver } from '../receiver/client.ts'
import { scenario } from './child.ts'

let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.stop())
beforeEach(() => receiver.clear())

const hundred = Array.from({ length: 100 }, (_, index) => index)

async function arrived() {
  const { spans, logs } = await receiver.received()
  const indexes = (records: typeof spans | typeof logs) =>
    records.map(({ attributes }) => Number(attributes['index'])).toSorted((a, b) => a - b)
  return { spans: indexes(spans), logs: indexes(logs) }
}

async function end(name: string, format: 'mjs' | 'cjs', given: { signal?: NodeJS.Signals; options?: object } = {}) {
  const how = {
    format,
    heard: ({ ready }: { ready?: unknown }, child: { kill(signal?: NodeJS.Signals): boolean }) => {
      if (ready === true) setTimeout(() => child.kill(given.signal), 50)
    },
  }
  const options = { otlp: { endpoint: receiver.url }, ...given.options }
  const [without, ours] = await Promise.all([scenario(name, { without: true }, how), scenario(name, { options }, how)])
  expect({ code: ours.code, signal: ours.signal }).toEqual({ code: without.code, signal: without.signal })
  return ours
}

describe.each(['mjs', 'cjs'] as const)('a %s application', (format) => {
  test.each([
    ['natural', undefined, { code: 0 }],
    ['exitCode', undefined, { code: 7 }],
    ['staysUp', 'SIGTERM', { signal: 'SIGTERM' }],
    ['staysUp', 'SIGINT', { signal: 'SIGINT' }],
    ['ownListener', 'SIGTERM', { code: 5 }],
  ] as const)('%s %s: 100 of 100', async (name, signal, ended) => {
    const ran = await end(name, format, signal === undefined ? {} : { signal })
    expect(ran).toMatchObject({ ...ended, stderr: '' })
    expect(await arrived()).toEqual({ spans: hundred, logs: hundred })
  })

  test('process.exit() after an awaited shutdown: 100 of 100, and told so', async () => {
    const ran = await end('exitAfterShutdown', format, {
      options: { otlp: { endpoint: receiver.url, metrics: false } },
    })
    expect(ran).toMatchObject({ code: 3, stderr: '', answer: { flushed: 200, dropped: 0, timedOut: false } })
    expect(await arrived()).toEqual({ spans: hundred, logs: hundred })
  })

  test.each(['exitAtOnce', 'throws'])('%s with flushOnExit: 100 of 100', async (name) => {
    await end(name, format, { options: { otlp: { endpoint: receiver.url }, flushOnExit: true } })
    expect(await arrived()).toEqual({ spans: hundred, logs: hundred })
  })
})

test('with signal-exit in the application: its listeners run, the signal ends it, 100 of 100', async () => {
  const ran = await end('signalExit', 'cjs', { signal: 'SIGTERM' })
  expect(ran).toMatchObject({ signal: 'SIGTERM', stderr: '', answer: { exit: null, signal: 'SIGTERM' } })
  expect(await arrived()).toEqual({ spans: hundred, logs: hundred })
})

test('a second signal, while a receiver hangs, ends it at once and counts what is lost', async () => {
  await receiver.fail({ kind: 'hang' })
  const began = performance.now()
  const ran = await scenario(
    'staysUp',
    { options: { otlp: { endpoint: receiver.url } } },
    {
      heard(_said, child) {
        for (const after of [50, 500]) setTimeout(() => child.kill('SIGTERM'), after)
      },
    },
  )
  await receiver.fail({ kind: 'none' })
  expect(ran).toMatchObject({ code: null, signal: 'SIGTERM' })
  expect(ran.stderr).toContain('200 records were lost: the signal left no time')
  expect(performance.now() - began).toBeLessThan(4_000)
})

test('process.exit() without waiting: counted as lost, each record once though it has two destinations', async () => {
  const twice = { otlp: { endpoint: receiver.url }, console: { traces: true, logs: true } }
  const ran = await end('exitAtOnce', 'mjs', { options: twice })
  expect(ran.stderr).toBe(
    'proprio: 200 records were lost: process.exit() was called without awaiting telemetry.shutdown(). Await it, or set flushOnExit: true (PROPRIO_FLUSH_ON_EXIT=true).\n',
  )
})

test('a receiver that never answers delays an end at which only metrics are left by two seconds', async () => {
  await receiver.fail({ kind: 'hang' })
  const began = performance.now()
  const ran = await scenario('nothing', { options: { otlp: { endpoint: receiver.url }, shutdownTimeoutMs: 20_000 } })
  const took = performance.now() - began
  await receiver.fail({ kind: 'none' })
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  expect((await receiver.received()).requests.map(({ path }) => path)).toEqual(['/v1/metrics'])
  expect(took).toBeLessThan(10_000)
})

test('a receiver that never answers delays the natural end by the deadline and no more', async () => {
  await receiver.fail({ kind: 'hang' })
  const began = performance.now()
  const ran = await scenario('natural', { options: { otlp: { endpoint: receiver.url }, shutdownTimeoutMs: 1_000 } })
  const took = performance.now() - began
  await receiver.fail({ kind: 'none' })
  expect(ran.code).toBe(0)
  expect(ran.stderr).toContain('200 records were lost: no receiver took what was queued when the process ended')
  expect(took).toBeLessThan(5_000)
})
