// OTLP over HTTP/1.1 by Node's own client. One attempt: connected or reused, bounded in time from the first byte to the
// last, its answer bounded in size, redirects not followed. Sockets and timers do not keep the process alive; who waits
// for an answer does. The requests run with tracing suppressed and on a marked agent, so that nothing makes spans of them.
import type { ClientRequest, IncomingMessage } from 'node:http'
import { context } from '@opentelemetry/api'
import { suppressTracing } from '@opentelemetry/core'
import { exportAgent } from '../marker.ts'
import type { Clock, EndpointOptions } from '../options.ts'
import { answerOf } from './answer.ts'
import type { Answer, Transport } from './transport.ts'

const mostResponseBytes = 4 << 20

/** @throws when the address or a header is not one. */
export async function httpTransport(endpoint: EndpointOptions, contentType: string, clock: Clock): Promise<Transport> {
  const url = new URL(endpoint.url)
  const { request, Agent } = url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  const agent = exportAgent(new Agent({ keepAlive: true, maxSockets: 4, ...endpoint.certificates }))
  const headers = {
    'user-agent': 'Proprio-OTLP-Exporter-JavaScript',
    ...endpoint.headers,
    'content-type': contentType,
    ...(endpoint.compression === 'gzip' ? { 'content-encoding': 'gzip' } : {}),
  }
  const begin = (body: Uint8Array): ClientRequest =>
    context.with(suppressTracing(context.active()), () =>
      request(url, { method: 'POST', agent, headers: { ...headers, 'content-length': body.length } }).on(
        'socket',
        (socket) => socket.unref(),
      ),
    )
  const attempt = async (body: Uint8Array, signal: AbortSignal): Promise<Answer> => {
    const outcome = await exchange(begin, body, signal, endpoint.timeoutMs, clock)
    // The server closed an idle connection while we were writing to it: nobody's fault, and no failure.
    return outcome === 'stale' ? attempt(body, signal) : outcome
  }
  return {
    send: attempt,
    hurry: () => undefined,
    close: () => agent.destroy(),
  }
}

function exchange(
  begin: (body: Uint8Array) => ClientRequest,
  body: Uint8Array,
  signal: AbortSignal,
  timeoutMs: number,
  clock: Clock,
): Promise<Answer | 'stale'> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve({ kind: 'aborted' })
    let state: 'asked' | 'answered' | 'done' = 'asked'
    const request = begin(body)
    const finish = (answer: Answer | 'stale', complete = false): void => {
      if (state === 'done') return
      state = 'done'
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      // A complete exchange has given its connection back already.
      if (!complete) request.destroy()
      resolve(answer)
    }
    const onAbort = (): void => finish({ kind: 'aborted' })
    const onTimeout = (): void => finish({ kind: 'retry', why: `no answer in ${timeoutMs} ms` })
    // After a blocked event loop the timer comes before the answer that has long been there: let it be read first.
    const timer = setTimeout(() => setImmediate(onTimeout).unref(), timeoutMs).unref()
    signal.addEventListener('abort', onAbort)
    request.on('error', (error: NodeJS.ErrnoException) => {
      if (state === 'answered') return
      if (request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE')) return finish('stale')
      finish({ kind: 'retry', why: error.code ?? error.message })
    })
    request.on('response', (response) => {
      state = 'answered'
      read(response, (bytes, complete) => {
        const status = response.statusCode ?? 0
        const whole = bytes ?? new Uint8Array()
        // Cut off in the middle of a success: whether it was taken is not known, so it is sent again.
        if (bytes === undefined && status < 300) return finish({ kind: 'retry', why: 'connection lost' })
        finish(answerOf(status, response.headers, whole, clock.now()), complete)
      })
    })
    request.end(body)
  })
}

/** Gives the body, as much of it as may be read; undefined when the connection was lost before its end. */
function read(response: IncomingMessage, done: (body: Uint8Array | undefined, complete: boolean) => void): void {
  const chunks: Buffer[] = []
  let size = 0
  response.on('data', (chunk: Buffer) => {
    size += chunk.length
    // A receiver that says so much has read the request; what it says is not read.
    if (size > mostResponseBytes) done(new Uint8Array(), false)
    else chunks.push(chunk)
  })
  response.on('end', () => done(Buffer.concat(chunks), true))
  response.on('close', () => done(undefined, false))
  response.on('error', () => done(undefined, false))
}
