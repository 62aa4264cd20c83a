// A real OTLP/HTTP receiver in a process of its own: it takes protobuf and JSON, plain or gzip, decodes all of it, and
// is asked over a second port what came. Prints {"port","control"} when it listens.
//   --discard   count bytes only, decode nothing: for measuring a sender
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { decodeJson, decodeProtobuf, encodeResponse, encodeStatus } from './decode.ts'
import type { Path } from './decode.ts'
import { faults } from './faults.ts'
import type { Fault } from './faults.ts'
import { flatten } from './flatten.ts'
import type { Received } from './flatten.ts'

export interface Told extends Received {
  requests: {
    path: string
    encoding: string
    type: string
    headers: Record<string, unknown>
    bytes: number
    at: number
  }[]
}

const names = {
  '/v1/traces': 'rejectedSpans',
  '/v1/logs': 'rejectedLogRecords',
  '/v1/metrics': 'rejectedDataPoints',
} as const satisfies Record<Path, string>

const discard = process.argv.includes('--discard')
const mode = faults()
let told: Told = { requests: [], spans: [], logs: [], metrics: [] }

const otlp = createServer((request, response) => {
  readAll(request).then(
    (body) => receive(request, response, body),
    () => response.destroy(),
  )
})
const control = createServer((request, response) => {
  readAll(request)
    .then((body) => command(request.url ?? '', body))
    .then((answer) => response.end(JSON.stringify(answer)))
    .catch((error: unknown) => response.writeHead(500).end(String(error)))
})

function receive(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  const path = request.url as Path
  const type = request.headers['content-type'] ?? ''
  const encoding = request.headers['content-encoding'] ?? 'identity'
  const at = Date.now()
  told.requests.push({ path, encoding, type, headers: request.headers, bytes: body.length, at })
  const fault = mode.next(Math.random(), body.length)
  const protobufWanted = type === 'application/x-protobuf'
  response.setHeader('content-type', type)
  try {
    const refused = fault.kind === 'partial' ? fault.rejected : 0
    if (!(path in names)) throw new Error(`no such path: ${path}`)
    if (takes(fault) && !discard) take(path, protobufWanted, encoding === 'gzip' ? gunzipSync(body) : body, refused)
    const message = fault.kind === 'partial' ? fault.message : ''
    answer(fault, response, protobufWanted, encodeResponse(protobufWanted, refused, message, names[path]))
  } catch (error) {
    response.writeHead(400).end(encodeStatus(protobufWanted, String(error)))
  }
}

function takes(fault: Fault): boolean {
  const kinds: readonly Fault['kind'][] = ['none', 'slow', 'partial', 'drip', 'garbage', 'flood']
  return kinds.includes(fault.kind) || (fault.kind === 'reset' && fault.when === 'headers')
}

function take(path: Path, protobufWanted: boolean, bytes: Uint8Array, refused: number): void {
  const received = flatten(protobufWanted ? decodeProtobuf(path, bytes) : decodeJson(bytes))
  told.spans.push(...received.spans.slice(refused))
  told.logs.push(...received.logs.slice(refused))
  told.metrics.push(...received.metrics)
}

function answer(fault: Fault, response: ServerResponse, protobufWanted: boolean, success: Uint8Array): void {
  switch (fault.kind) {
    case 'none':
    case 'partial':
      return void response.end(success)
    case 'status':
      return void response.writeHead(fault.status, fault.headers).end(encodeStatus(protobufWanted, 'as asked'))
    case 'share':
      return void response.writeHead(503).end(encodeStatus(protobufWanted, 'as asked'))
    case 'limit':
      return void response.writeHead(413).end(encodeStatus(protobufWanted, 'too large'))
    case 'slow':
      return void setTimeout(() => response.end(success), fault.ms)
    case 'garbage':
      return void response.end('\u00ff<html>no OTLP')
    case 'reset':
      if (fault.when === 'request') return void response.destroy()
      response.writeHead(200, { 'content-length': '100' }).flushHeaders()
      return void setTimeout(() => response.destroy(), 20)
    case 'flood':
      return flood(response)
    case 'drip':
      response.writeHead(200, { 'content-length': '1000' })
      return void setInterval(() => response.write('x'), 1_000).unref()
    case 'hang':
  }
}

function flood(response: ServerResponse): void {
  const chunk = Buffer.alloc(1 << 16)
  const more = (): void => {
    while (!response.destroyed && response.write(chunk)) continue
  }
  response.on('drain', more).on('error', () => response.destroy())
  more()
}

async function command(url: string, body: Buffer): Promise<unknown> {
  const { pathname } = new URL(url, 'http://control')
  switch (pathname) {
    case '/received':
      return told
    case '/ids':
      return { spans: told.spans.map((span) => span.spanId), logs: told.logs.length, requests: told.requests.length }
    case '/clear':
      told = { requests: [], spans: [], logs: [], metrics: [] }
      return {}
    case '/fault':
      mode.set(JSON.parse(body.toString()) as Fault)
      return {}
    case '/down':
      otlp.closeAllConnections()
      return new Promise((resolve) => otlp.close(() => resolve({})))
    case '/up':
      return { port: await listen(otlp, port) }
    default:
      throw new Error(`no such command: ${pathname}`)
  }
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function listen(server: Server, wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(wanted, '127.0.0.1', () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

const port = await listen(otlp, 0)
console.log(JSON.stringify({ port, control: await listen(control, 0) }))
// The parent's end of the pipe closes with it, so that no receiver outlives its tests.
process.stdin.on('end', () => process.exit()).resume()
