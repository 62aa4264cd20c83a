// What both HTTP instrumentations share: the providers they are handed, how a request is described to the function with
// which an application leaves requests out, and the conventions' closed list of methods.

import type { LoggerProvider, MeterProvider, TracerProvider } from '@opentelemetry/api'

export interface Providers {
  readonly tracerProvider: TracerProvider
  readonly meterProvider: MeterProvider
}

export interface AllProviders extends Providers {
  readonly loggerProvider?: LoggerProvider
}

/** A request as `ignore` sees it. */
export interface HttpRequest {
  readonly direction: 'incoming' | 'outgoing'
  /** As sent, usually in capitals. */
  readonly method: string
  /** Incoming: path and query, as in `request.url`. Outgoing: the whole URL, credentials included. */
  readonly url: string
}

/** Answers true for a request that makes neither span nor metric. When it throws, the request is not ignored. */
export type Ignore = (request: HttpRequest) => boolean

/** `ignore` as it may be called in the host's path: it never throws. */
export const ignoring =
  (ignore: Ignore): Ignore =>
  (request) => {
    try {
      return ignore(request) === true
    } catch {
      return false
    }
  }

// RFC 9110, PATCH (RFC 5789) and QUERY; others are `_OTHER`, since a method is a metric's dimension and anybody's to choose.
// https://opentelemetry.io/docs/specs/semconv/http/http-spans/
const METHODS: ReadonlySet<string> = new Set([
  'CONNECT',
  'DELETE',
  'GET',
  'HEAD',
  'OPTIONS',
  'PATCH',
  'POST',
  'PUT',
  'QUERY',
  'TRACE',
])

/** The method by the conventions: in capitals when it is known, else `_OTHER`. */
export const knownMethod = (method: string): string => {
  const upper = method.toUpperCase()
  return METHODS.has(upper) ? upper : '_OTHER'
}
