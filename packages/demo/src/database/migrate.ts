// Migration: a table for each model that routes answer with, whose constraints are what the model requires.
import { untyped } from '../codegen/route.ts'
import type { Schema } from '../description/openapi.ts'
import type { Registry } from '../registry/registry.ts'
import type { Connection } from './connection.ts'

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Makes the tables. Models that are no plain objects (unions, lists, scalars) have none: that is not built yet. Returns the tables. */
export function migrate(connection: Connection, registry: Registry, models: Iterable<string>): ReadonlySet<string> {
  const tables = new Map([[untyped, tableOf(untyped, [])]])
  for (const model of new Set(models)) {
    if (tables.has(model)) continue
    const schema = registry.lookup(model, 'migration')
    if (schema?.type === 'object') tables.set(model, tableOf(model, requiredOf(schema)))
  }
  connection.script({ verb: 'CREATE', text: [...tables.values()].join(';\n') })
  return new Set(tables.keys())
}

function tableOf(table: string, required: readonly string[]): string {
  const checks = required.map((property) => {
    const path = `$."${property}"`.replaceAll("'", "''")
    return `, CONSTRAINT ${quoted(`${property} is required`)} CHECK (document ->> '${path}' IS NOT NULL)`
  })
  return `CREATE TABLE ${quoted(table)} (address TEXT PRIMARY KEY, parent TEXT NOT NULL, document TEXT NOT NULL${checks.join('')})`
}

const requiredOf = (schema: Schema): string[] =>
  (schema.required ?? []).filter((property) => {
    const declared = schema.properties?.[property]
    return declared?.type !== undefined && declared.nullable !== true
  })
