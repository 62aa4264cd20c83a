// HTTP requests, by the stable semantic conventions (1.45), copied as constants.
import { choice, integer, text } from '../define/attribute.ts'
import { operation } from '../define/event-type.ts'

/** The conventions' boundaries for HTTP durations. Seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

const method = choice(
  ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH', 'QUERY', '_OTHER'],
  'Request method.',
  {
    name: 'http.request.method',
    dimension: true,
    required: true,
  },
)
const statusCode = integer('Status code of the response.', {
  name: 'http.response.status_code',
  dimension: { atMost: 100 },
})

/** One request that a server answered. Convention: span `http.server`. */
export const httpServerRequest = operation({
  summary: 'One HTTP request answered.',
  kind: 'server',
  span: ['{method} {route}', '{method}'],
  metric: 'http.server.request.duration',
  buckets,
  slow: { warn: '1s', error: '5s' },
  attributes: {
    method,
    route: text('Route template, never the path.', { name: 'http.route', dimension: { atMost: 500 } }),
    path: text('Path of the request.', { name: 'url.path' }),
    scheme: choice(['http', 'https'], 'Scheme.', { name: 'url.scheme', dimension: true }),
    statusCode,
  },
})

/** One request that a client sent. Convention: span `http.client`. */
export const httpClientRequest = operation({
  summary: 'One HTTP request sent.',
  kind: 'client',
  span: '{method}',
  metric: 'http.client.request.duration',
  buckets,
  attributes: {
    method,
    url: text('Absolute URL, without credentials.', { name: 'url.full' }),
    address: text('Host asked.', { name: 'server.address', dimension: { atMost: 100 } }),
    port: integer('Port asked.', { name: 'server.port', dimension: { atMost: 100 } }),
    statusCode,
  },
})
