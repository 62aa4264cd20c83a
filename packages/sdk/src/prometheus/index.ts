// The scrape endpoint: metrics of this process, served to Prometheus over HTTP.
export { isOwnRequest, ownServers } from './own-servers.ts'
export { serveMetrics } from './server.ts'
export type { MetricsServer, ServeOptions } from './server.ts'
