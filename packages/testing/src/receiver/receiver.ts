// Receiver stage: a real OTLP/HTTP receiver for programs in other processes and languages. What it could not take its sender is told, and besides the test
// that wonders where its spans are.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { environmentFor } from './environment.ts'
import { outcomeOf } from './exchange.ts'
import { rejections, type Rejected } from './rejections.ts'
import { serve, until } from './server.ts'
import { signalsInto } from './signals.ts'
import type { Sink } from './sink.ts'

export interface ReceiverOptions {
  /** Default any free one. */
  readonly port?: number
}

export interface Receiver extends AsyncDisposable {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`; a signal's own is `${url}/v1/traces`, `${url}/v1/logs`, `${url}/v1/metrics`. */
  readonly url: string
  /** What to set for a program so that it sends here, and soon. */
  readonly environment: Readonly<Record<string, string>>
  /** What came and could not be taken. */
  rejected(): Rejected
  /** Waits until every sender has closed its connection, as they do when they end, or so many milliseconds are over. */
  drained(withinMs: number): Promise<void>
  /** Closes the port and every connection. After it nothing more is received. */
  stop(): Promise<void>
}

/** Receives at 127.0.0.1, and hands what it takes to `sink`. Rejects when the port is taken. */
export async function receiveInto(sink: Sink, { port = 0 }: ReceiverOptions = {}): Promise<Receiver> {
  const signals = signalsInto(sink)
  const rejected = rejections()
  const underWay = new Set<Promise<void>>()

  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const outcome = await outcomeOf(request, signals)
      rejected.count(outcome)
      response.writeHead(outcome.status, outcome.headers).end(outcome.body)
    } catch {
      rejected.cut()
      response.destroy()
    }
  }

  const server = await serve((request, response) => {
    const exchanged = exchange(request, response).finally(() => underWay.delete(exchanged))
    underWay.add(exchanged)
  }, port)
  let stopped: Promise<unknown> | undefined
  const stop = async (): Promise<void> => {
    // Cut off, the exchanges that are under way end too.
    stopped ??= server.close().then(() => Promise.all(underWay))
    await stopped
  }
  return {
    url: server.url,
    environment: environmentFor(server.url),
    rejected: rejected.told,
    drained: (withinMs) => until(() => !server.connected() && underWay.size === 0, withinMs),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
