// How each kind of route is answered, from the documents.
import type { Route, RouteKind } from '../codegen/route.ts'
import type { Documents, Page } from '../database/documents.ts'

/** A request, as the description's schema left it: validated, numbers as numbers. */
export interface Question {
  readonly route: Route
  /** The path, which is the document's address. */
  readonly address: string
  readonly query: Readonly<Record<string, unknown>>
  readonly body: unknown
  /** What the description gives as an example of the answer: what a new document is made from. */
  readonly example: object
}

/** Nothing is at this address. */
export class NotFound extends Error {
  override readonly name = 'NotFound'
  readonly code = 'NOT_FOUND'
  readonly statusCode = 404
}

type Answer = (documents: Documents, question: Question) => unknown

/** The body of the answer. Throws {@link NotFound}, or what SQLite says. */
export const answer = {
  item: (documents, { route, address }) => documents.find(route.model, address) ?? nothingAt(address),
  list: (documents, { route, address, query }) => enveloped(route, documents.list(route.model, address, pageOf(query))),
  search: (documents, { route, query }) => {
    const { found, total } = documents.search(route.model, String(query['q'] ?? ''), pageOf(query))
    return { total_count: total, incomplete_results: false, items: found }
  },
  create: (documents, { route, address, body, example }) => {
    const document = { ...example, ...asObject(body) }
    documents.insert(route.model, `${address}/${nameOf(asObject(body)) ?? crypto.randomUUID()}`, document)
    return document
  },
  update: (documents, { route, address, body, example }) => {
    if (documents.update(route.model, address, asObject(body))) return documents.find(route.model, address)
    if (route.method === 'PATCH') return nothingAt(address)
    const document = { ...example, ...asObject(body) }
    documents.insert(route.model, address, document)
    return document
  },
  remove: (documents, { route, address }) => {
    if (!documents.remove(route.model, address)) nothingAt(address)
    return {}
  },
} as const satisfies Record<RouteKind, Answer>

function nothingAt(address: string): never {
  throw new NotFound(`nothing is at ${address}`)
}

const enveloped = ({ envelope }: Route, rows: readonly unknown[]): unknown =>
  envelope ? { total_count: rows.length, [envelope]: rows } : rows

const asObject = (body: unknown): Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {}

function nameOf(body: Readonly<Record<string, unknown>>): string | undefined {
  const name = body['name'] ?? body['key'] ?? body['title']
  return typeof name === 'string' ? encodeURIComponent(name) : undefined
}

function pageOf(query: Readonly<Record<string, unknown>>): Page {
  const limit = Number(query['per_page'] ?? 30)
  return { limit, offset: (Math.max(1, Number(query['page'] ?? 1)) - 1) * limit }
}
