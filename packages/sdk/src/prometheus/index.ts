// The scrape endpoint: metrics of this process, served to Prometheus over HTTP.
export { isOwnRequest, ownServers } from './own-servers.ts'
