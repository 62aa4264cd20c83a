// From a status to what to do: the table of the OTLP specification (1.11, "OTLP/HTTP Response").
import type { IncomingHttpHeaders } from 'node:http'
import type { Answer } from './transport.ts'

const retryable = new Set([429, 502, 503, 504])
const decoder = new TextDecoder()
/** A receiver may ask for patience within these bounds, in milliseconds. */
const least = 100
const most = 300_000

/** Reads an answer. A success is any 2xx; redirects are not followed and count as refusals. */
export function answerOf(status: number, headers: IncomingHttpHeaders, body: Uint8Array, now: number): Answer {
  if (status >= 200 && status < 300) return { kind: 'accepted', body }
  if (status === 413) return { kind: 'too_large' }
  const encoded = headers['content-type']?.startsWith('application/x-protobuf') === true
  const why = `status ${status}${readable(encoded ? statusMessage(body) : body)}`
  if (!retryable.has(status)) return { kind: 'refused', why }
  const afterMs = retryAfter(headers['retry-after'], now)
  return { kind: 'retry', why, ...(afterMs === undefined ? {} : { afterMs }) }
}

/** Retry-After in milliseconds, from seconds or a date, within bounds; undefined for anything else. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  const seconds = /^\d{1,12}$/.test(header.trim()) ? Number(header) * 1_000 : undefined
  const date = /^[a-z]{3,9},? .*gmt$/i.test(header.trim()) ? Date.parse(header) - now : Number.NaN
  const wanted = seconds ?? date
  return Number.isNaN(wanted) ? undefined : Math.min(Math.max(wanted, least), most)
}

// google.rpc.Status: field 1 is a code, field 2 the message. Anything else is shown as it is.
function statusMessage(body: Uint8Array): Uint8Array {
  let at = 0
  if (body[at] === 0x08) {
    at++
    while ((body[at] ?? 0) >= 0x80) at++
    at++
  }
  if (body[at] !== 0x12) return body
  at++
  while ((body[at] ?? 0) >= 0x80) at++
  return body.subarray(at + 1)
}

/** What can be shown of an error's body. */
function readable(body: Uint8Array): string {
  const text = decoder
    .decode(body.subarray(0, 400))
    .replaceAll(/[^\x20-\x7e]+/g, ' ')
    .trim()
  return text === '' ? '' : `: ${text.slice(0, 200)}`
}
