// The registry: models by name and operations by id. Whoever needs a model asks here, and a model that is not there is told.
import { loom } from '../catalogue.ts'
import type { Description, Operation, Schema } from '../description/openapi.ts'

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const
export type Method = Uppercase<(typeof methods)[number]>

export interface RegisteredOperation {
  readonly id: string
  readonly method: Method
  /** As in the description: `/repos/{owner}/{repo}`. */
  readonly path: string
  readonly operation: Operation
}

export interface Registry {
  readonly description: Description
  readonly models: ReadonlyMap<string, Schema>
  readonly operations: readonly RegisteredOperation[]
  /** The model of that name, or undefined: then it has been told who asked in vain. */
  lookup(model: string, askedBy: string): Schema | undefined
}

/** Makes what a description holds known. */
export function register(description: Description): Registry {
  return loom.registry.register({}, (op) => {
    const models = new Map(Object.entries(description.components.schemas))
    const operations = operationsOf(description)
    op.set({ models: models.size, operations: operations.length })
    return {
      description,
      models,
      operations,
      lookup(model, askedBy) {
        const found = models.get(model)
        if (found) loom.registry.lookup({ model })
        else loom.registry.missing({ model, askedBy })
        return found
      },
    }
  })
}

function operationsOf(description: Description): RegisteredOperation[] {
  return Object.entries(description.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method]
      return operation ? [{ id: operation.operationId, method: method.toUpperCase() as Method, path, operation }] : []
    }),
  )
}
