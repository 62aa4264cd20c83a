// What undici publishes, as far as it is read here: the shapes of its messages, the address of a request, and the way
// into its headers. https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md

import type { TextMapSetter } from '@opentelemetry/api'

export interface UndiciRequest {
  readonly origin?: string | URL
  readonly path: string
  readonly method: string
  readonly upgrade?: string | null
  /** Names and values in turn. A single string in undici before 6. */
  readonly headers: unknown
  addHeader(name: string, value: string): unknown
}

export interface PeerSocket {
  readonly remoteAddress?: string
  readonly remotePort?: number
  /** 'h2' where TLS negotiated HTTP/2, else false or another name. */
  readonly alpnProtocol?: string | false | null
}

/** The messages of all channels in one: which fields are there depends on the channel. */
export interface UndiciMessage {
  readonly request: UndiciRequest
  readonly response?: { readonly statusCode: number }
  readonly socket?: PeerSocket
  readonly error?: unknown
}

/** Tunnels and upgraded connections (WebSocket) are never told to be over, so they make no span. */
export const isTraceable = ({ method, upgrade }: UndiciRequest): boolean => method !== 'CONNECT' && !upgrade

/** The whole URL of a request; undefined where there is none. Put together as strings: `//a` is a path, not a host. */
export const urlOf = ({ origin, path }: UndiciRequest): URL | undefined => {
  const whole = path.startsWith('/') ? `${origin ?? ''}${path}` : path
  return URL.canParse(whole) ? new URL(whole) : undefined
}

/** Writes a propagator's fields. Replaces one that the caller set: two `traceparent` are no context at all. */
export const contextSetter: TextMapSetter<UndiciRequest> = {
  set: (request, name, value) => {
    const { headers } = request
    if (Array.isArray(headers))
      for (let index = 0; index < headers.length; index += 2)
        if (String(headers[index]).toLowerCase() === name.toLowerCase()) {
          headers[index + 1] = value
          return
        }
    request.addHeader(name, value)
  },
}
