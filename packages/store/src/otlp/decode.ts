// OTLP stage: walking an export request. Resource and scope are read once for all the records below them, and one record
// that cannot be read is counted and leaves the others alone.
import type { Scope } from '../record/record.ts'
import type { ResourceReference } from '../record/resting.ts'
import { attributesOf, listOf, objectOf, textOf } from './json.ts'
import type { JsonObject } from './json.ts'

/** What came of a request. */
export interface Decoded<Row> {
  readonly records: readonly Row[]
  /** Records that could not be read. */
  readonly rejected: number
  /** Why the first of them could not. */
  readonly problem?: string
}

/** Where the records of a signal are in its request. */
export interface RequestShape {
  readonly resources: 'resourceSpans' | 'resourceLogs'
  readonly scopes: 'scopeSpans' | 'scopeLogs'
  readonly records: 'spans' | 'logRecords'
}

/** Throws `PROPRIO_STORE_BAD_OTLP` when the request itself has not that shape. */
export function decodeRequest<Row>(
  json: unknown,
  shape: RequestShape,
  read: (record: JsonObject, scope: Scope, resource: ResourceReference) => Row,
): Decoded<Row> {
  const records: Row[] = []
  let rejected = 0
  let problem: string | undefined
  for (const item of listOf(objectOf(json, 'request')[shape.resources], shape.resources)) {
    const group = objectOf(item, shape.resources)
    const resource = { attributes: attributesOf(objectOf(group['resource'], 'resource')['attributes'], 'resource') }
    for (const inner of listOf(group[shape.scopes], shape.scopes)) {
      const scoped = objectOf(inner, shape.scopes)
      const scope = scopeOf(scoped)
      for (const record of listOf(scoped[shape.records], shape.records)) {
        try {
          records.push(read(objectOf(record, shape.records), scope, resource))
        } catch (error) {
          rejected++
          problem ??= error instanceof Error ? error.message : String(error)
        }
      }
    }
  }
  return { records, rejected, ...(problem !== undefined && { problem }) }
}

function scopeOf(scoped: JsonObject): Scope {
  const scope = objectOf(scoped['scope'], 'scope')
  return {
    name: textOf(scope['name'], 'scope.name') ?? '',
    version: textOf(scope['version'], 'scope.version'),
    schemaUrl: textOf(scoped['schemaUrl'], 'schemaUrl'),
  }
}
