// The route of an incoming request (`/users/:id`), where a framework tells it by itself: without it `http.route` is
// absent and every metric of the server is one row. It is put on the rpc metadata of the active context, from which
// instrumentation-http takes it when the response is done.
//
// Known without patching: fastify, on its two diagnostics channels. Express, Koa and others tell nobody: there the route
// comes from their OpenTelemetry instrumentation, or from an integration of ours.

import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { context } from '@opentelemetry/api'
import { getRPCMetadata } from '@opentelemetry/core'

type Subscriber = (message: unknown) => void

const setRoute = (route: unknown): void => {
  const metadata = getRPCMetadata(context.active())
  if (metadata !== undefined && typeof route === 'string' && route !== '') metadata.route = route
}

const read = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), value)

// Servers made from now on: an onRequest hook, so that a request refused before its handler has its route too.
const hookFastify: Subscriber = (message) => {
  const fastify = read(message, 'fastify')
  const addHook = read(fastify, 'addHook')
  if (typeof addHook !== 'function') return
  addHook.call(fastify, 'onRequest', (request: unknown, _reply: unknown, done: () => void) => {
    setRoute(read(request, 'routeOptions', 'url'))
    done()
  })
}

// Servers made before: known when the handler starts. Fastify takes a slower way through every request while somebody listens here, so this ends with the
// first server that has the hook. A process with servers from before and after it loses the route of the former.
const routeOfHandler: Subscriber = (message) => setRoute(read(message, 'route', 'url'))

const INITIALIZATION = 'fastify.initialization'
const HANDLER = 'tracing:fastify.request.handler:start'

// A subscriber that throws is reported as an uncaught exception, which ends the host's process.
const guarded =
  (subscriber: Subscriber): Subscriber =>
  (message) => {
    try {
      subscriber(message)
    } catch {
      // A route not found out is an absent attribute.
    }
  }

/** Follows the channels on which frameworks tell their routes. Returns how to stop; fastify's hook stays, idle. */
export const discoverRoutes = (): (() => void) => {
  const ofHandler = guarded(routeOfHandler)
  const ofServer = guarded((message) => {
    unsubscribe(HANDLER, ofHandler)
    hookFastify(message)
  })
  subscribe(INITIALIZATION, ofServer)
  subscribe(HANDLER, ofHandler)
  return () => {
    unsubscribe(INITIALIZATION, ofServer)
    unsubscribe(HANDLER, ofHandler)
  }
}
