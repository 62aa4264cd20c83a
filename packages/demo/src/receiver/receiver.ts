// The other end of the wire: takes OTLP/JSON over HTTP and counts what arrives, so that the account can be held against somebody else's count.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

export interface Received {
  readonly spans: number
  readonly logs: number
  readonly requests: number
}

export interface Receiver {
  readonly url: string
  received(): Received
  close(): Promise<void>
}

interface Batch {
  readonly resourceSpans?: readonly { readonly scopeSpans: readonly { readonly spans: readonly unknown[] }[] }[]
  readonly resourceLogs?: readonly { readonly scopeLogs: readonly { readonly logRecords: readonly unknown[] }[] }[]
}

/** Listens on a free port of 127.0.0.1. */
export async function receive(): Promise<Receiver> {
  const counts = { spans: 0, logs: 0, requests: 0 }
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const batch = (await json(request)) as Batch
    counts.spans += spansIn(batch)
    counts.logs += logsIn(batch)
    counts.requests++
    response.setHeader('content-type', 'application/json').end('{}')
  }
  const server = createServer((request, response) => void take(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: () => ({ ...counts }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

const spansIn = ({ resourceSpans = [] }: Batch): number =>
  resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.map(({ spans }) => spans.length)).reduce(sum, 0)

const logsIn = ({ resourceLogs = [] }: Batch): number =>
  resourceLogs.flatMap(({ scopeLogs }) => scopeLogs.map(({ logRecords }) => logRecords.length)).reduce(sum, 0)

const sum = (total: number, count: number): number => total + count
