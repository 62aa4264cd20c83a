// Opens the port of the scrape endpoint, and says plainly when it cannot be opened.
import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { defaultPort } from './address.ts'

const TRIES = 100

/** The port that is listened on. Rejects with what the system said. */
export async function listen(server: Server, host: string, port: number | 'auto'): Promise<number> {
  if (port !== 'auto') return open(server, host, port)
  for (let next = defaultPort; next < defaultPort + TRIES; next++) {
    try {
      return await open(server, host, next)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    }
  }
  return open(server, host, 0)
}

// Exclusive: a worker of a cluster would otherwise share the port with its siblings, and each scrape would meet another process.
function open(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}
