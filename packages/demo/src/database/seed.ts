// The first documents: the description's own examples at the paths that read them, and where people search, many times over.
import type { Route } from '../codegen/route.ts'
import { exampleValues, successOf } from '../description/read.ts'
import { samplePath } from '../description/sample.ts'
import type { Registry } from '../registry/registry.ts'
import type { Documents } from './documents.ts'

/** Documents in each table that is searched, and issues of the one repository. */
const crowd = 4000
const crowded = new Set(['issues/list-for-repo'])

export interface Seeded {
  readonly documents: number
  /** Examples that break the constraints of their own table. */
  readonly refused: number
}

/** Fills the tables. Where the database refuses an example, its table stays empty. */
export function seed(
  documents: Documents,
  registry: Registry,
  routes: readonly Route[],
  tables: ReadonlySet<string>,
): Seeded {
  let stored = 0
  let refused = 0
  for (const [table, rows] of rowsByTable(registry, routes)) {
    if (!tables.has(table) || rows.length === 0) continue
    try {
      documents.insertAll(table, rows)
      stored += rows.length
    } catch {
      refused += rows.length
    }
  }
  return { documents: stored, refused }
}

type Rows = (readonly [address: string, document: object])[]

function rowsByTable(registry: Registry, routes: readonly Route[]): Map<string, Rows> {
  const tables = new Map<string, Map<string, object>>()
  const byId = new Map(registry.operations.map((operation) => [operation.id, operation]))
  for (const route of routes) {
    const operation = byId.get(route.id)
    if (!operation || route.method !== 'GET') continue
    const address = samplePath(registry.description, operation.path, operation.operation)
    const rows = tables.get(route.model) ?? new Map<string, object>()
    tables.set(route.model, rows)
    for (const [key, document] of documentsOf(registry, route, operation.operation, address)) {
      if (!rows.has(key)) rows.set(key, document)
    }
  }
  return new Map([...tables].map(([table, rows]) => [table, [...rows]]))
}

function documentsOf(
  registry: Registry,
  route: Route,
  operation: Parameters<typeof successOf>[1],
  address: string,
): Rows {
  const [example] = exampleValues(registry.description, successOf(registry.description, operation).content)
  if (route.kind === 'item') return isObject(example) ? [[address, example]] : []
  const listed: unknown = route.envelope && isObject(example) ? Reflect.get(example, route.envelope) : example
  const documents = Array.isArray(listed) ? listed.filter(isObject) : []
  const [first] = documents
  if (!first || (route.kind !== 'search' && !crowded.has(route.id)))
    return documents.map((one, at) => [`${address}/${at + 1}`, one])
  return Array.from({ length: crowd }, (_, at) => [`${address}/${at + 1}`, { ...first, number: at + 1 }])
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
