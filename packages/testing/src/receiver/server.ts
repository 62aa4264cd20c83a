// Receiver stage: an HTTP server on the loopback address that can be waited for and that ends when told.
import { EventEmitter } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

export interface LoopbackServer {
  readonly url: string
  /** Whether somebody is connected. */
  connected(): boolean
  /** Closes the port and every connection. */
  close(): Promise<void>
}

export async function serve(listener: RequestListener, port: number): Promise<LoopbackServer> {
  const server = createServer(listener)
  // It runs in the test's own process, where node:http is instrumented by a patch of Server.prototype.emit. With an emit of its own it makes neither
  // spans nor metrics, whichever instrumentation that is, and also when it is installed later.
  server.emit = EventEmitter.prototype.emit
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ port, host: '127.0.0.1', exclusive: true }, resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connected: () => sockets.size > 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const BETWEEN_LOOKS_MS = 10

/** Waits until that is so, or so many milliseconds are over; at least a moment. */
export async function until(so: () => boolean, withinMs: number): Promise<void> {
  let waited = 0
  do {
    await delay(BETWEEN_LOOKS_MS)
    waited += BETWEEN_LOOKS_MS
  } while (!so() && waited < withinMs)
}
