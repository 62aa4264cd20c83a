// The export keeps to itself: no HTTP client before it is needed, no process held up, no span of its own traffic.
import { execFile } from 'node:child_process'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { context } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { registerInstrumentations } from '@opentelemetry/instrumentation'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { startReceiver } from '../../../../test/receiver/client.ts'
import type { Receiver } from '../../../../test/receiver/client.ts'
import { tracing } from './fixtures/sending.ts'
import { isExportAgent } from './index.ts'

let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.stop())
beforeEach(() => receiver.clear())

const here = (path: string): string => JSON.stringify(fileURLToPath(new URL(path, import.meta.url)))

/** Runs a program with a span delivery in it, and says what it printed and how long it took. */
async function program(body: string): Promise<{ output: string; ms: number }> {
  const source = `
    import { TracerProvider } from '@opentelemetry/sdk-trace'
    import { createAccount } from ${here('../account/index.ts')}
    import { otlpSpans } from ${here('index.ts')}
    const clock = { now: Date.now, random: Math.random }
    const account = createAccount({ now: Date.now, warn() {} })
    const endpoint = { url: '${receiver.url}/v1/traces', headers: {}, protocol: 'http/protobuf', compression: 'none', timeoutMs: 10_000 }
    const delivery = otlpSpans({ account, clock, endpoint, warn() {} })
    const tracer = new TracerProvider({ spanProcessors: [delivery.processor] }).getTracer('scope')
    const burst = (count) => { for (let index = 0; index < count; index++) tracer.startSpan('work').end() }
    const loaded = (name) => process.moduleLoadList.includes('NativeModule ' + name)
    ${body}`
  const begin = performance.now()
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@proprio/source', '--input-type=module', '--eval', source],
    { cwd: fileURLToPath(new URL('.', import.meta.url)) },
  )
  return { output: stdout.trim(), ms: performance.now() - begin }
}

test('the HTTP client is loaded by the first batch, not before', async () => {
  const { output } = await program(`
    burst(1)
    console.log(loaded('http'), loaded('zlib'))
    await delivery.shutdown()
    console.log(loaded('http'), loaded('https'))`)
  expect(output).toBe('false false\ntrue false')
  expect((await receiver.ids()).spans).toHaveLength(1)
})

test('a process with records in its queue ends when it wants to', async () => {
  const { ms } = await program('burst(10)')
  expect(ms).toBeLessThan(3_000)
})

test('a process with an export in flight ends when it wants to', async () => {
  await receiver.fail({ kind: 'hang' })
  const { ms } = await program(`
    burst(512)
    while (account.snapshot().hops[0].inFlight === 0) await new Promise((done) => setTimeout(done, 5))
    await new Promise((done) => setTimeout(done, 100))`)
  await receiver.fail({ kind: 'none' })
  expect((await receiver.ids()).requests).toBe(1)
  expect(ms).toBeLessThan(3_000)
})

test('a process that waits for a flush waits, through pauses too', async () => {
  await receiver.fail({ kind: 'status', status: 503, times: 1 })
  const { output } = await program(`
    burst(600)
    console.log(await delivery.flush())`)
  expect(output).toBe('true')
  expect((await receiver.ids()).spans).toHaveLength(600)
})

/** A request of the host's own. */
const own = async (): Promise<number> => {
  const { request } = await import('node:http')
  return new Promise((resolve) =>
    request(`${receiver.url}/v1/traces`, { method: 'POST' }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0))
    }).end(),
  )
}

describe('with node:http instrumented', () => {
  let marked = false
  const instrumentation = new HttpInstrumentation({
    ignoreOutgoingRequestHook: ({ agent }) => marked && isExportAgent(agent),
  })
  let stop: (() => void) | undefined
  beforeAll(() => {
    stop = registerInstrumentations({ instrumentations: [instrumentation] })
    createRequire(import.meta.url)('node:http')
    syncBuiltinESMExports()
  })
  afterAll(() => {
    stop?.()
    syncBuiltinESMExports()
  })
  const instrumented = () => {
    const traced = tracing(receiver)
    instrumentation.setTracerProvider(traced.provider)
    return traced
  }

  test('a request of the host makes a span, an export makes none', async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
    onTestFinished(() => context.disable())
    const { burst, delivery, hop } = instrumented()
    await own()
    burst(3)
    await delivery.flush()
    await delivery.flush()
    expect(hop()).toMatchObject({ started: 4, exported: 4 })
  })

  test('without a context manager the mark on the agent says it', async () => {
    marked = true
    const { burst, delivery, hop } = instrumented()
    await own()
    burst(3)
    await delivery.flush()
    await delivery.flush()
    expect(hop()).toMatchObject({ started: 4, exported: 4 })
  })
})
