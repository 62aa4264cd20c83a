// Sample values: what the description gives as an example, or else the plainest value that its schema allows.
import type { Description, Operation, Parameter, Schema } from './openapi.ts'
import { resolve } from './read.ts'

/** Schemas may refer to themselves. */
const deepest = 6

/** A value that the schema allows; of an object the required properties only. */
export function sampleOf(description: Description, schema: Schema, depth = 0): unknown {
  const { $ref, ...rest } = schema
  if ($ref) return sampleOf(description, resolve<Schema>(description, { $ref }), depth)
  const given = rest.example ?? rest.default ?? rest.enum?.[0]
  if (given !== undefined) return given
  const [choice] = rest.oneOf ?? rest.anyOf ?? []
  if (choice) return sampleOf(description, { ...choice, ...withoutChoices(rest) }, depth)
  return plainest(description, rest, depth)
}

const withoutChoices = ({ oneOf: _oneOf, anyOf: _anyOf, ...rest }: Schema): Schema => rest

function plainest(description: Description, schema: Schema, depth: number): unknown {
  const type = schema.type ?? (schema.properties ? 'object' : 'string')
  if (type === 'integer' || type === 'number') return typeof schema['minimum'] === 'number' ? schema['minimum'] : 1
  if (type === 'boolean') return true
  if (type === 'string') return plainText(schema)
  if (depth >= deepest) return type === 'array' ? [] : {}
  if (type === 'array') return schema.items ? [sampleOf(description, schema.items, depth + 1)] : []
  const required = Object.entries(schema.properties ?? {}).filter(([name]) => schema.required?.includes(name))
  return Object.fromEntries(required.map(([name, property]) => [name, sampleOf(description, property, depth + 1)]))
}

function plainText({ format, minLength }: Schema): string {
  if (format === 'date-time') return '2026-01-01T00:00:00Z'
  if (format === 'date') return '2026-01-01'
  if (format === 'uri') return 'https://example.com/'
  if (format === 'email') return 'octocat@example.com'
  return 'octocat'.padEnd(typeof minLength === 'number' ? minLength : 0, '-')
}

/** The parameters of an operation that are `where`. */
export const parametersOf = (description: Description, operation: Operation, where: Parameter['in']): Parameter[] =>
  (operation.parameters ?? []).map((parameter) => resolve(description, parameter)).filter((one) => one.in === where)

/** The path with a sample in the place of each parameter. */
export function samplePath(description: Description, path: string, operation: Operation): string {
  const parameters = new Map(parametersOf(description, operation, 'path').map((one) => [one.name, one]))
  return path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
    const sample = sampleOf(description, parameters.get(name)?.schema ?? {})
    return encodeURIComponent(typeof sample === 'object' ? 'octocat' : String(sample))
  })
}
