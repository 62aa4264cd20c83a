// Receiver stage: one request and what it is answered with, in its own encoding.
// https://opentelemetry.io/docs/specs/otlp/#otlphttp-response
import type { IncomingMessage } from 'node:http'
import { bodyOf } from './body.ts'
import type { Encoding } from './decode/encoding.ts'
import { encodingOf, json } from './decode/encodings.ts'
import { Refusal } from './refusal.ts'
import type { Signal, Signals } from './signals.ts'

export interface Outcome {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** Records of a request that was taken. */
  readonly rejected: number
  /** Why it was refused, or why the first of its records was rejected. */
  readonly problem?: string | undefined
}

/** Rejects when the sender is gone before it has sent all. */
export async function outcomeOf(request: IncomingMessage, signals: Signals): Promise<Outcome> {
  const encoding = await encodingOf(request.headers['content-type'])
  try {
    const signal = signalOf(request, signals)
    if (encoding === undefined) {
      const type = request.headers['content-type'] ?? '(none)'
      throw new Refusal(415, `content-type ${type}: application/x-protobuf or application/json is read`)
    }
    return taken(signal, encoding, await bodyOf(request))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refused(`${request.method} ${request.url}: ${error.message}`, error, encoding ?? json)
  }
}

function signalOf({ method, url }: IncomingMessage, signals: Signals): Signal {
  const [path = ''] = (url ?? '').split('?', 1)
  const signal = signals.get(path)
  if (signal === undefined) throw new Refusal(404, `there are ${[...signals.keys()].join(', ')}`)
  if (method !== 'POST') throw new Refusal(405, 'OTLP is sent by POST', { allow: 'POST' })
  return signal
}

function taken(signal: Signal, encoding: Encoding, bytes: Uint8Array): Outcome {
  const { rejected, problem } = read(signal, encoding, bytes)
  const content =
    rejected === 0 ? {} : { partialSuccess: { [signal.rejected]: String(rejected), errorMessage: problem } }
  return {
    status: 200,
    headers: { 'content-type': encoding.contentType },
    body: encoding.encode(signal.response, content),
    rejected,
    problem,
  }
}

function read(signal: Signal, encoding: Encoding, bytes: Uint8Array): ReturnType<Signal['take']> {
  try {
    return signal.take(encoding.decode(signal.request, bytes))
  } catch (error) {
    throw new Refusal(400, `the body is no ${signal.request}: ${(error as Error).message}`)
  }
}

function refused(problem: string, { status, headers }: Refusal, encoding: Encoding): Outcome {
  return {
    status,
    headers: { 'content-type': encoding.contentType, ...headers },
    body: encoding.encode('Status', { message: problem }),
    rejected: 0,
    problem,
  }
}
