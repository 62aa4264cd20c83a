// The scrape endpoint: an HTTP server of our own around OpenTelemetry's text form. It answers GET and HEAD of /metrics and nothing else,
// never keeps the process alive, makes no spans, and tells what went wrong instead of throwing.
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { context } from '@opentelemetry/api'
import { suppressTracing } from '@opentelemetry/core'
import type { MetricReader, ResourceMetrics } from '@opentelemetry/sdk-metrics'
import { notOpened, urlOf } from './address.ts'
import { together } from './blocks.ts'
import { writable } from './families.ts'
import { listen } from './listen.ts'
import { ownServers } from './own-servers.ts'
import { ScrapeReader } from './reader.ts'

export interface ServeOptions {
  readonly host: string
  /** 0 = any free port, `'auto'` = 9464 or the next free one. */
  readonly port: number | 'auto'
  /** Told once of each thing that could not be served. */
  warn(message: string): void
}

export interface MetricsServer {
  /** For the MeterProvider; shutting that down stops the endpoint. */
  readonly reader: MetricReader
  /** Settles when the port is open, or cannot be. Never rejects. */
  readonly ready: Promise<void>
  /** Undefined until the port is open, and after stop(). */
  readonly url: string | undefined
  readonly port: number | undefined
  /** Why nothing is served, for health. */
  readonly problem: string | undefined
  /** Lets a scrape that is under way end, half a second at most. Idempotent, never rejects. */
  stop(): Promise<void>
}

const COLLECT_MS = 5_000
const STOP_MS = 500
const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** Starts to serve; returns at once, because the reader must be there when the MeterProvider is made. */
export function serveMetrics({ host, port, warn }: ServeOptions): MetricsServer {
  let server: Server | undefined
  let address: { url: string; port: number } | undefined
  let problem: string | undefined
  let stopped: Promise<void> | undefined
  const reader = new ScrapeReader(stop)
  const ready = start()

  async function start(): Promise<void> {
    try {
      const { createServer } = await import('node:http')
      server = createServer(answer(scraper(reader, once(warn)))).unref()
      server.on('connection', (socket) => socket.unref())
      ownServers.add(server)
      const open = await listen(server, host, port)
      server.on('error', (error) => warn(`the scrape endpoint failed: ${error.message}`))
      address = { port: open, url: urlOf(host, open) }
    } catch (error) {
      problem = notOpened(host, port, error)
      warn(problem)
    }
  }

  function stop(): Promise<void> {
    stopped ??= end()
    return stopped
  }

  async function end(): Promise<void> {
    await ready
    if (address !== undefined && server !== undefined) await closed(server)
    address = undefined
  }

  return {
    reader,
    ready,
    stop,
    get url() {
      return address?.url
    },
    get port() {
      return address?.port
    },
    get problem() {
      return problem
    },
  }
}

function answer(scrape: () => Promise<string>): RequestListener {
  return (request, response) => {
    if (!isScrape(request)) return send(response, 404, 'Metrics are at /metrics.\n')
    if (request.method === 'HEAD') return send(response, 200, '')
    return void context.with(suppressTracing(context.active()), scrape).then(
      (body) => send(response, 200, body),
      (error: unknown) => send(response, 503, `Metrics cannot be read: ${messageOf(error)}.\n`),
    )
  }
}

function isScrape({ method, url = '' }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && url.split('?', 1)[0] === '/metrics'
}

/** One scrape: collect, make it fit for the text form, write. The exporter is loaded by the first one. */
function scraper(reader: MetricReader, omitted: (why: string) => void): () => Promise<string> {
  let text: { serialize(metrics: ResourceMetrics): string } | undefined
  return async () => {
    const { PrometheusSerializer } = await import('@opentelemetry/exporter-prometheus')
    text ??= new PrometheusSerializer()
    const { resourceMetrics, errors } = await reader.collect({ timeoutMillis: COLLECT_MS })
    for (const error of errors) omitted(`a callback failed: ${messageOf(error)}`)
    // Without any metric the exporter leaves out the last line's end, which the text form demands.
    return together(`${text.serialize(writable(resourceMetrics, omitted)).trimEnd()}\n`)
  }
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': status === 200 ? CONTENT_TYPE : 'text/plain; charset=utf-8' })
  response.end(body)
}

/** Says each thing once, and at most a hundred things. */
function once(warn: (message: string) => void): (why: string) => void {
  const said = new Set<string>()
  return (why) => {
    if (said.has(why) || said.size >= 100) return
    said.add(why)
    warn(`a scrape left something out: ${why}.`)
  }
}

async function closed(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), STOP_MS).unref()
    server.close(() => {
      clearTimeout(late)
      resolve()
    })
    server.closeIdleConnections()
  })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'no reason was given'
}
