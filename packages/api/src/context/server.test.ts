// What a host must know of asynchronous contexts: a server that starts to listen inside a block keeps the block's context for its later requests.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeEach, expect, test } from 'vitest'
import { flow } from '../call-site/flow.ts'
import { record } from '../fixtures/recording.ts'

const recording = record()
beforeEach(() => recording.clear())
const { node, run } = flow.workflow

const serving = (parent?: null): Server =>
  createServer((_request, response) => {
    node({ node: 'answer' }, parent === null ? { parent } : {}, () => response.end('ok'))
  })
const asked = async (server: Server): Promise<void> => {
  const { port } = server.address() as AddressInfo
  await (await fetch(`http://127.0.0.1:${port}/`)).text()
  await new Promise((resolve) => server.close(resolve))
}
const listening = (server: Server): Promise<Server> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))

test('one that listens inside keeps the trace and what was said; `parent: null` takes the trace away', async () => {
  for (const parent of [undefined, null]) {
    await recording.clear()
    const server = await flow.within({ runId: 'r1' }, () => run({}, () => listening(serving(parent))))
    await asked(server)
    const [outer, inner] = recording.spans
    expect(inner?.attributes['flow.run_id']).toBe('r1')
    expect(inner?.parentSpanContext?.spanId).toBe(parent === null ? undefined : outer?.spanContext().spanId)
  }
})

test('one that listens outside keeps nothing of a block it was made in', async () => {
  const server = flow.within({ runId: 'r1' }, () => run({}, () => serving()))
  await asked(await listening(server))
  const [, inner] = recording.spans
  expect(inner?.name).toBe('node answer')
  expect(inner?.parentSpanContext).toBeUndefined()
  expect(inner?.attributes['flow.run_id']).toBeUndefined()
})
