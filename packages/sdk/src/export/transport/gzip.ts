// Compresses a body once, before its first attempt, on Node's thread pool.
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Transport } from './transport.ts'

const compress = promisify(gzip)

export function gzipping(transport: Transport): Transport {
  return {
    async send(body, signal, since) {
      return transport.send(await compress(body), signal, since)
    },
    hurry: transport.hurry,
    close: transport.close,
  }
}
