// Outgoing global fetch and undici, told by undici's diagnostics channels: client span and duration by the stable HTTP
// conventions, and the context in the request's headers. In our own code, since instrumentation-undici brings a second
// copy of @opentelemetry/instrumentation with it. The copy of undici inside Node and the one on npm share the channels.

import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { context, propagation, type TextMapPropagator } from '@opentelemetry/api'
import { isTracingSuppressed } from '@opentelemetry/core'
import { type Exchange, exchanges } from './exchange.ts'
import { type Ignore, ignoring, type Providers } from './request.ts'
import { contextSetter, isTraceable, type UndiciMessage, type UndiciRequest, urlOf } from './undici.ts'

export interface FetchOptions extends Providers {
  /** Default: the propagator registered with the OpenTelemetry API. */
  readonly propagator?: Pick<TextMapPropagator, 'inject'>
  /** Requests that the application wants left out. */
  readonly ignore?: Ignore
  /** Unix time in milliseconds, fractional. Default the process's own. */
  readonly clock?: { now(): number }
}

// undici's reason for cancelling a response that was dropped unread, once it is collected: nobody's failure.
const COLLECTED = 'Response object has been garbage collected'

type Subscriber = (message: UndiciMessage) => void

/**
 * Instruments every request that undici makes from now on; each redirect and retry is a request. A request ends when the
 * response's body has been read, or collected unread, on an error, and on an abort (`body.cancel()` is one). Returns how to stop: requests under way then make no span.
 */
export const instrumentFetch = (options: FetchOptions): (() => void) => {
  const propagator = options.propagator ?? propagation
  const ignore = options.ignore && ignoring(options.ignore)
  const begin = exchanges(options)
  // Weak: whoever drops a request without reading its response costs us nothing.
  const underWay = new WeakMap<UndiciRequest, Exchange>()

  const create: Subscriber = ({ request }) => {
    const active = context.active()
    if (isTracingSuppressed(active) || !isTraceable(request)) return
    const url = urlOf(request)
    if (url === undefined || ignore?.({ direction: 'outgoing', method: request.method, url: url.href }) === true) return
    const exchange = begin(request.method, url, active)
    underWay.set(request, exchange)
    propagator.inject(exchange.context, request, contextSetter)
  }

  const CHANNELS: Readonly<Record<string, Subscriber>> = {
    'undici:request:create': create,
    'undici:client:sendHeaders': ({ request, socket }) => underWay.get(request)?.sentOn(socket),
    'undici:request:headers': ({ request, response }) => underWay.get(request)?.answered(response?.statusCode),
    'undici:request:trailers': ({ request }) => {
      underWay.get(request)?.end()
      underWay.delete(request)
    },
    'undici:request:error': ({ request, error }) => {
      if (error === COLLECTED) underWay.get(request)?.end()
      else underWay.get(request)?.fail(error)
      underWay.delete(request)
    },
  }

  // A subscriber that throws is reported as an uncaught exception, which ends the host's process.
  const subscribed = Object.entries(CHANNELS).map(([name, subscriber]) => {
    const guarded = (message: unknown): void => {
      try {
        subscriber(message as UndiciMessage)
      } catch {
        // What could not be recorded is lost; the request is not.
      }
    }
    return [name, guarded] as const
  })
  for (const [name, subscriber] of subscribed) subscribe(name, subscriber)
  return () => {
    for (const [name, subscriber] of subscribed) unsubscribe(name, subscriber)
  }
}
