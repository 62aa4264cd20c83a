// The generated API: every route of the compiled code on fastify, validated by the description, answered from the documents.
import { fastify, type FastifyInstance } from 'fastify'
import { loom } from '../catalogue.ts'
import type { Route } from '../codegen/route.ts'
import type { Documents } from '../database/documents.ts'
import { exampleValues, successOf } from '../description/read.ts'
import type { Operation } from '../description/openapi.ts'
import type { Registry } from '../registry/registry.ts'
import { answer } from './answer.ts'
import { observe } from './observe.ts'
import { schemaCompiler, schemaOf } from './schemas.ts'

export interface Api {
  readonly address: string
  close(): Promise<void>
}

export interface ServeOptions {
  readonly registry: Registry
  readonly routes: readonly Route[]
  readonly documents: Documents
  readonly tables: ReadonlySet<string>
}

/** Serves the routes on a free port of 127.0.0.1. */
export async function serve(options: ServeOptions): Promise<Api> {
  const { routes, tables } = options
  const app = await loom.framework.mount({ routes: routes.length }, () => mount(options))
  for (const model of new Set(routes.map((route) => route.model))) {
    if (!tables.has(model)) loom.database.tableMissing({ model })
  }
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  loom.framework.ready({ routes: routes.length, address })
  return { address, close: () => app.close() }
}

async function mount({ registry, routes, documents }: ServeOptions): Promise<FastifyInstance> {
  const app = fastify({ exposeHeadRoutes: false, bodyLimit: 1024 * 1024 })
  observe(app)
  app.setValidatorCompiler(schemaCompiler(registry))
  const operations = new Map(registry.operations.map(({ id, operation }) => [id, operation]))
  for (const route of routes) {
    const operation = operations.get(route.id)
    if (operation) addRoute(app, { registry, documents, route, operation })
  }
  await app.ready()
  return app
}

interface Served {
  readonly registry: Registry
  readonly documents: Documents
  readonly route: Route
  readonly operation: Operation
}

function addRoute(app: FastifyInstance, { registry, documents, route, operation }: Served): void {
  const [shown] = exampleValues(registry.description, successOf(registry.description, operation).content)
  const example = typeof shown === 'object' && shown !== null && !Array.isArray(shown) ? shown : {}
  app.route({
    method: route.method,
    url: route.url,
    schema: schemaOf(registry, operation),
    config: { operationId: route.id },
    handler: (request, reply) => {
      const address = request.url.split('?', 1)[0] ?? '/'
      const query = request.query as Record<string, unknown>
      const body = answer[route.kind](documents, { route, address, query, body: request.body, example })
      reply.status(route.status)
      return reply.send(route.status === 204 ? undefined : body)
    },
  })
}
