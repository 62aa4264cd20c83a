// Incoming and outgoing node:http and node:https, by OpenTelemetry's own instrumentation, patched in place. Without
// loader hooks: those would have to be there before the application's first import, and cost every import after.

import { createRequire, syncBuiltinESMExports } from 'node:module'
import { fileURLToPath } from 'node:url'
import type http from 'node:http'
import { context } from '@opentelemetry/api'
import { isTracingSuppressed } from '@opentelemetry/core'
import type { HttpInstrumentation, HttpInstrumentationConfig } from '@opentelemetry/instrumentation-http'
import { isExportAgent } from '../export/index.ts'
import { type Ignore, ignoring, type Providers } from './request.ts'
import { discoverRoutes } from './route.ts'

export interface HttpOptions extends Providers {
  /** Whether a request came to a server of ours (the scrape endpoint). Those make neither span nor metric. */
  readonly own?: (request: http.IncomingMessage) => boolean
  /** Requests, incoming and outgoing, that the application wants left out. */
  readonly ignore?: Ignore
  /** Further options, as instrumentation-http takes them. Its two ignore hooks count besides `own` and `ignore`. */
  readonly config?: HttpInstrumentationConfig
}

interface OutgoingOptions {
  readonly method?: string | undefined
  readonly protocol?: string | null | undefined
  readonly host?: string | null | undefined
  readonly hostname?: string | null | undefined
  readonly port?: number | string | null | undefined
  readonly path?: string | null | undefined
  readonly defaultPort?: number | string | undefined
}

const require = createRequire(import.meta.url)

// Loaded only when wanted, and synchronously, so that register() has patched before it returns. By its resolved address:
// `require` of the name would load the CommonJS twin and with it a second copy of the API, 30 ms instead of 16.
const load = (): { HttpInstrumentation: typeof HttpInstrumentation } =>
  require(fileURLToPath(import.meta.resolve('@opentelemetry/instrumentation-http')))

// The require is seen by the hook of an instrumentation that is enabled and has not met the module yet.
const isInstrumented = (): boolean => Reflect.get((require('node:http') as typeof http).request, '__wrapped') === true

const urlOf = ({ protocol, host, hostname, port, path }: OutgoingOptions): string => {
  const name = hostname ?? host ?? 'localhost'
  const authority = port === undefined || port === null || String(name).endsWith(`:${port}`) ? name : `${name}:${port}`
  return `${protocol ?? 'http:'}//${authority}${path ?? '/'}`
}

/**
 * Instruments node:http and node:https for every way of importing them, for servers made before and after. Function
 * references taken earlier (`const { request } = require('http')`, before this call) are missed. Where OpenTelemetry's
 * instrumentation is at work already, an application's own, it stays and nothing is done: a second one would take its
 * place. Returns how to stop it, which takes the patches out again.
 */
export const instrumentHttp = (options: HttpOptions): (() => void) => {
  if (isInstrumented()) return () => undefined
  const { HttpInstrumentation } = load()
  const { own, config } = options
  const ignore = options.ignore && ignoring(options.ignore)
  const instrumentation = new HttpInstrumentation({
    ...config,
    enabled: false,
    // The metric does not consult the sampler, and so would count our own exports; a span in a suppressed context is
    // dropped anyway. Their agent tells them where the context was lost.
    ignoreOutgoingRequestHook: (request) =>
      isTracingSuppressed(context.active()) ||
      isExportAgent(request.agent) ||
      ignore?.({ direction: 'outgoing', method: request.method ?? 'GET', url: urlOf(request) }) === true ||
      config?.ignoreOutgoingRequestHook?.(request) === true,
    ignoreIncomingRequestHook: (request) =>
      own?.(request) === true ||
      ignore?.({ direction: 'incoming', method: request.method ?? 'GET', url: request.url ?? '/' }) === true ||
      config?.ignoreIncomingRequestHook?.(request) === true,
  })
  instrumentation.setTracerProvider(options.tracerProvider)
  instrumentation.setMeterProvider(options.meterProvider)
  // Never enabled: that would apply the patch only at the first require of the process that its hook sees, which may be
  // over. Patched directly, on the one object that all CommonJS importers share; syncBuiltinESMExports() copies its
  // properties to the ESM bindings.
  const patched = instrumentation.getModuleDefinitions().map((definition) => ({
    definition,
    exports: require(`node:${definition.name}`) as unknown,
  }))
  for (const { definition, exports } of patched) definition.patch?.(exports)
  syncBuiltinESMExports()
  const stopRoutes = discoverRoutes()
  return () => {
    stopRoutes()
    for (const { definition, exports } of patched) definition.unpatch?.(exports)
    syncBuiltinESMExports()
  }
}
