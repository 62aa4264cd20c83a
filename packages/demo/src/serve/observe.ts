// Every request is an `api.request`, from its first byte to the last of its answer: 4xx is a warning, 5xx an error.
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify'
import { loom } from '../catalogue.ts'

type RequestOperation = ReturnType<typeof loom.api.request.start>

declare module 'fastify' {
  interface FastifyRequest {
    seen: RequestOperation | undefined
  }
  interface FastifyContextConfig {
    operationId?: string
  }
}

/** Makes the server's requests seen. Call it before routes are added. */
export function observe(app: FastifyInstance): void {
  let open = 0
  const observing = loom.api.open.observe(() => open)
  app.addHook('onClose', () => observing[Symbol.dispose]())
  app.decorateRequest('seen', undefined)
  app.addHook('onRequest', (request, _reply, done) => {
    open++
    request.seen = begin(request)
    done()
  })
  // Reading a body leaves the context that onRequest was in, so it is entered when the body is there.
  app.addHook('preValidation', (request, _reply, done) => {
    if (request.seen) request.seen.with(done)
    else done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    request.seen?.set({ statusCode: reply.statusCode })
    request.seen?.end()
    open--
    done()
  })
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500
    if (error.validation) tellInvalid(error, request)
    request.seen?.fail(error, { level: status < 500 ? 'warn' : 'error' })
    return reply.status(status).send({ message: error.message })
  })
}

function begin(request: FastifyRequest): RequestOperation {
  const { traceparent } = request.headers
  const { url: route, config } = request.routeOptions
  const path = request.url.split('?', 1)[0] ?? '/'
  return loom.api.request.start(
    { method: methodOf(request.method), route, path, scheme: 'http', operationId: config.operationId },
    { parent: typeof traceparent === 'string' ? { traceparent } : null },
  )
}

function tellInvalid(error: FastifyError, { seen }: FastifyRequest): void {
  const part = error.validationContext
  loom.api.invalid(
    { part: part === 'params' || part === 'querystring' || part === 'headers' ? part : 'body', problem: error.message },
    seen ? { parent: seen } : {},
  )
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'] as const
const methodOf = (method: string): (typeof methods)[number] | '_OTHER' =>
  methods.find((known) => known === method) ?? '_OTHER'
