// Starts the receiver in a process of its own and asks it what came.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Fault } from './faults.ts'
import type { Told } from './main.ts'

export interface Receiver {
  /** Base address for `OTEL_EXPORTER_OTLP_ENDPOINT`; a signal's own is `${url}/v1/traces` and so on. */
  readonly url: string
  /** Everything that was taken, decoded, and every request that came. */
  received(): Promise<Told>
  /** Span ids and counts only, for large numbers. */
  ids(): Promise<{ spans: string[]; logs: number; requests: number }>
  /** Misbehaves from the next request on. */
  fail(fault: Fault): Promise<void>
  /** Forgets what was received. */
  clear(): Promise<void>
  /** Closes the port, and every connection on it, until `up()`. */
  down(): Promise<void>
  /** Listens again on the same port. */
  up(): Promise<void>
  stop(): Promise<void>
}

/** @param options.discard count bytes only: for measuring a sender. */
export async function startReceiver(options: { discard?: boolean } = {}): Promise<Receiver> {
  const main = fileURLToPath(new URL('main.ts', import.meta.url))
  const child = spawn(
    process.execPath,
    ['--conditions=@proprio/source', main, ...(options.discard === true ? ['--discard'] : [])],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const exited = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  const [line] = (await Promise.race([once(lines, 'line'), exited])) as [string]
  const { port, control } = JSON.parse(line) as { port: number; control: number }
  const ask = async <T>(path: string, body?: unknown): Promise<T> => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    const response = await fetch(`http://127.0.0.1:${control}${path}`, init)
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
    return (await response.json()) as T
  }
  return {
    url: `http://127.0.0.1:${port}`,
    received: () => ask<Told>('/received'),
    ids: () => ask('/ids'),
    fail: (fault) => ask('/fault', fault),
    clear: () => ask('/clear'),
    down: () => ask('/down'),
    up: () => ask('/up'),
    async stop() {
      child.kill()
      await exited
    },
  }
}
