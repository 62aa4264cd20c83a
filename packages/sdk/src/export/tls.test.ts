// Over https with certificates: an authority of one's own, and a receiver that wants to know who sends.
import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { Worker } from 'node:worker_threads'
import { TracerProvider } from '@opentelemetry/sdk-trace'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { balance, createAccount } from '../account/index.ts'
import { ca, client, server as own } from './fixtures/certificates.ts'
import { type Certificates, otlpSpans } from './index.ts'
import { postSynchronously } from '../lifecycle/post.ts'

const senders: string[] = []
const receiver = createServer({ ...own, ca, requestCert: true, rejectUnauthorized: true }, (request, response) => {
  senders.push(String((request.socket as TLSSocket).getPeerCertificate().subject.CN))
  request.resume().on('end', () => response.end())
})

beforeAll(async () => {
  await once(receiver.listen(0, '127.0.0.1'), 'listening')
})
afterAll(() => {
  receiver.closeAllConnections()
  receiver.close()
})

function sending(certificates: Certificates | undefined) {
  const account = createAccount({ now: Date.now, warn() {} })
  const { port } = receiver.address() as AddressInfo
  const delivery = otlpSpans({
    account,
    warn() {},
    clock: { now: Date.now, random: Math.random },
    retry: { firstMs: 10, mostMs: 10, ageMs: 20 },
    endpoint: {
      url: `https://127.0.0.1:${port}/v1/traces`,
      headers: {},
      protocol: 'http/protobuf',
      compression: 'none',
      timeoutMs: 2_000,
      ...(certificates && { certificates }),
    },
  })
  new TracerProvider({ spanProcessors: [delivery.processor] }).getTracer('t').startSpan('s').end()
  return { delivery, hop: () => account.snapshot().hops[0]! }
}

test('with the authority and a certificate of its own it is let in', async () => {
  senders.length = 0
  const { delivery, hop } = sending({ ca, ...client })
  await delivery.shutdown(2_000)
  expect(senders).toEqual(['client'])
  expect([hop().exported, balance(hop())]).toEqual([1, 0])
})

test.each([
  ['without any', undefined],
  ['without one of its own', { ca }],
  ['without the authority', client],
])('%s nothing is delivered, and what is lost is counted', async (_name, certificates) => {
  senders.length = 0
  const { delivery, hop } = sending(certificates)
  await delivery.shutdown(300)
  expect(senders).toEqual([])
  expect([hop().exported, hop().droppedTotal, balance(hop())]).toEqual([0, 1, 0])
})

// In a thread of its own, since the thread that posts waits.
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads')
const server = require('node:https').createServer(workerData, (request, response) =>
  request.resume().on('end', () => response.end()))
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
`

test('what is posted while the process exits carries them too', async () => {
  const workerData = { ...own, ca, requestCert: true, rejectUnauthorized: true }
  const thread = new Worker(THREAD, { eval: true, workerData })
  const [port] = (await once(thread, 'message')) as [number]
  const [request] = sending({ ca, ...client }).delivery.unsent()
  const [refused] = sending({ ca }).delivery.unsent()
  const parcels = [request!, refused!].map((parcel) => ({ ...parcel, url: `https://127.0.0.1:${port}/v1/traces` }))
  expect(postSynchronously(parcels, 2_000)).toEqual(new Set([0]))
  await thread.terminate()
})
