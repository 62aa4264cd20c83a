// What the server needs to know of one operation. The generated code is a list of these.
import { modelNamed, successOf } from '../description/read.ts'
import type { Schema } from '../description/openapi.ts'
import type { Method, RegisteredOperation, Registry } from '../registry/registry.ts'

/** What answering comes down to: reading one document or many, searching, making, changing or removing one. */
export type RouteKind = 'item' | 'list' | 'search' | 'create' | 'update' | 'remove'

export interface Route {
  /** The operation's id: `repos/get`. */
  readonly id: string
  readonly method: Method
  /** As fastify writes it: `/repos/:owner/:repo`. */
  readonly url: string
  readonly kind: RouteKind
  /** Status of the answer when it goes well. */
  readonly status: number
  /** The model whose table holds the documents; operations that answer with no model share one table. */
  readonly model: string
  /** The property of the answer that holds the list. */
  readonly envelope?: string
}

/** The table of what has no model. */
export const untyped = 'untyped'

/** The routes of every operation of the registry. */
export function routesOf(registry: Registry): Route[] {
  return registry.operations.map((registered) => {
    const { status, content } = successOf(registry.description, registered.operation)
    const url = registered.path.replaceAll(/\{([^}]+)\}/g, ':$1')
    return {
      id: registered.id,
      method: registered.method,
      url,
      status,
      ...shapeOf(registry, registered, content?.schema),
    }
  })
}

type Shape = Pick<Route, 'kind' | 'model' | 'envelope'>

const kindOfMethod = {
  GET: 'item',
  POST: 'create',
  PUT: 'update',
  PATCH: 'update',
  DELETE: 'remove',
} as const satisfies Record<Method, RouteKind>

function shapeOf(registry: Registry, { path, method }: RegisteredOperation, schema: Schema | undefined): Shape {
  const model = modelNamed(schema)
  if (model) return { kind: kindOfMethod[method], model }
  const listed = modelNamed(schema?.items)
  if (listed) return { kind: 'list', model: listed }
  for (const [envelope, property] of Object.entries(schema?.properties ?? {})) {
    const enveloped = modelNamed(property.items)
    if (enveloped) return { kind: path.startsWith('/search/') ? 'search' : 'list', model: enveloped, envelope }
  }
  return { kind: kindOfMethod[method], model: siblingModel(registry, path) ?? untyped }
}

// DELETE answers with nothing, but removes what GET of the same path answers with.
function siblingModel(registry: Registry, path: string): string | undefined {
  const get = registry.description.paths[path]?.['get']
  return get && modelNamed(successOf(registry.description, get).content?.schema)
}
