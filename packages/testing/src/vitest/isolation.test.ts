// Whose a span is, with many tests at once: each sees all of its own and none of another's.
import http, { get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { capture } from '@proprio/api'
import { register } from '@proprio/sdk'
import { afterAll, describe } from 'vitest'
import { expect, test } from './index.ts'

const tests = Array.from({ length: 200 }, (_, number) => number)

describe.concurrent('200 tests at once', () => {
  test.for(tests)('%i sees its own, nested, interleaved and across timers', async (number, { telemetry }) => {
    const name = `work.of_${number}`
    await capture({ type: name }, async () => {
      await Promise.all(
        [1, 2, 3].map(async (part) => {
          await delay((number * part) % 7)
          await capture({ type: `${name}.part`, attributes: { part } }, () => delay((number + part) % 5))
          capture({ type: `${name}.done`, attributes: { part } })
        }),
      )
    })
    await telemetry.settled()
    expect(
      telemetry
        .spans()
        .map((span) => span.name)
        .toSorted(),
    ).toEqual([name, ...[1, 2, 3].map(() => `${name}.part`)])
    expect(telemetry.events().map((event) => event.name)).toEqual([1, 2, 3].map(() => `${name}.done`))
    const root = telemetry.span(name)
    expect(telemetry.spans(/part$/).every(({ parentSpanId }) => parentSpanId === root.spanId)).toBe(true)
  })
})

describe('where the context is lost', () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  const server = http.createServer((_request, response) => {
    capture({ type: 'server.work' }, () => undefined)
    response.end('done')
  })
  const origin = new Promise<string>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
  })
  afterAll(() => {
    agent.destroy()
    server.close()
  })

  test.for([1, 2, 3])('a server on a pooled socket is of the test that asked (%i)', async (number, { telemetry }) => {
    const url = `${await origin}/${number}`
    await capture(
      { type: 'client.ask' },
      () =>
        new Promise<void>((resolve, reject) => {
          get(url, { agent }, (response) => response.resume().on('end', resolve)).on('error', reject)
        }),
    )
    await expect.poll(() => telemetry.spans().length).toBe(4)
    const { traceId } = telemetry.span('client.ask')
    expect(telemetry.spans().map((span) => [span.name, span.traceId === traceId])).toEqual([
      ['client.ask', true],
      ['GET', true],
      ['GET', true],
      ['server.work', true],
    ])
  })

  test('a message that carries its trace is of the test that sent it', async ({ telemetry }) => {
    const message: Record<string, string> = {}
    capture({ type: 'queue.send' }, () => propagation.inject(context.active(), message))
    context.with(propagation.extract(ROOT_CONTEXT, message), () => capture({ type: 'queue.take' }, () => undefined))
    expect(telemetry.tree()).toBe('queue.send\n  queue.take')
  })

  test('what has neither is nobody’s', async ({ telemetry }) => {
    context.with(ROOT_CONTEXT, () => capture({ type: 'timer.tick' }, () => undefined))
    expect(telemetry.spans()).toEqual([])
    expect(telemetry.unclaimed().spans('timer.tick')).toHaveLength(1)
  })
})

test('code under test that calls register() gets what is installed', async ({ telemetry }) => {
  const handle = register()
  capture({ type: 'shop.sell' }, () => undefined)
  trace.getTracer('other').startSpan('foreign').end()
  expect(telemetry.spans().map(({ name }) => name)).toEqual(['shop.sell', 'foreign'])
  expect((await handle.query.events({ type: 'shop.sell' })).rows).toHaveLength(1)
})
