// Receiver stage: the bytes of a request, unpacked. Bounded before and after, since a few kilobytes of gzip may hold gigabytes.
import type { IncomingMessage } from 'node:http'
import { finished } from 'node:stream/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Refusal } from './refusal.ts'

const LIMIT_BYTES = 64 * 1024 * 1024
const unpack = promisify(gunzip)

export async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').toLowerCase()
  if (encoding !== 'identity' && encoding !== 'gzip') {
    throw new Refusal(415, `content-encoding ${encoding}: gzip or identity is read`)
  }
  const bytes = await bytesOf(request)
  return encoding === 'gzip' ? unpacked(bytes) : bytes
}

async function bytesOf(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let bytes = 0
  // To the end, also of too many: to leave early would cut the connection on which the sender is told why.
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= LIMIT_BYTES) chunks.push(chunk)
    else chunks.length = 0
  })
  await finished(request)
  if (bytes > LIMIT_BYTES) throw tooLarge('packed')
  return Buffer.concat(chunks)
}

async function unpacked(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await unpack(bytes, { maxOutputLength: LIMIT_BYTES })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge('unpacked')
    throw new Refusal(400, `the body is no whole gzip: ${(error as Error).message}`)
  }
}

const tooLarge = (when: string): Refusal => new Refusal(413, `the body has more than ${LIMIT_BYTES} bytes ${when}`)
