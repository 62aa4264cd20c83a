// One outgoing request from its start to its end, as the stable HTTP conventions describe it: a client span, and the
// duration in a histogram, both from the same two clock readings.
// https://opentelemetry.io/docs/specs/semconv/http/ (1.45.0)

import { type Attributes, type Context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_REQUEST_METHOD_ORIGINAL,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_NETWORK_PEER_ADDRESS,
  ATTR_NETWORK_PEER_PORT,
  ATTR_NETWORK_PROTOCOL_VERSION,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_URL_FULL,
  METRIC_HTTP_CLIENT_REQUEST_DURATION,
} from '@opentelemetry/semantic-conventions'
import { VERSION } from '../config/index.ts'
import { knownMethod, type Providers } from './request.ts'
import type { PeerSocket } from './undici.ts'
import { fullUrl } from './url.ts'

export interface Exchange {
  /** The caller's context with this request's span in it. */
  readonly context: Context
  sentOn(socket: PeerSocket | undefined): void
  answered(statusCode: number | undefined): void
  end(): void
  fail(error: unknown): void
}

export interface ExchangeOptions extends Providers {
  /** Unix time in milliseconds, fractional. Default the process's own. */
  readonly clock?: { now(): number }
}

const SCOPE = '@proprio/sdk/fetch'

// The conventions' own, in seconds.
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

const PROCESS_CLOCK = { now: (): number => performance.timeOrigin + performance.now() }

// A class name says more than `Error`, a system error's code more than that; both are few.
const errorType = (error: unknown): string => {
  if (!(error instanceof Error)) return '_OTHER'
  const code: unknown = Reflect.get(error, 'code')
  const plain = error.name === 'Error' || error.name === 'AggregateError'
  return plain && typeof code === 'string' ? code : error.name
}

const portOf = (url: URL): number => (url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port))

/** Makes the function that begins an exchange. */
export const exchanges = (options: ExchangeOptions): ((method: string, url: URL, parent: Context) => Exchange) => {
  const { tracerProvider, meterProvider, clock = PROCESS_CLOCK } = options
  const tracer = tracerProvider.getTracer(SCOPE, VERSION)
  const duration = meterProvider.getMeter(SCOPE, VERSION).createHistogram(METRIC_HTTP_CLIENT_REQUEST_DURATION, {
    description: 'Duration of HTTP client requests.',
    unit: 's',
    advice: { explicitBucketBoundaries: BUCKETS },
  })

  return (method, url, parent) => {
    const known = knownMethod(method)
    const dimensions: Attributes = {
      [ATTR_HTTP_REQUEST_METHOD]: known,
      // Without the brackets of an IPv6 address.
      [ATTR_SERVER_ADDRESS]: url.hostname.replace(/^\[|\]$/g, ''),
      [ATTR_SERVER_PORT]: portOf(url),
    }
    const attributes: Attributes = { ...dimensions, [ATTR_URL_FULL]: fullUrl(url) }
    if (known !== method) attributes[ATTR_HTTP_REQUEST_METHOD_ORIGINAL] = method
    const startTime = clock.now()
    const name = known === '_OTHER' ? 'HTTP' : known
    const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes, startTime }, parent)

    const within = trace.setSpan(parent, span)

    const learn = (key: string, value: string | number): void => {
      dimensions[key] = value
      span.setAttribute(key, value)
    }
    const end = (endTime: number): void => {
      span.end(endTime)
      duration.record((endTime - startTime) / 1000, dimensions, within)
    }

    return {
      context: within,
      sentOn: (socket) => {
        learn(ATTR_NETWORK_PROTOCOL_VERSION, socket?.alpnProtocol === 'h2' ? '2' : '1.1')
        if (socket?.remoteAddress !== undefined) span.setAttribute(ATTR_NETWORK_PEER_ADDRESS, socket.remoteAddress)
        if (socket?.remotePort !== undefined) span.setAttribute(ATTR_NETWORK_PEER_PORT, socket.remotePort)
      },
      answered: (statusCode) => {
        if (statusCode === undefined) return
        learn(ATTR_HTTP_RESPONSE_STATUS_CODE, statusCode)
        if (statusCode < 400) return
        learn(ATTR_ERROR_TYPE, String(statusCode))
        span.setStatus({ code: SpanStatusCode.ERROR })
      },
      end: () => end(clock.now()),
      fail: (error) => {
        const endTime = clock.now()
        const name = errorType(error)
        learn(ATTR_ERROR_TYPE, name)
        // Named: by default a code is taken for the type, and that of an abort is 20.
        const exception =
          error instanceof Error ? { name, message: error.message, stack: error.stack ?? '' } : String(error)
        // Timed: by default an event is dated in whole milliseconds, so before the span it belongs to.
        span.recordException(exception, endTime)
        span.setStatus({
          code: SpanStatusCode.ERROR,
          message: typeof exception === 'string' ? exception : exception.message,
        })
        end(endTime)
      },
    }
  }
}
