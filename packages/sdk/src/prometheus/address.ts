// The words about the endpoint's address: its URL, and what to do when it cannot be opened.

/** Prometheus' registered port for OpenTelemetry exporters. */
export const defaultPort = 9464

export function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/metrics`
}

const mends: Readonly<Record<string, string>> = {
  EADDRINUSE: "is taken by another process. Choose another port, or prometheus: { port: 'auto' } for the next free one",
  EACCES: 'may not be opened by this user. Choose a port above 1023',
  EADDRNOTAVAIL: 'is no address of this machine. Choose 127.0.0.1, or 0.0.0.0 for all of its addresses',
  ENOTFOUND: 'has a host name that does not resolve. Choose 127.0.0.1, or 0.0.0.0 for all addresses',
}

export function notOpened(host: string, port: number | 'auto', error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException
  const place = `${host}:${port === 'auto' ? defaultPort : port}`
  return `metrics are not served to Prometheus: ${place} ${mends[code] ?? `cannot be opened (${message})`}.`
}
