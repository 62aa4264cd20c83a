// What both HTTP instrumentations share: the providers they are handed, how a request is described to the function with
// which an application leaves requests out, and the conventions' closed list of methods.

import type { LoggerProvider, MeterProvider, TracerProvider } from '@opentelemetry/api'
import type { Ignore } from '../config/index.ts'

export type { HttpRequest, Ignore } from '../config/index.ts'

export interface Providers {
  readonly tracerProvider: TracerProvider
  readonly meterProvider: MeterProvider
}

export interface AllProviders extends Providers {
  readonly loggerProvider?: LoggerProvider
}

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
