// The synchronous last resort of `flushOnExit`: in 'exit' no asynchronous work is run any more, so a child process posts
// what is still queued while this one waits for it. Measured 33 to 39 ms, nearly all of it the child's start.

import { spawnSync } from 'node:child_process'

/** One request that an exporter would have made. */
export interface Parcel {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** How many records that `pending` counts are in the body, so that what is lost can be counted. Metrics: 0. */
  readonly records: number
  /** PEM text for https. */
  readonly certificates?: { readonly ca?: string; readonly cert?: string; readonly key?: string }
  /** Told what became of it, so that its records can be booked. */
  settle?(delivered: boolean): void
}

// Handed over by `-e` and not as a file, so that it survives bundling. One line of JSON says what follows it on standard
// input; answered is the list of parcels that were accepted.
const SCRIPT = `
const input = require('node:fs').readFileSync(0)
const start = input.indexOf(10) + 1
const { parcels, timeout } = JSON.parse(input.toString('utf8', 0, start))
const accepted = []
let offset = start
parcels.forEach(({ url, headers, certificates, length }, index) => {
  const body = input.subarray(offset, offset += length)
  try {
    const { request } = url.startsWith('https:') ? require('node:https') : require('node:http')
    const options = { ...certificates, method: 'POST', timeout, headers: { ...headers, 'content-length': length } }
    const sent = request(url, options, (response) => {
      if (response.statusCode >= 200 && response.statusCode < 300) accepted.push(index)
      response.resume()
    })
    sent.on('timeout', () => sent.destroy())
    sent.on('error', () => {})
    sent.end(body)
  } catch {}
})
process.on('exit', () => require('node:fs').writeSync(1, JSON.stringify(accepted)))
`

/**
 * Posts `parcels` and waits, at most `deadlineMs`. Answers which were accepted, by their index. Blocks the process. What
 * was in the air when the deadline came may still have arrived, and counts as not accepted. Never throws.
 */
export const postSynchronously = (parcels: readonly Parcel[], deadlineMs: number): ReadonlySet<number> => {
  const described = parcels.map(({ url, headers, certificates, body }) => ({
    url,
    headers,
    certificates,
    length: body.byteLength,
  }))
  const head = Buffer.from(`${JSON.stringify({ parcels: described, timeout: deadlineMs })}\n`)
  // Without NODE_OPTIONS: an `--import` of ours in it would instrument the child, which would then post for itself.
  const { NODE_OPTIONS: _, ...env } = process.env
  try {
    const { stdout } = spawnSync(process.execPath, ['-e', SCRIPT], {
      input: Buffer.concat([head, ...parcels.map(({ body }) => body)]),
      env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
      timeout: deadlineMs,
      killSignal: 'SIGKILL',
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    })
    const accepted: unknown = JSON.parse(stdout.toString('utf8'))
    return new Set(Array.isArray(accepted) ? accepted : [])
  } catch {
    return new Set()
  }
}
