// The transports, composed. Loaded by the first batch that leaves, because Node's HTTP client alone takes 28 ms.
import type { Clock, EndpointOptions, RetryOptions } from '../options.ts'
import { gzipping } from './gzip.ts'
import { httpTransport } from './http.ts'
import { retrying } from './retrying.ts'
import type { Transport } from './transport.ts'

export interface TransportOptions {
  readonly endpoint: EndpointOptions
  readonly contentType: string
  readonly retry: RetryOptions
  readonly clock: Clock
  warn(message: string): void
}

export async function openTransport({
  endpoint,
  contentType,
  retry,
  clock,
  warn,
}: TransportOptions): Promise<Transport> {
  const { host, pathname } = new URL(endpoint.url)
  const http = await httpTransport(endpoint, contentType, clock)
  const transport = retrying(http, { ...retry, clock, warn, destination: `${host}${pathname}` })
  return endpoint.compression === 'gzip' ? gzipping(transport) : transport
}
