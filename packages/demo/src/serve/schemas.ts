// The description's schemas as fastify's: what a request to each operation must be.
import { Ajv, type AnySchema } from 'ajv'
import { default as ajvFormats } from 'ajv-formats'
import type { FastifySchema, FastifySchemaCompiler } from 'fastify'
import { addressed, addressOf } from '../decorators/address.ts'
import { quicklyMade, teach } from '../decorators/vocabulary.ts'
import { parametersOf } from '../description/sample.ts'
import type { Operation, Parameter } from '../description/openapi.ts'
import type { Registry } from '../registry/registry.ts'

/** Schemas for the parameters, the query and the body of an operation. */
export function schemaOf({ description }: Registry, operation: Operation): FastifySchema {
  const params = parametersOf(description, operation, 'path')
  const query = parametersOf(description, operation, 'query')
  const body = operation.requestBody?.content['application/json']?.schema
  return {
    ...(params.length > 0 && { params: objectOf(params) }),
    ...(query.length > 0 && { querystring: objectOf(query) }),
    ...(body && {
      body: operation.requestBody?.required ? body : { ...body, nullable: true, type: body.type ?? 'object' },
    }),
  }
}

const objectOf = (parameters: readonly Parameter[]): object => ({
  type: 'object',
  properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema ?? {}])),
  required: parameters.filter(({ required }) => required).map(({ name }) => name),
})

/** One validator for the whole description: each model is compiled once, text becomes numbers where numbers are meant. */
export function schemaCompiler(registry: Registry): FastifySchemaCompiler<FastifySchema> {
  const ajv = teach(new Ajv({ ...quicklyMade, strict: false, coerceTypes: 'array', useDefaults: true }))
  ajvFormats.default(ajv)
  for (const [model, schema] of registry.models)
    ajv.addSchema(addressed(loosened(schema)) as AnySchema, addressOf(model), undefined, false)
  return ({ schema }) => ajv.compile(addressed(loosened(schema)))
}

// OpenAPI 3.0 allows `nullable` beside a reference or a choice, the validator only beside a type. There it adds nothing that a request could break.
function loosened(schema: object): object {
  return JSON.parse(JSON.stringify(schema), (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('nullable' in value) || 'type' in value) return value
    const { nullable: _nullable, ...rest } = value
    return rest
  }) as object
}
