// The servers we opened ourselves: instrument/http asks here, so that a scrape makes no spans.
// Kept apart from the server so that asking loads nothing.
import type { IncomingMessage, Server } from 'node:http'

export const ownServers = new WeakSet<Server>()

/** True when the request came in at a server of ours. */
export function isOwnRequest(request: IncomingMessage): boolean {
  const { server } = request.socket as { server?: Server }
  return server !== undefined && ownServers.has(server)
}
